#include "neartile/array/array_kernel.h"

#include <benchmark/benchmark.h>

#include <algorithm>

#include "array/random_operands.h"
#include "gemm_shapes.h"

namespace neartile::array {
namespace {

using namespace testing_support;

enum class Toggles { totals, by_pe, sampled };

// A layer of M x K by K x N tile by tile on one 128 x 128 array.
void array_kernel(benchmark::State& state, const pe::PeConfig& pe, Toggles wanted, std::int64_t target) {
  const OnTarget on_target(state, target);
  if (on_target.skips()) return;
  const GemmShape shape(state);
  const ArrayConfig config{128, 128, pe};
  std::mt19937 random(1);
  const auto activations = random_patterns(random, shape.m * shape.k);
  const auto weights = random_weights(random, shape.k * shape.n);
  const MatrixView<const std::uint8_t> a(activations.data(), shape.m, shape.k);
  const MatrixView<const std::int8_t> w(weights.data(), shape.k, shape.n);
  std::vector<std::int32_t> sums(shape.m * shape.n);
  ArrayKernel kernel(config);
  PeToggles pe_toggles(config.rows, config.columns);
  KernelOptions options;
  if (wanted == Toggles::by_pe) options.pe_toggles = &pe_toggles;
  for (auto _ : state)
    for (std::size_t n = 0; n < shape.n; n += config.columns)
      for (std::size_t k = 0; k < shape.k; k += config.rows) {
        const std::size_t rows = std::min(config.rows, shape.k - k),
                          columns = std::min(config.columns, shape.n - n);
        if (wanted == Toggles::sampled) {
          benchmark::DoNotOptimize(
              kernel.estimate(a.block(0, k, shape.m, rows), w.block(k, n, rows, columns)));
          continue;
        }
        benchmark::DoNotOptimize(kernel.run(a.block(0, k, shape.m, rows), w.block(k, n, rows, columns),
                                            {sums.data(), shape.m, columns, shape.n}, options));
      }
  shape.count(state);
}

pe::PeConfig of(const char* multiplier, std::uint64_t bits = 32, std::uint64_t registers = 2,
                pe::Overflow overflow = pe::Overflow::wrap) {
  return {pe::Format::u8s8, multiplier, bits, overflow, registers};
}

BENCHMARK_CAPTURE(array_kernel, totals, of("mitchell"), Toggles::totals, best)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(array_kernel, by_pe, of("mitchell"), Toggles::by_pe, best)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(array_kernel, sampled5percent, of("mitchell"), Toggles::sampled, best)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(array_kernel, acc24, of("mitchell", 24), Toggles::totals, best)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(array_kernel, saturating24, of("mitchell", 24, 2, pe::Overflow::saturate), Toggles::totals,
                  best)
    ->Apply(gemm_shapes);
BENCHMARK_CAPTURE(array_kernel, one_weight_register, of("mitchell", 32, 1), Toggles::totals, best)
    ->Apply(gemm_shapes);
BENCHMARK_CAPTURE(array_kernel, avx2, of("mitchell"), Toggles::totals, HWY_AVX2)->Apply(gemm_shapes);
BENCHMARK_CAPTURE(array_kernel, portable, of("mitchell"), Toggles::totals, portable)->Apply(gemm_shapes);

}  // namespace
}  // namespace neartile::array
