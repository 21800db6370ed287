#pragma once

#include <cstdint>
#include <vector>

#include "layer_tiles.h"
#include "neartile/array/array_kernel.h"
#include "neartile/array/control_activity.h"
#include "neartile/workloads/layer_operands.h"

namespace neartile::router {

/// An array that takes its tiles from whole layers.
class TileStream {
 public:
  TileStream(const array::ArrayConfig& array, const pe::PeType& type)
      : kernel_(array, type), control_(array, type) {}

  traces::ToggleCounts run(const array::ConvolutionShape& shape, const workloads::LayerOperands& operands,
                           const LayerTile& tile, const array::TileTiming& timing);

 private:
  array::MatrixView<const std::uint8_t> vectors(const array::ConvolutionShape& shape,
                                                const workloads::LayerOperands& operands,
                                                const LayerTile& tile);

  array::ArrayKernel kernel_;
  array::ControlActivity control_;
  std::vector<std::uint8_t> vectors_;
  std::vector<std::int32_t> sums_;
};

}  // namespace neartile::router
