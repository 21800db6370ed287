#include "neartile/workloads/drawn_operands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "neartile/pe/base/config_json.h"
#include "support/error_of.h"

namespace neartile::workloads {
namespace {

using neartile::testing_support::error_of;
using testing::HasSubstr;

// Two layers of equal shape, large enough for statistics.
Network two_layers() {
  Network network;
  network.name = "two";
  for (const char* name : {"first", "second"}) {
    Node node;
    node.name = name;
    MatrixLayer layer;
    layer.shape = {{256, 32, 32}, {}, 1, 512};
    node.layer = layer;
    network.nodes.push_back(node);
  }
  return network;
}

OperandSettings settings_of(const std::string& json) {
  OperandSettings settings;
  read_config(json, "o.json", [&](ConfigVisitor& visitor) { describe(visitor, settings); });
  return settings;
}

struct Moments {
  double mean = 0, rms = 0;
  double zeros = 0;  ///< share
  int minimum = 1000, maximum = -1000;
};

// Of the integers less `zero`; the root mean square is that of those which are not zero.
template <class Integer, class Patterns>
Moments moments(const Patterns& patterns, int zero = 0) {
  Moments m;
  double sum = 0, squares = 0, others = 0;
  for (const auto pattern : patterns) {
    const int v = int{static_cast<Integer>(pattern)} - zero;
    m.minimum = std::min(m.minimum, v);
    m.maximum = std::max(m.maximum, v);
    sum += v;
    squares += v * v;
    others += v != 0;
  }
  const auto count = static_cast<double>(patterns.size());
  m.mean = sum / count;
  m.rms = std::sqrt(squares / others);
  m.zeros = 1 - others / count;
  return m;
}

TEST(DrawnOperands, HaveTheirStatistics) {
  const LayerOperands operands = draw_operands({}, two_layers(), 0, pe::Format::u8s8);
  ASSERT_EQ(operands.input.size(), 256u * 32 * 32);
  ASSERT_EQ(operands.weights.size(), 256u * 512);
  const Moments activations = moments<std::uint8_t>(operands.input);
  EXPECT_NEAR(activations.zeros, 0.5, 0.005);
  EXPECT_NEAR(activations.rms, 50, 0.5);
  EXPECT_GT(activations.maximum, 170);
  EXPECT_EQ(operands.zero_point_pattern, 0);
  const Moments weights = moments<std::int8_t>(operands.weights);
  EXPECT_NEAR(weights.mean, 0, 0.5);
  EXPECT_NEAR(weights.rms, 40, 0.5);
  EXPECT_EQ(weights.minimum, -127);
  EXPECT_EQ(weights.maximum, 127);
}

TEST(DrawnOperands, AreSymmetricWithHalfTheSigmaInSignedFormats) {
  const LayerOperands operands = draw_operands({}, two_layers(), 0, pe::Format::s8s8);
  const Moments relu = moments<std::int8_t>(operands.input);
  EXPECT_NEAR(relu.rms, 25, 0.5);
  EXPECT_EQ(relu.minimum, 0);
  const OperandSettings centred = settings_of(R"({"activations": "centred", "zero_percent": 0})");
  const Moments both_signs =
      moments<std::int8_t>(draw_operands(centred, two_layers(), 0, pe::Format::s8s8).input);
  EXPECT_NEAR(both_signs.mean, 0, 0.2);
  EXPECT_LT(both_signs.minimum, -90);
  EXPECT_GE(both_signs.minimum, -127);
}

TEST(DrawnOperands, LieAroundTheZeroPointWhereTheyAreCentred) {
  const OperandSettings settings =
      settings_of(R"({"activations": "centred", "zero_percent": 20, "activation_sigma": 30})");
  const LayerOperands operands = draw_operands(settings, two_layers(), 0, pe::Format::u8s8);
  EXPECT_EQ(operands.zero_point_pattern, 128);
  const Moments activations = moments<std::uint8_t>(operands.input, 128);
  EXPECT_NEAR(activations.mean, 0, 0.3);
  EXPECT_NEAR(activations.rms, 30, 0.5);
  EXPECT_NEAR(activations.zeros, 0.2 + 0.8 * std::erf(0.5 / 30 / std::sqrt(2)), 0.005);
}

// Activations that equal those of the pixel before: repeated ones, and others by chance.
TEST(DrawnOperands, RepeatThePixelBeforeAsOftenAsAsked) {
  const Network network = two_layers();
  const auto equal_share = [&](const std::string& json) {
    const auto input = draw_operands(settings_of(json), network, 0, pe::Format::u8s8).input;
    std::size_t equal = 0;
    for (std::size_t i = 256; i < input.size(); ++i) equal += input[i] == input[i - 256];
    return static_cast<double>(equal) / static_cast<double>(input.size() - 256);
  };
  const double by_chance = equal_share(R"({"repeat_percent": 0})");
  EXPECT_LT(by_chance, 0.3);
  EXPECT_NEAR(equal_share("{}"), 0.3 + 0.7 * by_chance, 0.005);
  EXPECT_EQ(equal_share(R"({"repeat_percent": 100})"), 1);
}

TEST(DrawnOperands, AreConstantAtTheEdges) {
  const auto all = settings_of(R"({"zero_percent": 100})");
  EXPECT_THAT(draw_operands(all, two_layers(), 0, pe::Format::u8s8).input, testing::Each(0));
  const auto none = settings_of(R"({"zero_percent": 0, "activation_sigma": 0.01})");
  EXPECT_THAT(draw_operands(none, two_layers(), 0, pe::Format::u8s8).input, testing::Each(1));
}

TEST(DrawnOperands, AreTheSameForASeedAndOthersForAnotherLayerOrSeed) {
  const Network network = two_layers();
  const auto drawn = [&](std::uint64_t seed, std::size_t node) {
    OperandSettings settings;
    settings.seed = seed;
    return draw_operands(settings, network, node, pe::Format::u8s8);
  };
  const LayerOperands first = drawn(1, 0);
  EXPECT_EQ(first.input, drawn(1, 0).input);
  EXPECT_EQ(first.weights, drawn(1, 0).weights);
  EXPECT_NE(first.input, drawn(1, 1).input);
  EXPECT_NE(first.weights, drawn(1, 1).weights);
  EXPECT_NE(first.input, drawn(2, 0).input);
  EXPECT_NE(first.input, drawn((std::uint64_t{1} << 32) + 1, 0).input) << "all 64 bits count";
}

TEST(DrawnOperands, LayersMayDifferInSomeStatistics) {
  const OperandSettings settings =
      settings_of(R"({"weight_sigma": 20, "layers": [{"name": "second", "zero_percent": 0}]})");
  const Network network = two_layers();
  check_layers(settings, network, "o.json");
  EXPECT_NEAR(moments<std::uint8_t>(draw_operands(settings, network, 0, pe::Format::u8s8).input).zeros, 0.5,
              0.01);
  const LayerOperands second = draw_operands(settings, network, 1, pe::Format::u8s8);
  EXPECT_EQ(moments<std::uint8_t>(second.input).zeros, 0);
  EXPECT_NEAR(moments<std::int8_t>(second.weights).rms, 20, 0.5);
}

TEST(DrawnOperands, NamesThatNoLayerHasAreErrors) {
  const auto check = [](const std::string& json) {
    return error_of([&] { check_layers(settings_of(json), two_layers(), "o.json"); });
  };
  EXPECT_THAT(check(R"({"layers": [{"name": "third"}]})"),
              HasSubstr("o.json: /layers: \"third\" is no layer"));
  EXPECT_THAT(check(R"({"layers": [{"name": "first"}, {"name": "first"}]})"), HasSubstr("is there twice"));
  EXPECT_EQ(check(R"({"layers": [{"name": "first"}, {"name": "second"}]})"), "");
}

}  // namespace
}  // namespace neartile::workloads
