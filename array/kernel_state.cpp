#include "kernel_state.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace neartile::array {
namespace {

std::uint64_t product_difference(std::int16_t a, std::int16_t b) {
  if (a == b) return 0;
  return static_cast<std::uint64_t>(std::popcount(static_cast<std::uint16_t>(a ^ b)));
}

NetToggles operator+(const NetToggles& a, const NetToggles& b) {
  return {a.product + b.product, a.partial_sum + b.partial_sum};
}

}  // namespace

ArrayKernel::State::State(const ArrayConfig& config, pe::PeType type)
    : config_(config), type_(std::move(type)), rows_(config.rows), columns_(config.columns) {
  config_.pe = type_.config;
  const std::uint64_t bits = type_.config.accumulator_bits;
  mask_ = static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
  const std::int64_t limit = std::int64_t{1} << (bits - 1);
  bounds_ = {type_.config.overflow == pe::Overflow::saturate, static_cast<std::int32_t>(-limit),
             static_cast<std::int32_t>(limit - 1)};
  product_rows_.resize(stream_block * 256 * group_columns);
  reset();
}

void ArrayKernel::State::reset() {
  activations_.assign(rows_, 0);
  weights_.assign(rows_ * columns_, 0);
  partial_sums_.assign(rows_ * columns_, 0);
}

traces::ToggleCounts ArrayKernel::State::run(const KernelTile& tile, MatrixView<std::int32_t> sums) {
  traces::ToggleCounts counts;
  counts.activation = activation_toggles(tile);
  counts.product = load_toggles(tile) + weights_below(tile);
  NetToggles nets;
  for (std::size_t first = 0; first < tile.columns; first += group_columns) {
    const std::size_t columns = std::min(group_columns, tile.columns - first);
    nets = nets + stream_columns(tile, first, columns);
    for (std::size_t t = 0; t < tile.vectors; ++t)
      for (std::size_t j = 0; j < columns; ++j)
        sums(t, first + j) =
            pe::accumulate(sums_[t * group_columns + j], config_.pe.accumulator_bits, pe::Overflow::wrap);
  }
  if (tile.columns < columns_) nets = nets + unused_columns(tile);
  keep(tile);
  counts.product += nets.product;
  counts.partial_sum = nets.partial_sum;
  return counts;
}

// Every column's registers of a row see the row's stream.
std::uint64_t ArrayKernel::State::activation_toggles(const KernelTile& tile) const {
  std::uint64_t bits = 0;
  for (std::size_t r = 0; r < tile.rows; ++r) {
    const std::uint8_t first = tile.first(r);
    bits += differing_bits(&activations_[r], &first, 1);
    bits += differing_bits(tile.stream(r), tile.stream(r) + 1, tile.vectors - 1);
  }
  return bits * columns_;
}

// With one weight register, product nets see the weights that pass during the load.
std::uint64_t ArrayKernel::State::load_toggles(const KernelTile& tile) {
  if (config_.pe.weight_registers > 1) return 0;
  std::uint64_t toggles = 0;
  for (std::size_t r = 0; r < rows_; ++r) toggles += load_row(tile, r);
  return toggles;
}

// Weights, .. r pass PE row r; the last one to reach row 0 arrives with the first activation
// and is left to it. The weights from the tile's end on are zeros, so that one of them speaks for all.
std::uint64_t ArrayKernel::State::load_row(const KernelTile& tile, std::size_t row) {
  const std::size_t last = std::max<std::size_t>(row, 1);
  if (last >= rows_) return 0;
  const std::int16_t* products = type_.multiplier.table->row(activations_[row]);
  std::uint64_t toggles = 0;
  for (std::size_t c = tile.columns; c < columns_; ++c)
    toggles += product_difference(products[weight(row, c)], products[0]);
  std::vector<std::int16_t> before(tile.columns), after(tile.columns);
  for (std::size_t c = 0; c < tile.columns; ++c) before[c] = products[weight(row, c)];
  for (std::size_t i = std::max(std::min(rows_ - 1, tile.rows), last) + 1; i-- > last;) {
    for (std::size_t c = 0; c < tile.columns; ++c) after[c] = products[tile.weight(i, c)];
    toggles += differing_bits(reinterpret_cast<const std::uint8_t*>(before.data()),
                              reinterpret_cast<const std::uint8_t*>(after.data()),
                              tile.columns * sizeof(std::int16_t));
    before.swap(after);
  }
  for (std::size_t c = 0; c < columns_; ++c) weight(row, c) = tile.weight(last, c);
  return toggles;
}

// In rows below the tile the first vector brings the select bit only: the weight becomes 0.
std::uint64_t ArrayKernel::State::weights_below(const KernelTile& tile) const {
  std::uint64_t toggles = 0;
  for (std::size_t r = tile.rows; r < rows_; ++r) {
    const std::int16_t* products = type_.multiplier.table->row(activations_[r]);
    for (std::size_t c = 0; c < columns_; ++c)
      if (weight(r, c) != 0) toggles += product_difference(products[weight(r, c)], products[0]);
  }
  return toggles;
}

