#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "import/wiring.h"
#include "syntax.h"

namespace neartile::pe::verilog {

constexpr std::size_t widest_vector = 4096;

/// A wire or a vector of an instance.
struct Signal {
  Wiring::Bits bits;
  std::int64_t msb = 0, lsb = 0;
  bool is_vector = false, is_signed = false;
  Direction direction = Direction::wire;
  bool wire_declared = false;
  unsigned line = 0;

  /// Where index i is in `bits`; nothing outside of the range.
  std::optional<std::size_t> position(std::int64_t i) const {
    const std::int64_t at = msb >= lsb ? i - lsb : lsb - i;
    if (at < 0 || at >= static_cast<std::int64_t>(bits.size())) return {};
    return static_cast<std::size_t>(at);
  }
};

/// A parameter: constant bits.
struct Constant {
  Wiring::Bits bits;
  bool is_signed = false;
};

/// What the names of one instance of a module mean.
struct Scope {
  const Module* module = nullptr;
  std::string prefix;  ///< of net names: "" or "instance."
  std::unordered_map<std::string_view, Signal> signals;
  std::unordered_map<std::string_view, Constant> constants;
};

/// The work that a file may cause, so that small files cannot ask for endless amounts of it.
class Budget {
 public:
  explicit Budget(const Wiring& wiring) : wiring_(wiring) {}
  void spend(std::size_t amount, unsigned line) {
    if (amount > left_) wiring_.fail(line, "the circuit asks for too much work, expected an 8x8 multiplier");
    left_ -= amount;
  }

 private:
  const Wiring& wiring_;
  std::size_t left_ = 30'000'000;
};

}  // namespace neartile::pe::verilog
