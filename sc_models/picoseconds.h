#pragma once

#include <systemc>

#include <cstdint>

namespace neartile::sc_models {

/// Models without SystemC count whole picoseconds.
inline std::uint64_t picoseconds(const sc_core::sc_time& time) {
  return static_cast<std::uint64_t>(time / sc_core::sc_time(1, sc_core::SC_PS) + 0.5);
}
inline sc_core::sc_time time_of_ps(std::uint64_t ps) {
  return {static_cast<double>(ps), sc_core::SC_PS};
}

}  // namespace neartile::sc_models
