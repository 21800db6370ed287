#include "neartile/array/gemm.h"

#include <benchmark/benchmark.h>

#include <algorithm>

#include "array/random_operands.h"
#include "gemm_shapes.h"

namespace neartile::array {
namespace {

using namespace testing_support;

// Arguments: M, N, K. Weights are -127 .. 127, as symmetric quantisation makes them, or of all patterns.
void gemm(benchmark::State& state, const pe::PeConfig& config, std::int64_t target = best,
          bool all_patterns = false) {
  const OnTarget on_target(state, target);
  if (on_target.skips()) return;
  const GemmShape shape(state);
  const auto [m, n, k] = shape;
  std::mt19937 random(1);
  const auto activations = random_patterns(random, m * k);
  auto weights = random_weights(random, k * n);
  if (!all_patterns) std::replace(weights.begin(), weights.end(), std::int8_t{-128}, std::int8_t{-127});
  std::vector<std::int32_t> sums(m * n);
  const Gemm product(pe::PeType(config), 128, {weights.data(), k, n});
  for (auto _ : state) {
    product({activations.data(), m, k}, {sums.data(), m, n});
    benchmark::DoNotOptimize(sums.data());
    benchmark::ClobberMemory();
  }
  shape.count(state);
}

// What one writes first: a loop that looks every product up.
void scalar_table_loop(benchmark::State& state) {
  const GemmShape shape(state);
  std::mt19937 random(1);
  const auto activations = random_patterns(random, shape.m * shape.k);
  const auto weights = random_weights(random, shape.k * shape.n);
  std::vector<std::int32_t> sums(shape.n);
  const pe::PeType type({pe::Format::u8s8, "mitchell", 32, pe::Overflow::wrap, 2});
  for (auto _ : state)
    for (std::size_t m = 0; m < shape.m; ++m) {
      std::fill(sums.begin(), sums.end(), 0);
      for (std::size_t k = 0; k < shape.k; ++k) {
        const std::int16_t* row = type.multiplier.table->row(activations[m * shape.k + k]);
        for (std::size_t n = 0; n < shape.n; ++n)
          sums[n] += row[static_cast<std::uint8_t>(weights[k * shape.n + n])];
      }
      benchmark::DoNotOptimize(sums.data());
      benchmark::ClobberMemory();
    }
  shape.count(state);
}

pe::PeConfig of(const char* multiplier, std::uint64_t bits = 32, pe::Overflow overflow = pe::Overflow::wrap) {
  return {pe::Format::u8s8, multiplier, bits, overflow, 2};
}

// The convolutions of ResNet-20 on 16 images at a time and on one.
void small_shapes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"M", "N", "K"});
  for (const std::int64_t images : {16, 1}) {
    bench->Args({1024 * images, 16, 144});
    bench->Args({256 * images, 32, 288});
    bench->Args({64 * images, 64, 576});
  }
}

void shapes(benchmark::internal::Benchmark* bench) {
  gemm_shapes(bench);
  small_shapes(bench);
}

BENCHMARK_CAPTURE(gemm, exact, of("exact"))->Apply(shapes);
BENCHMARK_CAPTURE(gemm, drum4, of("drum(4)"))->Apply(shapes);
BENCHMARK_CAPTURE(gemm, drum4_all_patterns, of("drum(4)"), best, true)->Apply(shapes);
BENCHMARK_CAPTURE(gemm, udm, of("udm"))->Apply(shapes);
BENCHMARK_CAPTURE(gemm, truncated4, of("truncated(4)"))->Apply(shapes);
BENCHMARK_CAPTURE(gemm, mitchell_by_table, of("mitchell"))->Apply(shapes);
BENCHMARK_CAPTURE(gemm, truncated4_saturating20, of("truncated(4)", 20, pe::Overflow::saturate))
    ->Apply(shapes);
BENCHMARK_CAPTURE(gemm, mitchell_avx2, of("mitchell"), HWY_AVX2)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(gemm, mitchell_portable, of("mitchell"), portable)->Apply(gemm_shapes);
BENCHMARK(scalar_table_loop)->Apply(gemm_shapes);

}  // namespace
}  // namespace neartile::array