// Leaves the sums of the columns in sums_.
NetToggles ArrayKernel::State::stream_columns(const KernelTile& tile, std::size_t first,
                                              std::size_t columns) {
  sums_.assign(tile.vectors * group_columns, 0);
  NetToggles toggles;
  for (std::size_t row = 0; row < tile.rows; row += stream_block)
    toggles = toggles + stream_block_of(tile, row, first, columns);
  toggles.partial_sum += pass_below(tile, first, columns);
  return toggles;
}

NetToggles ArrayKernel::State::stream_block_of(const KernelTile& tile, std::size_t row, std::size_t first,
                                               std::size_t columns) {
  RowBlock block;
  block.rows = std::min(stream_block, tile.rows - row);
  block.product_rows = product_rows_.data();
  for (std::size_t i = 0; i < block.rows; ++i) {
    const std::size_t r = row + i;
    build_product_rows(*type_.multiplier.table, tile.patterns[r], tile.weights.row(r) + first, columns,
                       &product_rows_[i * 256 * group_columns]);
    block.activations[i] = tile.stream(r);
    for (std::size_t j = 0; j < columns; ++j) block.products[i][j] = held_product(r, first + j);
    std::copy_n(&partial_sum(r, first), columns, block.partial_sums[i]);
  }
  const NetToggles toggles = stream_rows(block, tile.vectors, bounds_, mask_, sums_.data());
  for (std::size_t i = 0; i < block.rows; ++i)
    std::copy_n(block.partial_sums[i], columns, &partial_sum(row + i, first));
  return toggles;
}

// The sums of the tile's last row go down through the rows below it.
std::uint64_t ArrayKernel::State::pass_below(const KernelTile& tile, std::size_t first, std::size_t columns) {
  if (tile.rows == rows_) return 0;
  std::uint64_t toggles = sum_toggles(sums_.data(), tile.vectors, mask_) * (rows_ - tile.rows);
  for (std::size_t r = tile.rows; r < rows_; ++r)
    for (std::size_t j = 0; j < columns; ++j) {
      toggles += first_sum_toggles(r, first + j, sums_[j]);
      partial_sum(r, first + j) = sums_[(tile.vectors - 1) * group_columns + j];
    }
  return toggles;
}

std::uint64_t ArrayKernel::State::first_sum_toggles(std::size_t row, std::size_t column, std::int32_t sum) {
  const std::uint32_t difference = static_cast<std::uint32_t>(partial_sum(row, column) ^ sum) & mask_;
  return difference == 0 ? 0 : static_cast<std::uint64_t>(std::popcount(difference));
}

// Columns beside the tile hold weights 0. One column of zeros, on an array of its own, shows what all of
// them do after the first vector; the first vector meets what each of them held.
NetToggles ArrayKernel::State::unused_columns(const KernelTile& tile) {
  const pe::TruthTable& table = *type_.multiplier.table;
  const bool silent = table.zero_at_zero_weight();
  std::vector<std::int32_t> first_sums(rows_, 0), last_sums(rows_, 0);
  NetToggles toggles;
  if (!silent) {
    const std::vector<std::int8_t> zeros(tile.rows, 0);
    KernelTile beside = tile;
    beside.columns = 1;
    beside.weights = {zeros.data(), tile.rows, 1};
    ArrayConfig one_column = config_;
    one_column.columns = 1;
    State column(one_column, type_);
    std::int32_t sum = 0;
    for (std::size_t r = 0; r < tile.rows; ++r) {
      sum = pe::accumulate(std::int64_t{sum} + table.product(tile.first(r), 0), config_.pe.accumulator_bits,
                           config_.pe.overflow);
      column.activations_[r] = tile.first(r);
      std::fill(first_sums.begin() + static_cast<std::ptrdiff_t>(r), first_sums.end(), sum);
    }
    column.partial_sums_ = first_sums;
    toggles = column.stream_columns(beside, 0, 1);
    toggles.product *= columns_ - tile.columns;
    toggles.partial_sum *= columns_ - tile.columns;
    last_sums = column.partial_sums_;
  }
  for (std::size_t r = 0; r < rows_; ++r) {
    const std::int16_t first_product = r < tile.rows ? table.product(tile.first(r), 0) : std::int16_t{0};
    for (std::size_t c = tile.columns; c < columns_; ++c) {
      if (r < tile.rows && !(silent && weight(r, c) == 0))
        toggles.product += product_difference(held_product(r, c), first_product);
      toggles.partial_sum += first_sum_toggles(r, c, first_sums[r]);
      partial_sum(r, c) = last_sums[r];
    }
  }
  return toggles;
}

void ArrayKernel::State::keep(const KernelTile& tile) {
  for (std::size_t r = 0; r < tile.rows; ++r) activations_[r] = tile.last(r);
  std::fill(weights_.begin(), weights_.end(), std::uint8_t{0});
  for (std::size_t r = 0; r < tile.rows; ++r)
    for (std::size_t c = 0; c < tile.columns; ++c) weight(r, c) = tile.weight(r, c);
}

}  // namespace neartile::array
