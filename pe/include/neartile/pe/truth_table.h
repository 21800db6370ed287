#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace neartile::pe {

/// All 65,536 products of an 8x8 multiplier, by operand patterns (activation, weight).
/// Products fit in `product_bits()` = 16 bits of two's complement.
class TruthTable {
 public:
  static constexpr std::size_t size = 65536;

  /// products[activation << 8 | weight]; throws std::invalid_argument unless there are 65,536.
  explicit TruthTable(std::vector<std::int16_t> products);

  std::int16_t product(std::uint8_t activation, std::uint8_t weight) const {
    return products_[std::size_t{activation} << 8 | weight];
  }
  /// The 256 products of one activation, by weight pattern.
  const std::int16_t* row(std::uint8_t activation) const { return &products_[std::size_t{activation} << 8]; }

  /// Width of the product net in bits.
  static constexpr unsigned product_bits() { return 16; }
  /// True where f(activation, 0) = 0 for every activation: unused columns then stay silent.
  bool zero_at_zero_weight() const { return zero_at_zero_weight_; }
  /// The circuit's identity: FNV-1a 64 over the products, little endian, as 16 hex digits.
  std::string hash() const;

 private:
  std::vector<std::int16_t> products_;
  bool zero_at_zero_weight_ = true;
};

}  // namespace neartile::pe
