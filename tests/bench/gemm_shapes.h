#pragma once

#include <benchmark/benchmark.h>
#include <hwy/highway.h>
#include <hwy/targets.h>

#include <cstdint>

#include "neartile/array/gemm.h"

namespace neartile::array {

/// The SIMD targets that benchmarks choose between.
inline constexpr std::int64_t best = 0, portable = HWY_EMU128 | HWY_SCALAR;

/// Runs a benchmark on one of the SIMD targets, or skips it where the processor has none of them.
class OnTarget {
 public:
  OnTarget(benchmark::State& state, std::int64_t targets)
      : skips_(targets != best && (hwy::SupportedTargets() & targets) == 0) {
    if (skips_) state.SkipWithError("not on this processor");
    if (targets != best && !skips_) hwy::SetSupportedTargetsForTest(targets);
    state.SetLabel(simd_target());
  }
  ~OnTarget() { hwy::SetSupportedTargetsForTest(0); }
  OnTarget(const OnTarget&) = delete;
  OnTarget& operator=(const OnTarget&) = delete;
  bool skips() const { return skips_; }

 private:
  bool skips_;
};

/// The shape of a matrix product, from a benchmark's arguments.
struct GemmShape {
  explicit GemmShape(const benchmark::State& state)
      : m(static_cast<std::size_t>(state.range(0))),
        n(static_cast<std::size_t>(state.range(1))),
        k(static_cast<std::size_t>(state.range(2))) {}
  void count(benchmark::State& state) const {
    state.counters["MAC/s"] =
        benchmark::Counter(static_cast<double>(m * n * k), benchmark::Counter::kIsIterationInvariantRate);
  }
  std::size_t m, n, k;
};

/// Convolutions of ResNet-50 whose M is large, small and in the middle.
inline void gemm_shapes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"M", "N", "K"})->Args({3136, 64, 576})->Args({196, 256, 2304})->Args({784, 128, 1152});
}

}  // namespace neartile::array
