#include "neartile/sc_models/execution_times.h"

#include <algorithm>

#include "neartile/router/program.h"

namespace neartile::sc_models {

std::uint64_t memory_bytes(const router::Command& command) {
  if (const auto* load = std::get_if<router::LoadTensor>(&command.work)) return load->rows * load->bytes;
  if (const auto* load = std::get_if<router::LoadWeights>(&command.work)) return load->bytes;
  if (const auto* store = std::get_if<router::Store>(&command.work)) return store->rows * store->bytes;
  return 0;
}

std::vector<LayerEnd> layer_ends(const router::Program& program, const ExecutionTimes& times) {
  const std::size_t layers = program.layers.size();
  std::vector<LayerEnd> ends(program.images * layers);
  for (std::uint32_t i = 0; i < ends.size(); ++i)
    ends[i] = {0, i / static_cast<std::uint32_t>(layers), i % static_cast<std::uint32_t>(layers)};
  for (std::size_t i = 0; i < times.commands.size(); ++i) {
    const router::Command& command = program.commands[i];
    std::uint64_t& end = ends[command.image * layers + command.layer].cycle;
    end = std::max(end, times.commands[i].end);
  }
  std::ranges::stable_sort(ends, {}, &LayerEnd::cycle);
  return ends;
}

}  // namespace neartile::sc_models
