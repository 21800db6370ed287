#pragma once

#include <vector>

#include "neartile/array/array_kernel.h"
#include "packed_chunks.h"
#include "panel_stream.h"

namespace neartile::array {

/// What the registers of the array hold, and what a tile does to them.
class ArrayKernel::State {
 public:
  State(const ArrayConfig& config, const pe::PeType& type);
  traces::ToggleCounts run(MatrixView<const std::uint8_t> activations, MatrixView<const std::int8_t> weights,
                           MatrixView<std::int32_t> sums, const KernelOptions& options);
  traces::ToggleCounts run(const PackedActivations& activations, std::size_t tile,
                           MatrixView<const std::int8_t> weights, MatrixView<std::int32_t> sums,
                           const KernelOptions& options);
  ToggleEstimate estimate(MatrixView<const std::uint8_t> activations, MatrixView<const std::int8_t> weights,
                          const Sampling& sampling, const ParallelFor& parallel);
  void reset();

  const ArrayConfig& config() const { return config_; }

 private:
  void load(MatrixView<const std::int8_t> weights);
  void show_passing_weights(MatrixView<const std::int8_t> weights);
  void stream_activations(const TileStrips& strips);
  void for_each_panel(const ParallelFor& parallel,
                      const std::function<void(PanelStream& panel, std::size_t column)>& body);
  ToggleEstimate exact_estimate(MatrixView<const std::uint8_t> activations,
                                MatrixView<const std::int8_t> weights, const ParallelFor& parallel);
  std::uint64_t keep_last_activations(MatrixView<const std::uint8_t> activations);
  void add_toggles(traces::ToggleCounts& counts, PeToggles* pe_toggles);

  ArrayConfig config_;
  ProductTable table_;
  SumFormat format_;
  ArrayNets nets_;
  NetToggles toggles_;                             ///< of the vectors in work
  std::vector<std::uint64_t> activation_toggles_;  ///< by row
  PackedActivations packed_;                       ///< of a run that brings none
  std::vector<PanelStream> panels_;                ///< by worker
  std::uint32_t samples_ = 0;                      ///< drawn since reset
};

}  // namespace neartile::array
