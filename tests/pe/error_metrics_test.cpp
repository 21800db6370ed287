#include "neartile/pe/error_metrics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "neartile/pe/base/error.h"

namespace neartile::pe {
namespace {

OperandHistograms uniform() {
  OperandHistograms histograms;
  histograms.activation.fill(0.25);
  histograms.weight.fill(3);
  return histograms;
}

TEST(ErrorMetrics, CountWrongProductsAtZero) {
  EXPECT_EQ(error_metrics(make_circuit("exact.u8u8")).wrong_at_zero, 0u);
  EXPECT_EQ(error_metrics(make_circuit("drum(4).s8s8.sm")).wrong_at_zero, 0u);
  // A constant is added to every product, those with a zero too.
  EXPECT_EQ(error_metrics(make_circuit("truncated(6,80).u8u8")).wrong_at_zero, 511u);
  EXPECT_EQ(error_metrics(make_circuit("truncated(6,80).u8s8.sm")).wrong_at_zero, 511u);
  // ETM fills ones where the other operand's high part is not zero: 0 x 16 k has no low bits to fill from.
  EXPECT_EQ(error_metrics(make_circuit("etm(4).u8u8")).wrong_at_zero, 2u * 15 * 15);
}

TEST(ErrorMetrics, AreTheUniformOnesForFlatHistograms) {
  const Circuit circuit = make_circuit("udm.u8s8");
  const auto flat = error_metrics(circuit, uniform()), plain = error_metrics(circuit);
  EXPECT_DOUBLE_EQ(flat.mean_absolute, plain.mean_absolute);
  EXPECT_DOUBLE_EQ(flat.mean_relative_percent, plain.mean_relative_percent);
  EXPECT_DOUBLE_EQ(flat.probability_percent, plain.probability_percent);
  EXPECT_EQ(flat.worst_case, plain.worst_case);
}

TEST(ErrorMetrics, OfOneOccurringPairAreItsError) {
  OperandHistograms one;
  one.activation[43] = 7;
  one.weight[84] = 0.5;
  const auto metrics = error_metrics(make_circuit("broken_array(4,4).u8u8"), one);
  EXPECT_EQ(metrics.bias, 3440 - 43 * 84);
  EXPECT_EQ(metrics.worst_case, 43 * 84 - 3440);
  EXPECT_EQ(metrics.probability_percent, 100);
  EXPECT_EQ(metrics.variance, 0);
  EXPECT_DOUBLE_EQ(metrics.mean_relative_percent, 100.0 * (43 * 84 - 3440) / (43 * 84));
}

TEST(ErrorMetrics, WeighPairsByBothHistograms) {
  // udm is wrong by 2 at 3 x 3 alone of these: 3 of 4 activations, 1 of 5 weights.
  OperandHistograms histograms;
  histograms.activation[3] = 3;
  histograms.activation[1] = 1;
  histograms.weight[3] = 1;
  histograms.weight[2] = 4;
  const auto metrics = error_metrics(make_circuit("udm.u8u8"), histograms);
  EXPECT_DOUBLE_EQ(metrics.probability_percent, 15);
  EXPECT_DOUBLE_EQ(metrics.mean_absolute, 0.3);
  EXPECT_DOUBLE_EQ(metrics.mean_squared, 0.6);
}

TEST(ErrorMetrics, RefuseHistogramsThatAreNone) {
  const Circuit circuit = make_circuit("exact.u8u8");
  for (const double bad : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    auto histograms = uniform();
    histograms.weight[200] = bad;
    EXPECT_THROW(error_metrics(circuit, histograms), InputError);
  }
  auto histograms = uniform();
  histograms.activation.fill(0);
  EXPECT_THROW(error_metrics(circuit, histograms), InputError);
}

struct Figures {
  const char* name;
  double mae = -1, wce = -1, ep = -1, mse = -1, mre = -1, wcre = -1;
};

// The figures of the literature and of closed forms; -1: not stated.
class KnownFigures : public testing::TestWithParam<Figures> {};

TEST_P(KnownFigures, AreReproducedExhaustively) {
  const auto metrics = core_error_metrics(GetParam().name);
  const auto expect = [](double known, double found, double tolerance) {
    if (known >= 0) EXPECT_NEAR(found, known, tolerance);
  };
  expect(GetParam().mae, metrics.mean_absolute, 0);
  expect(GetParam().wce, metrics.worst_case, 0);
  expect(GetParam().ep, metrics.probability_percent, 0.005);
  expect(GetParam().mse, metrics.mean_squared, 0);
  expect(GetParam().mre, metrics.mean_relative_percent, 0.0005);
  expect(GetParam().wcre, metrics.worst_relative_percent, 0.005);
}

INSTANTIATE_TEST_SUITE_P(
    Cores, KnownFigures,
    testing::Values(
        Figures{.name = "exact", .mae = 0, .wce = 0, .ep = 0, .mse = 0, .mre = 0, .wcre = 0},
        Figures{.name = "truncated(4)", .mae = 12.25, .wce = 49, .ep = 81.25, .mse = 248.25},
        Figures{.name = "truncated(6)", .mae = 80.25, .wce = 321, .ep = 93.75},
        Figures{.name = "truncated(8)", .mae = 448.25, .wce = 1793, .ep = 98.047},
        Figures{.name = "broken_array(2,6)", .mae = 240.25, .wce = 961},
        Figures{.name = "perforated(0,2)", .mae = 191.25, .wce = 765},
        Figures{.name = "udm", .mae = 903.125, .wce = 14450, .ep = 46.73, .mre = 3.2805, .wcre = 22.22},
        Figures{.name = "drum(6)", .mre = 1.301}, Figures{.name = "drum(4)", .mre = 5.887},
        Figures{.name = "mitchell", .mre = 3.788, .wcre = 11.111},
        Figures{.name = "iterative_mitchell(0)", .mre = 8.913},
        Figures{.name = "iterative_mitchell(1)", .mre = 0.834},
        Figures{.name = "roba", .mre = 2.862, .wcre = 11.11}));

// EvoApproxLib's mul8s_1L2H leaves out the lowest bits of both operands, mul8s_1KR3 six of one of them.
// Within half a unit of the last digit of their headers.
TEST(ErrorMetrics, AreThoseThatEvoApproxLibPublishes) {
  const ErrorMetrics l2h = error_metrics(make_circuit("operand_truncation(1).s8s8.native"));
  EXPECT_NEAR(l2h.mean_absolute, 53, 0.5);
  EXPECT_NEAR(l2h.mean_absolute_percent, 0.081, 0.0005);
  EXPECT_EQ(l2h.worst_case, 255);
  EXPECT_NEAR(l2h.probability_percent, 74.61, 0.005);
  EXPECT_NEAR(l2h.mean_squared, 5462, 0.5);
  EXPECT_NEAR(l2h.mean_relative_percent, 4.41, 0.005);
  EXPECT_NEAR(l2h.worst_relative_percent, 300, 0.005);

  const ErrorMetrics kr3 = error_metrics(make_circuit("perforated(0,6).s8s8.native"));
  EXPECT_NEAR(kr3.mean_absolute, 2016, 0.5);
  EXPECT_NEAR(kr3.worst_case_percent, 12.30, 0.005);
  EXPECT_NEAR(kr3.probability_percent, 98.05, 0.005);
  EXPECT_NEAR(kr3.mean_squared, 72829.102e2, 0.05e2);
  EXPECT_NEAR(kr3.mean_relative_percent, 135.77, 0.005);
  EXPECT_NEAR(kr3.worst_relative_percent, 6300, 0.005);
}

TEST(BrokenArray, TellsActivationFromWeight) {
  const Circuit circuit = make_circuit("broken_array(4,4).u8u8");
  EXPECT_EQ(circuit.product(43, 84), 3440);
  EXPECT_EQ(circuit.product(84, 43), 84 * 32);
}

TEST(Udm, LosesTwoAtEachPairOfThrees) {
  const Circuit circuit = make_circuit("udm.u8u8");
  const auto threes = [](unsigned x) {
    unsigned sum = 0;
    for (unsigned i = 0; i < 8; i += 2) sum += (x >> i & 3) == 3 ? 1u << i : 0;
    return static_cast<int>(sum);
  };
  for (int a = 0; a < 256; ++a)
    for (int b = 0; b < 256; ++b)
      ASSERT_EQ(circuit.product(static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b)),
                a * b - 2 * threes(static_cast<unsigned>(a)) * threes(static_cast<unsigned>(b)));
}

TEST(Roba, RoundsThreeDownAndOtherTiesUp) {
  const Circuit circuit = make_circuit("roba.u8u8");
  EXPECT_EQ(circuit.product(3, 3), 2 * 3 + 3 * 2 - 4);
  EXPECT_EQ(circuit.product(6, 6), 8 * 6 + 6 * 8 - 64);
  EXPECT_EQ(circuit.product(64, 77), 64 * 77);
}

TEST(OperandTruncation, IsExactOnClearedOperands) {
  const Circuit circuit = make_circuit("operand_truncation(3).s8s8.native");
  for (int a = 0; a < 256; ++a)
    ASSERT_EQ(circuit.product(static_cast<std::uint8_t>(a), 0x9f),
              static_cast<std::int8_t>(a & ~7) * static_cast<std::int8_t>(0x98));
}

TEST(Compensation, ByTheRoundedMeanErrorLeavesLittleBias) {
  EXPECT_DOUBLE_EQ(core_error_metrics("truncated(6,80)").bias, -0.25);
  EXPECT_DOUBLE_EQ(core_error_metrics("truncated(6,80)").variance,
                   core_error_metrics("truncated(6)").variance);
}

TEST(Booth, OnlyLowersProductsAndOnlyBelowItsColumn) {
  const Circuit circuit = make_circuit("booth(5).s8s8.native");
  for (int a = -128; a < 128; ++a)
    for (int w = -128; w < 128; ++w) {
      const int lost = a * w - circuit.product(static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(w));
      ASSERT_GE(lost, 0);
      ASSERT_LT(lost, 3 * 32) << "three rows begin below column 5";
    }
  // Digits of 21 are 1, 1, 1, 0: no row is a double.
  for (int a = -128; a < 128; ++a) ASSERT_EQ(circuit.product(static_cast<std::uint8_t>(a), 21), a * 21);
}

TEST(Etm, FillsWithOnesFromTheFirstOneOn) {
  const Circuit circuit = make_circuit("etm(4).u8u8");
  EXPECT_EQ(circuit.product(13, 11), 13 * 11) << "both high parts are zero";
  EXPECT_EQ(circuit.product(0x52, 0x31), (5 * 3 << 8) + 0x3f);
  EXPECT_EQ(circuit.product(0x50, 0x30), 0x50 * 0x30);
}

}  // namespace
}  // namespace neartile::pe
