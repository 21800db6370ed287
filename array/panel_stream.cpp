#include "panel_stream.h"

#include <algorithm>

#include "settle.h"

namespace neartile::array {
namespace {

constexpr std::int32_t no_sums[group_columns] = {};
constexpr std::uint32_t no_toggles[group_columns] = {};

// Columns beside the tile hold weights 0: where products are then 0, nothing streams there.
bool is_active(const TileStream& tile, std::size_t column) {
  return column < tile.weights.columns ||
         (column < tile.columns && !tile.table.truth_table().zero_at_zero_weight());
}

void fall_silent(const TileStream& tile, std::size_t column, ArrayNets& nets, NetToggles& toggles) {
  for (std::size_t place = column; place < tile.rows * nets.lanes; place += nets.lanes) {
    settle_products(group_columns, 0, &nets.products[place], &toggles.product[place]);
    settle_sums(group_columns, no_sums, no_sums, no_toggles, tile.format.mask, &nets.partial_sums[place],
                &toggles.partial_sum[place]);
  }
}

// Registers and toggles of the tile's last row before its stream. Rows below repeat what it does between
// the first vector and the last.
class LastRow {
 public:
  LastRow(const TileStream& tile, std::size_t column, const ArrayNets& nets, const NetToggles& toggles)
      : tile_(tile), column_(column), place_((tile.weights.rows - 1) * nets.lanes + column) {
    std::copy_n(&nets.partial_sums[place_], group_columns, partial_sums_);
    std::copy_n(&toggles.partial_sum[place_], group_columns, toggles_);
  }
  // `sums` are those that left the last row.
  void repeat_below(const std::int32_t* sums, std::size_t vectors, ArrayNets& nets, NetToggles& toggles) {
    const std::int32_t* last = sums + (vectors - 1) * group_columns;
    // toggles_ becomes what the last row had after its first vector.
    settle_sums(group_columns, sums, last, no_toggles, tile_.format.mask, partial_sums_, toggles_);
    std::uint32_t between[group_columns];
    for (std::size_t j = 0; j < group_columns; ++j)
      between[j] = toggles.partial_sum[place_ + j] - toggles_[j];
    for (std::size_t row = tile_.weights.rows; row < tile_.rows; ++row) {
      const std::size_t place = row * nets.lanes + column_;
      settle_sums(group_columns, sums, last, between, tile_.format.mask, &nets.partial_sums[place],
                  &toggles.partial_sum[place]);
    }
  }

