#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "array/lent_threads.h"
#include "array/random_operands.h"
#include "neartile/array/array_kernel.h"
#include "neartile/array/gemm.h"

namespace neartile::array {
namespace {

using namespace testing_support;

struct Layer {
  std::size_t m, n, k;
  std::vector<std::uint8_t> activations;
  std::vector<std::int8_t> weights;
};

// Layers that are one GEMM each, with uniform operands, from a table of the shared data.
std::vector<Layer> read_layers(const std::string& network) {
  const char* shared = std::getenv("NEARTILE_SHARED");
  std::ifstream file(std::string(shared ? shared : "../shared") + "/data/networks/layers/" + network +
                     ".csv");
  std::vector<Layer> layers;
  std::mt19937 random(1);
  std::string line;
  for (std::getline(file, line); std::getline(file, line);) {
    std::vector<std::string> fields;
    std::istringstream text(line);
    for (std::string field; std::getline(text, field, ',');) fields.push_back(field);
    const auto number = [&](std::size_t i) { return static_cast<std::size_t>(std::stoull(fields.at(i))); };
    if (number(18) == 0 || number(21) != 1) continue;
    const std::size_t m = number(18), n = number(19), k = number(20);
    layers.push_back({m, n, k, random_patterns(random, m * k), random_weights(random, k * n)});
  }
  return layers;
}

std::uint64_t toggles_of(ArrayKernel& kernel, const ArrayConfig& config, const Layer& layer, bool samples,
                         const ParallelFor& threads) {
  std::vector<std::int32_t> sums(layer.m * config.columns);
  const MatrixView<const std::uint8_t> a(layer.activations.data(), layer.m, layer.k);
  const MatrixView<const std::int8_t> w(layer.weights.data(), layer.k, layer.n);
  PackedActivations packed;
  if (!samples) packed.pack(a, config.rows);
  traces::ToggleCounts counts;
  ToggleEstimate estimate;
  for (std::size_t n = 0; n < layer.n; n += config.columns)
    for (std::size_t k = 0; k < layer.k; k += config.rows) {
      const auto weights =
          w.block(k, n, std::min(config.rows, layer.k - k), std::min(config.columns, layer.n - n));
      const MatrixView<std::int32_t> out(sums.data(), layer.m, weights.columns);
      if (samples)
        estimate += kernel.estimate(a.block(0, k, layer.m, weights.rows), weights, {}, threads);
      else
        counts += kernel.run(packed, k / config.rows, weights, out, {nullptr, threads});
    }
  return samples ? static_cast<std::uint64_t>(estimate.total()) : counts.total();
}

// Toggles of a network's layers, one after the other on one 128 x 128 array.
void layer_table(benchmark::State& state, const char* network, bool samples, const ParallelFor& threads) {
  const std::vector<Layer> layers = read_layers(network);
  if (layers.empty()) return state.SkipWithError("set NEARTILE_SHARED to the folder of layer tables");
  const ArrayConfig config{128, 128, {}};
  ArrayKernel kernel(config);
  double macs = 0;
  for (const Layer& layer : layers) macs += static_cast<double>(layer.m * layer.n * layer.k);
  for (auto _ : state)
    for (const Layer& layer : layers)
      benchmark::DoNotOptimize(toggles_of(kernel, config, layer, samples, threads));
  state.counters["MAC/s"] = benchmark::Counter(macs, benchmark::Counter::kIsIterationInvariantRate);
  state.SetLabel(simd_target());
}

void seconds(benchmark::internal::Benchmark* bench) {
  bench->Unit(benchmark::kSecond)->UseRealTime()->MeasureProcessCPUTime();
}

BENCHMARK_CAPTURE(layer_table, resnet50, "resnet50", false, ParallelFor{})->Apply(seconds);
BENCHMARK_CAPTURE(layer_table, resnet50_two_threads, "resnet50", false, ParallelFor{lend_threads})
    ->Apply(seconds);
BENCHMARK_CAPTURE(layer_table, resnet50_sampled, "resnet50", true, ParallelFor{})->Apply(seconds);

}  // namespace
}  // namespace neartile::array
