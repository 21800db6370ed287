#pragma once

#include <vector>

#include "kernel_tile.h"
#include "neartile/array/array_kernel.h"
#include "neartile/pe/pe_type.h"
#include "toggle_stream.h"

namespace neartile::array {

/// What the registers of the array hold, and what a tile does to them. The tile's rows and columns
/// stream vector by vector; rows below it repeat its last row, and the columns beside it are alike but
/// for what they held before.
class ArrayKernel::State {
 public:
  State(const ArrayConfig& config, pe::PeType type);
  traces::ToggleCounts run(const KernelTile& tile, MatrixView<std::int32_t> sums);
  void reset();

  const ArrayConfig& config() const { return config_; }

 private:
  std::uint64_t activation_toggles(const KernelTile& tile) const;
  std::uint64_t load_toggles(const KernelTile& tile);
  std::uint64_t load_row(const KernelTile& tile, std::size_t row);
  std::uint64_t weights_below(const KernelTile& tile) const;
  NetToggles stream_columns(const KernelTile& tile, std::size_t first, std::size_t columns);
  NetToggles stream_block_of(const KernelTile& tile, std::size_t row, std::size_t first, std::size_t columns);
  std::uint64_t pass_below(const KernelTile& tile, std::size_t first, std::size_t columns);
  NetToggles unused_columns(const KernelTile& tile);
  void keep(const KernelTile& tile);

  std::uint8_t& weight(std::size_t row, std::size_t column) { return weights_[row * columns_ + column]; }
  std::uint8_t weight(std::size_t row, std::size_t column) const { return weights_[row * columns_ + column]; }
  std::int32_t& partial_sum(std::size_t row, std::size_t column) {
    return partial_sums_[row * columns_ + column];
  }
  /// The product net of a PE before the tile's first vector.
  std::int16_t held_product(std::size_t row, std::size_t column) const {
    return type_.multiplier.table->product(activations_[row], weight(row, column));
  }
  std::uint64_t first_sum_toggles(std::size_t row, std::size_t column, std::int32_t sum);

  ArrayConfig config_;
  pe::PeType type_;
  Bounds bounds_;
  std::uint32_t mask_;  ///< the accumulator's bits
  std::size_t rows_, columns_;
  std::vector<std::uint8_t> activations_;   ///< what a row's activation registers hold
  std::vector<std::uint8_t> weights_;       ///< each PE's weight in use
  std::vector<std::int32_t> partial_sums_;  ///< each PE's; bits beyond the accumulator's mean nothing
  std::vector<std::int16_t> product_rows_;
  std::vector<std::int32_t> sums_;  ///< of 16 columns, on their way down
};

}  // namespace neartile::array