 private:
  const TileStream& tile_;
  std::size_t column_, place_;
  std::int32_t partial_sums_[group_columns];
  std::uint32_t toggles_[group_columns];
};

}  // namespace

ArrayNets::ArrayNets(std::size_t rows, std::size_t columns)
    : lanes((columns + panel_columns - 1) / panel_columns * panel_columns),
      activations(rows),
      products(rows * lanes),
      partial_sums(rows * lanes) {}

void NetToggles::clear() {
  std::fill(product.begin(), product.end(), 0u);
  std::fill(partial_sum.begin(), partial_sum.end(), 0u);
}

RowGroup PanelStream::row_group(const TileStream& tile, std::size_t strip, std::size_t column,
                                ArrayNets& nets, NetToggles& toggles) const {
  const std::size_t place = strip * strip_rows * nets.lanes + column;
  RowGroup group;
  group.rows = tile.activations.rows_of(strip);
  group.stride = nets.lanes;
  group.strip = tile.activations.strip(strip);
  const std::int16_t* made = &product_rows_[column % panel_columns];
  if (factored_) {
    group.activation_factors = tile.table.factors()->activation.data();
    group.weight_factors = made;
  } else {
    group.product_rows = made;
  }
  group.products = &nets.products[place];
  group.partial_sums = &nets.partial_sums[place];
  group.product_toggles = &toggles.product[place];
  group.partial_sum_toggles = &toggles.partial_sum[place];
  return group;
}

// Calls stream(strip, column, sums) for each active group of the panel, when the strip's product rows are
// made.
template <class Stream>
void PanelStream::for_each_strip(const TileStream& tile, std::size_t first_column, Stream&& stream) {
  if (!is_active(tile, first_column)) return;
  const std::size_t group_sums = tile.activations.vectors * group_columns;
  factored_ = tile.table.factors() != nullptr && tile.table.factors()->hold_for(tile.weights);
  product_rows_.resize(product_rows_size);
  sums_.assign(2 * group_sums, 0);
  const std::size_t first = std::min(first_column, tile.weights.columns);
  const std::size_t columns = std::min(panel_columns, tile.weights.columns - first);
  for (std::size_t strip = 0; strip < tile.activations.count(); ++strip) {
    const auto block =
        tile.weights.block(strip * strip_rows, first, tile.activations.rows_of(strip), columns);
    const PanelWeights weights = pack_weights(block);
    if (factored_)
      build_weight_factors(*tile.table.factors(), weights, product_rows_.data());
    else
      build_product_rows(tile.table, tile.activations.patterns(strip), weights, product_rows_.data());
    for (std::size_t group = 0; group < 2; ++group) {
      const std::size_t column = first_column + group * group_columns;
      if (is_active(tile, column)) stream(strip, column, &sums_[group * group_sums]);
    }
  }
}

void PanelStream::run(const TileStream& tile, std::size_t first_column, ArrayNets& nets, NetToggles& toggles,
                      MatrixView<std::int32_t> sums) {
  const std::size_t vectors = tile.activations.vectors;
  const auto stream = [&](std::size_t strip, std::size_t column, std::int32_t* group_sums) {
    const RowGroup group = row_group(tile, strip, column, nets, toggles);
    if (strip + 1 < tile.activations.count()) return stream_rows(group, vectors, tile.format, group_sums);
    LastRow last_row(tile, column, nets, toggles);
    stream_rows(group, vectors, tile.format, group_sums);
    last_row.repeat_below(group_sums, vectors, nets, toggles);
    for (std::size_t t = 0; t < vectors; ++t)
      for (std::size_t j = column; j < std::min(column + group_columns, sums.columns); ++j)
        sums(t, j) = group_sums[t * group_columns + j - column];
  };
  for_each_strip(tile, first_column, stream);
  for (std::size_t column = first_column; column < first_column + panel_columns; column += group_columns)
    if (!is_active(tile, column)) fall_silent(tile, column, nets, toggles);
}

void PanelStream::run_sample(const TileStream& tile, std::size_t first_column, ArrayNets& nets,
                             NetToggles& toggles, const PairToggles& pair_toggles) {
  const std::size_t last = tile.activations.vectors - 1, pairs = (last - 1) / 2;
  NetToggles ignored(strip_rows, nets.lanes);
  const auto stream = [&](std::size_t strip, std::size_t column, std::int32_t* sums) {
    RowGroup group = row_group(tile, strip, column, nets, toggles);
    const bool is_last = strip + 1 == tile.activations.count();
    LastRow last_row(tile, column, nets, toggles);
    stream_rows(group, 1, tile.format, sums);
    if (is_last) last_row.repeat_below(sums, 1, nets, toggles);
    group.strip += strip_rows;
    stream_pairs(group, pairs, tile.format, sums + group_columns, pair_toggles);
    if (is_last)
      count_pair_changes(pairs, tile.format, sums + group_columns,
                         static_cast<std::uint32_t>(tile.rows - tile.weights.rows), pair_toggles.partial_sum);
    group.strip = tile.activations.strip(strip) + last * strip_rows;
    group.product_toggles = &ignored.product[column];
    group.partial_sum_toggles = &ignored.partial_sum[column];
    stream_rows(group, 1, tile.format, sums + last * group_columns);
    if (!is_last) return;
    for (std::size_t row = tile.weights.rows; row < tile.rows; ++row)
      std::copy_n(sums + last * group_columns, group_columns, &nets.partial_sums[row * nets.lanes + column]);
  };
  for_each_strip(tile, first_column, stream);
  for (std::size_t column = first_column; column < first_column + panel_columns; column += group_columns)
    if (!is_active(tile, column)) fall_silent(tile, column, nets, toggles);
}

}  // namespace neartile::array
