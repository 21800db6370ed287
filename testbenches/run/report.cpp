#include "run/report.h"

namespace neartile {
namespace {

double percent_of_capacity(std::uint64_t macs, std::size_t images, Cycles cycles, std::uint64_t pes) {
  const double capacity = static_cast<double>(cycles.count) * static_cast<double>(pes);
  return capacity > 0 ? 100 * static_cast<double>(macs) * static_cast<double>(images) / capacity : 0;
}

}  // namespace

traces::ToggleCounts ActivityReport::toggles() const {
  traces::ToggleCounts sum;
  for (const auto& layer : layers) sum += layer.toggles;
  return sum;
}

std::uint64_t ActivityReport::macs() const {
  std::uint64_t sum = 0;
  for (const auto& layer : layers) sum += layer.macs;
  return sum;
}

void set_routing(ActivityReport& report, const workloads::Network& network, const ChosenRouting& routing) {
  report.routing = routing.origin;
  report.mapping = routing.mapping_origin;
  report.layer_mapping = routing.mapping;
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    const workloads::Node& node = network.nodes[i];
    LayerReport layer;
    layer.name = node.name;
    layer.type = node.type;
    if (const auto* matrix = node.matrix()) {
      layer.matrix = true;
      layer.on_vector_unit = mapping_of(routing.mapping, i).unit == router::LayerUnit::vector_unit;
      layer.group = routing.groups[i];
      layer.macs = matrix->shape.macs();
    }
    report.layers.push_back(std::move(layer));
  }
}

void add_counts(const sc_models::RunResult& result, ActivityReport& report) {
  report.counted = report.simulated = true;
  report.cycles = result.cycles;
  report.clock_edges = result.clock_edges;
  report.buffers = result.buffers;
  report.channels = result.channels;
  for (std::size_t i = 0; i < report.layers.size(); ++i) {
    report.layers[i].cycles = result.layers.at(i).cycles;
    report.layers[i].toggles = result.layers.at(i).toggles;
    report.layers[i].arrays = result.layers.at(i).arrays;
    report.layers[i].memory = result.layers.at(i).memory;
  }
}

traces::ArrayTime time_of_arrays(const LayerReport& layer, std::uint64_t first, std::uint64_t count) {
  traces::ArrayTime time;
  for (std::uint64_t array = first; array < first + count; ++array) time += layer.arrays.at(array);
  return time;
}

std::uint64_t pes_of(const router::GroupConfig& group) {
  return group.count * group.array.rows * group.array.columns;
}

bool has_utilisation(const ActivityReport& report, const LayerReport& layer) {
  return layer.matrix && !layer.on_vector_unit && report.images_in_flight == 1;
}

double utilisation_percent(const ActivityReport& report, const LayerReport& layer) {
  return percent_of_capacity(layer.macs, report.images, layer.cycles,
                             pes_of(report.chip.arrays[layer.group]));
}

double utilisation_percent(const ActivityReport& report) {
  std::uint64_t pes = 0;
  for (const auto& group : report.chip.arrays) pes += pes_of(group);
  return percent_of_capacity(report.macs(), report.images, report.cycles, pes);
}

}  // namespace neartile
