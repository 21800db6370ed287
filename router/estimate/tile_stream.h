#pragma once

#include <cstdint>
#include <vector>

#include "layer_tiles.h"
#include "neartile/array/array_kernel.h"
#include "neartile/workloads/layer_operands.h"

namespace neartile::router {

/// An array that takes its tiles from whole layers.
class TileStream {
 public:
  TileStream(const array::ArrayConfig& array, const pe::PeType& type) : kernel_(array, type) {}

  traces::ToggleCounts run(const array::ConvolutionShape& shape, const workloads::LayerOperands& operands,
                           const LayerTile& tile);

 private:
  array::MatrixView<const std::uint8_t> vectors(const array::ConvolutionShape& shape,
                                                const workloads::LayerOperands& operands,
                                                const LayerTile& tile);

  array::ArrayKernel kernel_;
  std::vector<std::uint8_t> vectors_;
  std::vector<std::int32_t> sums_;
};

}  // namespace neartile::router
