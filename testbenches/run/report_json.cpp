#include <nlohmann/json.hpp>

#include "neartile/array/gemm.h"
#include "neartile/pe/base/config_json.h"
#include "run/report.h"

namespace neartile {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const traces::ToggleCounts& toggles) {
  return {{"activation", toggles.activation},
          {"product", toggles.product},
          {"partial_sum", toggles.partial_sum},
          {"weight", toggles.weight},
          {"control", toggles.control}};
}

Json json_of(const traces::ClockCounts& edges) {
  return {{"activation", edges.activation},
          {"partial_sum", edges.partial_sum},
          {"weight", edges.weight},
          {"control", edges.control}};
}

Json json_of(const traces::ArrayTime& time) {
  Json json;
  for (std::size_t i = 0; i < traces::array_states; ++i)
    json[std::string(name_of(static_cast<traces::ArrayState>(i)))] = time.cycles[i];
  return json;
}

Json json_of(const memory::SramCounts& counts) {
  return {{"read_words", counts.reads},
          {"written_words", counts.writes},
          {"read_bytes", counts.read_bytes},
          {"written_bytes", counts.written_bytes},
          {"conflicts", counts.conflicts}};
}

// What HBM2 did, channel by channel.
Json json_of(const std::vector<memory::Hbm2Counts>& channels) {
  Json json = Json::array();
  for (const memory::Hbm2Counts& c : channels)
    json.push_back({{"read_bytes", c.read_bytes},
                    {"written_bytes", c.written_bytes},
                    {"read_bursts", c.reads},
                    {"written_bursts", c.writes},
                    {"row_hits", c.row_hits},
                    {"row_misses", c.row_misses},
                    {"row_conflicts", c.row_conflicts},
                    {"activates", c.activates},
                    {"precharges", c.precharges},
                    {"refreshes", c.refreshes}});
  return json;
}

Json accuracy_json(const RunReport& r) {
  return {{"images", r.images},
          {"top1_correct", r.chosen.top1_correct},
          {"top5_correct", r.chosen.top5_correct},
          {"agreement_exact", r.agreement_exact},
          {"exact_top1_correct", r.exact.top1_correct},
          {"exact_top5_correct", r.exact.top5_correct},
          {"float_top1_correct", r.floating.top1_correct},
          {"float_top5_correct", r.floating.top5_correct}};
}

// Layers of the vector unit have no group and no utilisation: null.
Json layer_json(const ActivityReport& r, const LayerReport& layer) {
  Json json{{"name", layer.name}, {"type", layer.type}, {"group", nullptr}, {"pe_type", nullptr}};
  const bool on_arrays = layer.matrix && !layer.on_vector_unit;
  if (layer.on_vector_unit) json["pe_type"] = vector_unit_name;
  if (on_arrays) {
    json["group"] = r.chip.arrays[layer.group].name;
    json["pe_type"] = pe::name_of(r.chip.arrays[layer.group].array.pe);
  }
  json["macs"] = layer.macs;
  if (!r.counted) return json;
  json["cycles"] = layer.cycles.count;
  json["utilisation_percent"] = has_utilisation(r, layer) ? Json(utilisation_percent(r, layer)) : Json();
  json["toggles"] = json_of(layer.toggles);
  if (r.simulated) json["memory_bytes"] = layer.memory.count;
  for (const traces::ArrayTime& time : layer.arrays) json["array_cycles"].push_back(json_of(time));
  return json;
}

Json json_of(const Describe& description) {
  return Json::parse(to_json_text(description));
}

// As --mapping reads it, but for its origin.
Json mapping_json(const ActivityReport& r) {
  router::Mapping mapping = r.layer_mapping;
  Json json{{"origin", r.mapping}};
  json["layers"] = Json::object();
  for (std::size_t i = 0; i < r.layers.size(); ++i) {
    if (!r.layers[i].matrix) continue;
    json["layers"][r.layers[i].name] =
        json_of([&](ConfigVisitor& visitor) { describe(visitor, mapping[i]); });
  }
  return json;
}

Json routing_json(const ActivityReport& r) {
  Json layers = Json::object();
  for (const auto& layer : r.layers)
    if (layer.matrix) layers[layer.name] = r.chip.arrays[layer.group].name;
  return {{"origin", r.routing}, {"layers", std::move(layers)}};
}

Json head(const ActivityReport& r) {
  return {{"version", NEARTILE_VERSION}, {"simd_target", array::simd_target()}, {"workload", r.workload}};
}

void add_counts(const ActivityReport& r, Json& json) {
  if (!r.counted) return;
  json["cycles"] = {{"total", r.cycles.count},
                    {"per_image", static_cast<double>(r.cycles.count) / static_cast<double>(r.images)}};
  json["time_s"] = r.seconds();
  json["toggles"] = json_of(r.toggles());
  if (r.simulated) json["clock_edges"] = json_of(r.clock_edges);
  if (r.simulated)
    json["buffers"] = {{"unified_buffer", json_of(r.buffers.unified_buffer)},
                       {"weight_buffers", json_of(r.buffers.weight_buffers)},
                       {"accumulators", json_of(r.buffers.accumulators)}};
  if (!r.channels.empty()) json["hbm2_channels"] = json_of(r.channels);
}

void add_layers(const ActivityReport& r, Json& json) {
  json["layers"] = Json::array();
  for (const auto& layer : r.layers) json["layers"].push_back(layer_json(r, layer));
  json["routing"] = routing_json(r);
  json["mapping"] = mapping_json(r);
  router::ChipConfig chip = r.chip;
  json["chip"] = json_of([&](ConfigVisitor& visitor) { describe(visitor, chip); });
}

std::string text_of(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string to_json(const RunReport& r) {
  Json json = head(r);
  json["executor"] = !r.counted;
  json["images_in_flight"] = r.images_in_flight;
  json["accuracy"] = accuracy_json(r);
  add_counts(r, json);
  if (r.counted) json["cycles"]["program_fetch"] = r.fetch_cycles.count;
  add_layers(r, json);
  return text_of(json);
}

std::string to_json(const TableReport& r) {
  workloads::OperandSettings operands = r.operands;
  Json json = head(r);
  json["simulated"] = r.simulated;
  json["accuracy"] = nullptr;
  json["operands"] = json_of([&](ConfigVisitor& visitor) { describe(visitor, operands); });
  add_counts(r, json);
  add_layers(r, json);
  return text_of(json);
}

}  // namespace neartile
