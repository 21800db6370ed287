#pragma once

#include <algorithm>
#include <vector>

namespace neartile::sc_models {

/// One edge of a shift register: `in` enters in front, the last one is lost.
template <class T>
void shift_in(std::vector<T>& registers, const T& in) {
  if (registers.empty()) return;
  std::move_backward(registers.begin(), registers.end() - 1, registers.end());
  registers.front() = in;
}

}  // namespace neartile::sc_models
