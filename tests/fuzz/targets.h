#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace neartile::fuzz {

/// A reader that takes any bytes: it returns, or throws InputError with one line. All else is a defect.
struct Target {
  std::string_view name;  ///< also of its folder in tests/fuzz/corpus
  void (*run)(std::string_view bytes);
};

std::span<const Target> targets();
/// Null where there is none of that name.
const Target* find_target(std::string_view name);

/// Runs the reader; aborts where it breaks its promise.
void run_target(const Target& target, std::string_view bytes);

}  // namespace neartile::fuzz
