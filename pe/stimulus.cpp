#include "neartile/pe/stimulus.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace neartile::pe {
namespace {

constexpr std::size_t held_operations = 256;

// SplitMix64 (S. Vigna): the standard library's distributions differ between machines.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
  }
  double uniform() { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; }
  // Box and Muller.
  double normal() {
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  std::uint64_t state_;
};

std::uint8_t clipped(double value, double low, double high) {
  return static_cast<std::uint8_t>(static_cast<int>(std::clamp(std::nearbyint(value), low, high)));
}

std::uint8_t drawn_activation(Random& random, Operands operands) {
  if (random.uniform() < 0.5) return 0;
  const bool is_signed = operands == Operands::s8s8;
  return clipped(std::abs(random.normal()) * (is_signed ? 32 : 50), 1, is_signed ? 127 : 255);
}

std::uint8_t drawn_weight(Random& random, Operands operands) {
  if (operands == Operands::u8u8) return clipped(128 + 40 * random.normal(), 0, 255);
  return clipped(40 * random.normal(), -128, 127);
}

}  // namespace

std::vector<OperandPair> random_stimulus(const StimulusSettings& settings) {
  Random random(settings.seed);
  std::vector<OperandPair> stimulus(settings.transitions + 1);
  for (OperandPair& pair : stimulus) {
    const std::uint64_t bits = random.bits();
    pair = {static_cast<std::uint8_t>(bits >> 56), static_cast<std::uint8_t>(bits >> 48)};
  }
  return stimulus;
}

std::vector<OperandPair> held_stimulus(Operands operands, const StimulusSettings& settings) {
  Random random(settings.seed);
  std::vector<OperandPair> stimulus(settings.transitions + 1);
  std::uint8_t weight = 0;
  for (std::size_t i = 0; i < stimulus.size(); ++i) {
    if (i % held_operations == 0) weight = drawn_weight(random, operands);
    stimulus[i] = {drawn_activation(random, operands), weight};
  }
  return stimulus;
}

}  // namespace neartile::pe
