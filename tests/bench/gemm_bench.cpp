#include "neartile/array/gemm.h"

#include <benchmark/benchmark.h>

#include <algorithm>

#include "array/random_operands.h"

namespace neartile::array {
namespace {

using namespace testing_support;

// Arguments: M, N, K. Weights are -127 .. 127, as symmetric quantisation makes them, or of all patterns.
void gemm(benchmark::State& state, const pe::PeConfig& config, bool all_patterns = false) {
  const auto m = static_cast<std::size_t>(state.range(0)), n = static_cast<std::size_t>(state.range(1)),
             k = static_cast<std::size_t>(state.range(2));
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
  state.counters["MAC/s"] =
      benchmark::Counter(static_cast<double>(m * n * k), benchmark::Counter::kIsIterationInvariantRate);
  state.SetLabel(simd_target());
}

pe::PeConfig of(const char* multiplier, std::uint64_t bits = 32, pe::Overflow overflow = pe::Overflow::wrap) {
  return {pe::Format::u8s8, multiplier, bits, overflow, 2};
}

// The convolutions of ResNet-20 on 16 images at a time and on one, then large, small and middle M.
void shapes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"M", "N", "K"});
  for (const std::int64_t images : {16, 1}) {
    bench->Args({1024 * images, 16, 144});
    bench->Args({256 * images, 32, 288});
    bench->Args({64 * images, 64, 576});
  }
  bench->Args({3136, 64, 576})->Args({196, 256, 2304})->Args({784, 128, 1152});
}

BENCHMARK_CAPTURE(gemm, exact, of("exact"))->Apply(shapes);
BENCHMARK_CAPTURE(gemm, truncated4, of("truncated(4)"))->Apply(shapes);
BENCHMARK_CAPTURE(gemm, drum4, of("drum(4)"))->Apply(shapes);
BENCHMARK_CAPTURE(gemm, drum4_all_patterns, of("drum(4)"), true)->Apply(shapes);
BENCHMARK_CAPTURE(gemm, udm, of("udm"))->Apply(shapes);
BENCHMARK_CAPTURE(gemm, mitchell_by_table, of("mitchell"))->Apply(shapes);
BENCHMARK_CAPTURE(gemm, truncated4_saturating20, of("truncated(4)", 20, pe::Overflow::saturate))
    ->Apply(shapes);

}  // namespace
}  // namespace neartile::array
