#include "estimate/tile_stream.h"

#include <stdexcept>

namespace neartile::router {

using array::MatrixView;

traces::ToggleCounts TileStream::run(const array::ConvolutionShape& shape,
                                     const workloads::LayerOperands& operands, const LayerTile& tile,
                                     const array::TileTiming& timing) {
  if (operands.input.size() != shape.input.elements() ||
      operands.weights.size() != shape.groups * shape.k() * shape.n())
    throw std::invalid_argument("estimate: operands are not of the layer's size");
  const MatrixView<const std::int8_t> weights =
      MatrixView<const std::int8_t>(operands.weights.data() + tile.group * shape.k() * shape.n(), shape.k(),
                                    shape.n())
          .block(tile.first_k, tile.first_n, tile.k, tile.n);
  sums_.resize(tile.vectors.count * tile.n);
  traces::ToggleCounts toggles =
      kernel_.run(vectors(shape, operands, tile), weights,
                  MatrixView<std::int32_t>(sums_.data(), tile.vectors.count, tile.n));
  toggles += control_.place(timing, weights);
  return toggles;
}

MatrixView<const std::uint8_t> TileStream::vectors(const array::ConvolutionShape& shape,
                                                   const workloads::LayerOperands& operands,
                                                   const LayerTile& tile) {
  // One pixel a vector: they lie in the input as they are.
  if (shape.window == array::Window{}) {
    const MatrixView<const std::uint8_t> pixels(operands.input.data(), shape.input.pixels(),
                                                shape.input.channels);
    return pixels.block(tile.vectors.first, tile.group * shape.group_channels() + tile.first_k,
                        tile.vectors.count, tile.k);
  }
  vectors_.resize(tile.vectors.count * tile.k);
  const MatrixView<std::uint8_t> view(vectors_.data(), tile.vectors.count, tile.k);
  array::im2col(shape, operands.input.data(), tile.group, tile.vectors.first, tile.first_k,
                operands.zero_point_pattern, view);
  return view;
}

}  // namespace neartile::router
