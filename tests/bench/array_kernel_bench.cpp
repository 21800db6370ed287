#include "neartile/array/array_kernel.h"

#include <benchmark/benchmark.h>

#include <algorithm>

#include "array/random_operands.h"
#include "gemm_shapes.h"

namespace neartile::array {
namespace {

using namespace testing_support;

struct Operands {
  explicit Operands(const GemmShape& shape) {
    std::mt19937 random(1);
    activations = random_patterns(random, shape.m * shape.k);
    weights = random_weights(random, shape.k * shape.n);
    a = {activations.data(), shape.m, shape.k};
    w = {weights.data(), shape.k, shape.n};
  }
  std::vector<std::uint8_t> activations;
  std::vector<std::int8_t> weights;
  MatrixView<const std::uint8_t> a;
  MatrixView<const std::int8_t> w;
};

// A layer of M x K by K x N on one 128 x 128 array: calls tile(k tile, its weights) for its tiles.
template <class Tile>
void for_each_tile(const ArrayConfig& config, MatrixView<const std::int8_t> weights, Tile tile) {
  for (std::size_t n = 0; n < weights.columns; n += config.columns)
    for (std::size_t k = 0; k < weights.rows; k += config.rows)
      tile(k / config.rows, weights.block(k, n, std::min(config.rows, weights.rows - k),
                                          std::min(config.columns, weights.columns - n)));
}

void exact_toggles(benchmark::State& state, const pe::PeConfig& pe, bool by_pe, std::int64_t target) {
  const OnTarget on_target(state, target);
  if (on_target.skips()) return;
  const GemmShape shape(state);
  const Operands operands(shape);
  const ArrayConfig config{128, 128, pe};
  std::vector<std::int32_t> sums(shape.m * config.columns);
  ArrayKernel kernel(config);
  PeToggles pe_toggles(config.rows, config.columns);
  KernelOptions options;
  if (by_pe) options.pe_toggles = &pe_toggles;
  PackedActivations packed;
  for (auto _ : state) {
    packed.pack(operands.a, config.rows);
    for_each_tile(config, operands.w, [&](std::size_t tile, auto weights) {
      benchmark::DoNotOptimize(
          kernel.run(packed, tile, weights, {sums.data(), shape.m, weights.columns}, options));
    });
  }
  shape.count(state);
}

void sampled_toggles(benchmark::State& state, const pe::PeConfig& pe, double fraction) {
  const OnTarget on_target(state, best);
  const GemmShape shape(state);
  const Operands operands(shape);
  const ArrayConfig config{128, 128, pe};
  ArrayKernel kernel(config);
  ToggleEstimate estimate;
  for (auto _ : state) {
    estimate = {};
    for_each_tile(config, operands.w, [&](std::size_t tile, auto weights) {
      const auto activations = operands.a.block(0, tile * config.rows, shape.m, weights.rows);
      estimate += kernel.estimate(activations, weights, {fraction, 1});
    });
  }
  shape.count(state);
  state.counters["bound_percent"] = 100 * estimate.total_bound() / estimate.total();
}

pe::PeConfig exact_pe() {
  return {pe::Format::u8s8, "exact", 32, pe::Overflow::wrap, 2};
}
pe::PeConfig of(std::uint64_t bits = 32, pe::Overflow overflow = pe::Overflow::wrap,
                std::uint64_t registers = 2) {
  return {pe::Format::u8s8, "mitchell", bits, overflow, registers};
}

BENCHMARK_CAPTURE(exact_toggles, totals, of(), false, best)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(exact_toggles, totals_exact_multiplier, exact_pe(), false, best)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(exact_toggles, by_pe, of(), true, best)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(exact_toggles, acc24, of(24), false, best)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(exact_toggles, acc24_saturate, of(24, pe::Overflow::saturate), false, best)
    ->Apply(gemm_shapes);
BENCHMARK_CAPTURE(exact_toggles, one_weight_register, of(32, pe::Overflow::wrap, 1), false, best)
    ->Apply(gemm_shapes);
BENCHMARK_CAPTURE(exact_toggles, avx2, of(), false, HWY_AVX2)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(exact_toggles, avx2_exact_multiplier, exact_pe(), false, HWY_AVX2)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(exact_toggles, portable, of(), false, portable)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(sampled_toggles, 5_percent_exact_multiplier, exact_pe(), 0.05)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(sampled_toggles, 5_percent, of(), 0.05)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(sampled_toggles, 2_percent, of(), 0.02)->Apply(gemm_shapes);

}  // namespace
}  // namespace neartile::array
