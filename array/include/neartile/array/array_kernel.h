#pragma once

#include <cstdint>
#include <memory>

#include "neartile/array/array_config.h"
#include "neartile/array/matrix.h"
#include "neartile/array/packed_activations.h"
#include "neartile/array/parallel_for.h"
#include "neartile/array/pe_toggles.h"
#include "neartile/array/toggle_estimate.h"
#include "neartile/pe/pe_type.h"
#include "neartile/traces/activity.h"

namespace neartile::array {

/// What a run of ArrayKernel does besides; none of it changes a figure.
struct KernelOptions {
  PeToggles* pe_toggles = nullptr;  ///< of the array's size; each PE's toggles are added
  ParallelFor parallel = {};        ///< spreads the tile's columns over threads
};

/// One systolic array in plain C++: results and exact toggle totals of the tiles that stream through
/// it one after the other. It keeps what the registers hold between tiles, so that a tile's counts
/// include the transition from its predecessor's last values; after reset all hold 0.
class ArrayKernel {
 public:
  explicit ArrayKernel(const ArrayConfig& config);
  /// An array of any PE type, also one whose multiplier has no name; `type` replaces config.pe.
  ArrayKernel(const ArrayConfig& config, const pe::PeType& type);
  ArrayKernel(ArrayKernel&&) noexcept;
  ~ArrayKernel();

  /// Loads `weights` (k x n, k <= rows, n <= columns; the rest of the array is filled as array.md
  /// says), streams `activations` (M x k) and writes the M x n sums that leave the bottom row.
  traces::ToggleCounts run(MatrixView<const std::uint8_t> activations, MatrixView<const std::int8_t> weights,
                           MatrixView<std::int32_t> sums, const KernelOptions& options = {});

  /// The same for tile number `tile` of activations that several tiles share.
  traces::ToggleCounts run(const PackedActivations& activations, std::size_t tile,
                           MatrixView<const std::int8_t> weights, MatrixView<std::int32_t> sums,
                           const KernelOptions& options = {});

  /// The toggles that run() would count, estimated from a part of the vectors, and without sums (Gemm is the
  /// fast way to these). Registers end as after run(). Exact where the tile has too few vectors to sample.
  ToggleEstimate estimate(MatrixView<const std::uint8_t> activations, MatrixView<const std::int8_t> weights,
                          const Sampling& sampling = {}, const ParallelFor& parallel = {});
  void reset();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace neartile::array
