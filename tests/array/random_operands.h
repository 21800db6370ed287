#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "neartile/array/matrix.h"
#include "neartile/pe/pe_type.h"

namespace neartile::array::testing_support {

inline std::vector<std::uint8_t> random_patterns(std::mt19937& random, std::size_t count) {
  std::vector<std::uint8_t> patterns(count);
  for (auto& pattern : patterns) pattern = static_cast<std::uint8_t>(random());
  return patterns;
}

inline std::vector<std::int8_t> random_weights(std::mt19937& random, std::size_t count) {
  std::vector<std::int8_t> weights(count);
  for (auto& weight : weights) weight = static_cast<std::int8_t>(random());
  return weights;
}

inline std::size_t random_between(std::mt19937& random, std::size_t low, std::size_t high) {
  return std::uniform_int_distribution<std::size_t>(low, high)(random);
}

/// A PE type drawn at random: each format, overflow, register count and width, and multipliers of all
/// families; sometimes a circuit of random products, whose product of zeros is not zero.
inline pe::PeType random_type(std::mt19937& random) {
  static const char* const multipliers[] = {"exact", "truncated(4)", "truncated(9)", "drum(3)", "drum(6)"};
  pe::PeConfig config;
  config.format = random() % 2 ? pe::Format::u8s8 : pe::Format::s8s8;
  config.multiplier = multipliers[random() % 5];
  config.accumulator_bits = random() % 3 ? random_between(random, 16, 32) : 32;
  config.overflow = random() % 2 ? pe::Overflow::wrap : pe::Overflow::saturate;
  config.weight_registers = random_between(random, 1, 2);
  config.clock_gating = random() % 2;
  pe::PeType type(config);
  if (random() % 4 == 0) {
    std::vector<std::int16_t> products(pe::TruthTable::size);
    for (auto& product : products) product = static_cast<std::int16_t>(random());
    products[0] = 12345;
    type.multiplier = {"random", config.format, false, std::make_shared<pe::TruthTable>(products)};
  }
  return type;
}

}  // namespace neartile::array::testing_support
