#include "neartile/array/array_kernel.h"

#include <benchmark/benchmark.h>

#include "array/random_operands.h"
#include "neartile/array/gemm.h"

namespace neartile::array {
namespace {

using namespace testing_support;

// One tile on a 128 x 128 array, over and over. Arguments: M, k, n, weight registers.
void array_kernel(benchmark::State& state, const char* multiplier) {
  const auto m = static_cast<std::size_t>(state.range(0)), k = static_cast<std::size_t>(state.range(1)),
             n = static_cast<std::size_t>(state.range(2));
  std::mt19937 random(1);
  const auto activations = random_patterns(random, m * k);
  const auto weights = random_weights(random, k * n);
  std::vector<std::int32_t> sums(m * n);
  pe::PeConfig pe;
  pe.multiplier = multiplier;
  pe.weight_registers = static_cast<std::uint64_t>(state.range(3));
  ArrayKernel kernel({128, 128, pe});
  for (auto _ : state)
    benchmark::DoNotOptimize(
        kernel.run({activations.data(), m, k}, {weights.data(), k, n}, {sums.data(), m, n}));
  state.counters["MAC/s"] =
      benchmark::Counter(static_cast<double>(m * n * k), benchmark::Counter::kIsIterationInvariantRate);
  state.SetLabel(simd_target());
}

void tiles(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"M", "k", "n", "registers"});
  for (const std::int64_t n : {16, 32, 64, 128}) bench->Args({1024, 128, n, 2});
  bench->Args({64, 128, 64, 2})->Args({1024, 16, 16, 2})->Args({1024, 128, 64, 1})->Args({64, 128, 64, 1});
}

BENCHMARK_CAPTURE(array_kernel, exact, "exact")->Apply(tiles);
BENCHMARK_CAPTURE(array_kernel, truncated4, "truncated(4)")->Apply(tiles);

}  // namespace
}  // namespace neartile::array
