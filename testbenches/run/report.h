#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "neartile/memory/hbm2.h"
#include "neartile/pe/base/units.h"
#include "neartile/router/chip_config.h"
#include "neartile/router/mapping.h"
#include "neartile/sc_models/run.h"
#include "neartile/traces/activity.h"
#include "neartile/traces/array_time.h"
#include "neartile/workloads/accuracy.h"
#include "neartile/workloads/drawn_operands.h"
#include "neartile/workloads/network.h"
#include "run/inputs.h"

namespace neartile {

/// A layer of a run; cycles and toggles are those of all images.
struct LayerReport {
  std::string name;
  std::string type;
  bool matrix = false;
  bool on_vector_unit = false;  ///< a matrix layer that no array computes
  std::size_t group = 0;        ///< of the chip, for matrix layers
  std::uint64_t macs = 0;       ///< of one image
  Cycles cycles;
  traces::ToggleCounts toggles;
  std::vector<traces::ArrayTime> arrays;  ///< by array of the chip; none without the SystemC chip
  Bytes memory;                           ///< to and from external memory; where simulated
};

/// What a chip did, layer by layer.
struct ActivityReport {
  std::string workload;
  std::string routing, mapping;  ///< where they come from
  router::Mapping layer_mapping;
  router::ChipConfig chip;
  std::vector<LayerReport> layers;
  std::size_t images = 1;
  std::size_t images_in_flight = 1;  ///< more: layers overlap, and have no utilisation of their own
  bool counted = false;              ///< otherwise without cycles and toggles
  Cycles cycles;
  bool simulated = false;                    ///< by the SystemC chip, with its memory
  traces::ClockCounts clock_edges;           ///< at all PEs' flip-flops; where simulated
  sc_models::BufferCounts buffers;           ///< where simulated
  std::vector<memory::Hbm2Counts> channels;  ///< where HBM2 was simulated

  double seconds() const { return static_cast<double>(cycles.count) / (chip.clock_MHz * 1e6); }
  traces::ToggleCounts toggles() const;
  std::uint64_t macs() const;  ///< of one image
};

/// What `neartile run` found out about a network.
struct RunReport : ActivityReport {
  array::TensorShape input;
  bool signed_activations = false;
  workloads::Accuracy floating, exact, chosen;  ///< float, exact int8, int8 on this chip
  std::size_t agreement_exact = 0;              ///< images where the chip's argmax is exact int8's
  Cycles fetch_cycles;                          ///< before images, not in `cycles`; where counted
};

/// What it found out about a table of layer shapes.
struct TableReport : ActivityReport {
  workloads::OperandSettings operands;
};

/// The report's routing and mapping, and the network's layers, without counts.
void set_routing(ActivityReport& report, const workloads::Network& network, const ChosenRouting& routing);

/// What reports have as the PE type of layers that the vector unit computes.
inline constexpr std::string_view vector_unit_name = "vector unit";

/// Takes over what the SystemC chip counted; layers are those of its program.
void add_counts(const sc_models::RunResult& result, ActivityReport& report);

/// What the arrays first .. first + count - 1 did in the layer, together.
traces::ArrayTime time_of_arrays(const LayerReport& layer, std::uint64_t first, std::uint64_t count);

/// Multipliers of one group's arrays.
std::uint64_t pes_of(const router::GroupConfig& group);

/// True where a layer's cycles say how busy its group was.
bool has_utilisation(const ActivityReport& report, const LayerReport& layer);

/// Share of a layer's cycles in which its group's PEs did its work, in percent; 0 where there are none.
double utilisation_percent(const ActivityReport& report, const LayerReport& layer);
/// The same of the whole run and chip.
double utilisation_percent(const ActivityReport& report);

/// The report for a terminal, several lines.
std::string to_text(const RunReport& report);
std::string to_text(const TableReport& report);

/// The report as result.json (docs/reference/program.md), with a final newline.
std::string to_json(const RunReport& report);
std::string to_json(const TableReport& report);

}  // namespace neartile
