#include "rtl/layer_stimulus.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "neartile/array/cycle_law.h"
#include "neartile/array/im2col.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/workloads/executor.h"
#include "run/evaluation.h"
#include "run/inputs.h"
#include "text/printable.h"

namespace neartile {
namespace {

std::size_t find_layer(const workloads::Network& network, const std::optional<std::string>& name) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    if (!network.nodes[i].matrix()) continue;
    if (!name || network.nodes[i].name == *name) return i;
    names.push_back(network.nodes[i].name);
  }
  constexpr std::size_t most_shown = 20;
  const bool cut = names.size() > most_shown;
  if (cut) names.resize(most_shown);
  throw InputError("--layer", fmt::format("{} is no matrix layer of {}, expected one of {}{}",
                                          in_quotes(name.value_or("")), network.name, fmt::join(names, ", "),
                                          cut ? ", .." : ""));
}

// The layer's operands as the arrays see them; of grouped convolutions the first group's.
struct Operands {
  std::size_t m, k, n;
  std::vector<std::uint8_t> activations;  ///< m x k
  std::vector<std::int8_t> weights;       ///< k x n
};

Operands operands_of(const workloads::QuantisedNetwork& network, std::size_t node,
                     const std::vector<std::uint8_t>& input, std::size_t vectors) {
  const array::ConvolutionShape& shape = network.network.nodes[node].matrix()->shape;
  Operands operands{std::min(shape.m(), vectors), shape.k(), shape.n(), {}, {}};
  operands.activations.resize(operands.m * operands.k);
  const auto& encoding = network.encodings.at(network.network.nodes[node].inputs.at(0));
  array::im2col(shape, input.data(), 0, 0, 0, static_cast<std::uint8_t>(encoding.zero_point),
                {operands.activations.data(), operands.m, operands.k});
  const auto& weights = network.matrices[node].weights;
  operands.weights.assign(weights.begin(),
                          weights.begin() + static_cast<std::ptrdiff_t>(operands.k * operands.n));
  return operands;
}

array::TileStimulus tile_of(const Operands& operands, const array::ArrayConfig& config, std::size_t first_k,
                            std::size_t first_n, array::TileSchedule& schedule) {
  array::TileStimulus tile;
  tile.m = operands.m;
  tile.k = std::min<std::size_t>(config.rows, operands.k - first_k);
  tile.n = std::min<std::size_t>(config.columns, operands.n - first_n);
  for (std::size_t m = 0; m < tile.m; ++m)
    for (std::size_t k = 0; k < tile.k; ++k)
      tile.activations.push_back(operands.activations[m * operands.k + first_k + k]);
  for (std::size_t k = 0; k < tile.k; ++k)
    for (std::size_t n = 0; n < tile.n; ++n)
      tile.weights.push_back(operands.weights[(first_k + k) * operands.n + first_n + n]);
  const array::TileTiming timing = schedule.place(0, tile.m);
  tile.load_start = timing.load_start;
  for (std::size_t m = 0; m < tile.m; ++m) tile.entries.push_back(timing.stream_start + m);
  return tile;
}

// N outermost, K innermost: the order of docs/reference/array.md within a chunk of M.
array::ArrayStimulus stimulus_of(const Operands& operands, const array::ArrayConfig& config,
                                 std::size_t most_tiles) {
  array::ArrayStimulus stimulus;
  array::TileSchedule schedule(config);
  for (std::size_t n = 0; n < operands.n; n += config.columns)
    for (std::size_t k = 0; k < operands.k && stimulus.tiles.size() < most_tiles; k += config.rows)
      stimulus.tiles.push_back(tile_of(operands, config, k, n, schedule));
  return stimulus;
}

}  // namespace

array::RtlBench layer_bench(const RunOptions& options, const router::ChipConfig& chip,
                            const LayerChoice& choice) {
  const workloads::Workload workload = chosen_workload(options);
  const std::size_t node = find_layer(workload.network, choice.layer);
  const router::Routing routing = chosen_routing(options, workload.network, chip).groups;
  const workloads::QuantisedNetwork network = quantised(workload, scheme_of(chip));
  std::vector<array::ArrayConfig> arrays;
  for (const std::size_t group : routing) arrays.push_back(chip.arrays[group].array);
  const workloads::Executor executor(network, arrays);
  const auto image = encode_image(workload.images, 0, workload.preprocessing, network.encodings.front());
  const auto tensors = executor.run(image);
  const std::vector<std::uint8_t>& input = tensors.at(workload.network.nodes[node].inputs.at(0));
  const Operands operands = operands_of(network, node, input, choice.vectors);

  array::RtlBench bench;
  bench.array = first_array(chip, routing[node]);
  bench.stimulus = stimulus_of(operands, arrays[node], choice.tiles);
  bench.clock_MHz = chip.clock_MHz;
  bench.origin =
      fmt::format("{}, layer {}, {} vectors of the first image, {} tiles", printable(workload.name),
                  printable(workload.network.nodes[node].name), operands.m, bench.stimulus.tiles.size());
  return bench;
}

}  // namespace neartile
