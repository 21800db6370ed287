#include "kernel_state.h"

#include <algorithm>
#include <bit>

#include "settle.h"

namespace neartile::array {
namespace {

SumFormat format_of(const pe::PeConfig& pe) {
  SumFormat format;
  format.mask = static_cast<std::uint32_t>((std::uint64_t{1} << pe.accumulator_bits) - 1);
  const std::int64_t limit = std::int64_t{1} << (pe.accumulator_bits - 1);
  format.bounds = {pe.overflow == pe::Overflow::saturate, static_cast<std::int32_t>(-limit),
                   static_cast<std::int32_t>(limit - 1)};
  return format;
}

ArrayConfig with_pe(ArrayConfig config, const pe::PeConfig& pe) {
  config.pe = pe;
  return config;
}

// Rows of weight patterns in lane order, 0 outside the tile.
AlignedVector<std::uint8_t> in_lane_order(MatrixView<const std::int8_t> weights, std::size_t rows,
                                          std::size_t lanes) {
  AlignedVector<std::uint8_t> patterns(rows * lanes);
  for (std::size_t r = 0; r < weights.rows; ++r)
    for (std::size_t c = 0; c < weights.columns; ++c)
      patterns[r * lanes + c / group_columns * group_columns + lane_of(c % group_columns)] =
          static_cast<std::uint8_t>(weights(r, c));
  return patterns;
}

}  // namespace

ArrayKernel::State::State(const ArrayConfig& config, const pe::PeType& type)
    : config_(with_pe(config, type.config)),
      table_(type.multiplier.table),
      format_(format_of(type.config)),
      nets_(config.rows, config.columns),
      toggles_(config.rows, nets_.lanes),
      activation_toggles_(config.rows),
      panels_(nets_.lanes / panel_columns) {
  reset();
}

void ArrayKernel::State::reset() {
  std::fill(nets_.activations.begin(), nets_.activations.end(), std::uint8_t{0});
  std::fill(nets_.products.begin(), nets_.products.end(), table_.row(0)[0]);
  std::fill(nets_.partial_sums.begin(), nets_.partial_sums.end(), 0);
  samples_ = 0;
}

traces::ToggleCounts ArrayKernel::State::run(MatrixView<const std::uint8_t> activations,
                                             MatrixView<const std::int8_t> weights,
                                             MatrixView<std::int32_t> sums, const KernelOptions& options) {
  packed_.pack(activations, config_.rows);
  return run(packed_, 0, weights, sums, options);
}

traces::ToggleCounts ArrayKernel::State::run(const PackedActivations& activations, std::size_t tile_number,
                                             MatrixView<const std::int8_t> weights,
                                             MatrixView<std::int32_t> sums, const KernelOptions& options) {
  traces::ToggleCounts counts;
  std::size_t first = 0;
  for (std::size_t chunk = 0; chunk < activations.chunks().count; ++chunk) {
    const TileStrips strips = activations.chunks().strips[chunk].tile(tile_number);
    toggles_.clear();
    if (chunk == 0) load(weights);
    stream_activations(strips);
    const TileStream tile{table_, format_, config_.rows, config_.columns, strips, weights};
    const auto out = sums.block(first, 0, strips.vectors, sums.columns);
    for_each_panel(options.parallel, [&](PanelStream& panel, std::size_t column) {
      panel.run(tile, column, nets_, toggles_, out);
    });
    add_toggles(counts, options.pe_toggles);
    first += strips.vectors;
  }
  if (config_.pe.accumulator_bits < 32)
    for (std::size_t m = 0; m < sums.rows; ++m)
      for (std::size_t n = 0; n < sums.columns; ++n)
        sums(m, n) = pe::accumulate(sums(m, n), config_.pe.accumulator_bits, pe::Overflow::wrap);
  return counts;
}

// Rows below the tile get weight 0 and keep their activations; in the others the product nets change with
// the first vector.
void ArrayKernel::State::load(MatrixView<const std::int8_t> weights) {
  if (config_.pe.weight_registers == 1) show_passing_weights(weights);
  for (std::size_t row = weights.rows; row < config_.rows; ++row)
    settle_products(nets_.lanes, table_.row(nets_.activations[row])[0], &nets_.products[row * nets_.lanes],
                    &toggles_.product[row * nets_.lanes]);
}

// With one weight register, product nets see weights, .. r pass PE row r; the last one to reach row
// 0 arrives with the first activation and is left to it. The weights from the tile's end on are zeros, so
// that one of them speaks for all.
void ArrayKernel::State::show_passing_weights(MatrixView<const std::int8_t> weights) {
  const std::size_t lanes = nets_.lanes, first = std::min(config_.rows - 1, weights.rows);
  const auto patterns = in_lane_order(weights, config_.rows, lanes);
  AlignedVector<std::int16_t> passing(config_.rows * lanes);
  for (std::size_t row = 0; row < config_.rows; ++row) {
    const std::size_t last = std::max<std::size_t>(row, 1);
    if (last >= config_.rows) continue;
    const std::size_t count = std::max(first, last) - last + 1;
    look_up_products(table_, nets_.activations[row], &patterns[last * lanes], count * lanes, passing.data());
    std::int16_t* net = &nets_.products[row * lanes];
    const std::int16_t* before = net;
    for (std::size_t i = count; i-- > 0; before = &passing[i * lanes])
      count_product_changes(lanes, before, &passing[i * lanes], &toggles_.product[row * lanes]);
    std::copy_n(passing.data(), lanes, net);
  }
}

// Every column's registers of a row see the row's stream.
void ArrayKernel::State::stream_activations(const TileStrips& strips) {
  std::fill(activation_toggles_.begin(), activation_toggles_.end(), 0);
  const std::size_t last = (strips.vectors - 1) * strip_rows;
  for (std::size_t number = 0; number < strips.count(); ++number) {
    const std::uint8_t* strip = strips.strip(number);
    std::uint64_t toggles[strip_rows] = {};
    count_activation_changes(strip, strips.vectors, toggles);
    for (std::size_t i = 0; i < strips.rows_of(number); ++i) {
      const std::size_t row = number * strip_rows + i;
      std::uint8_t& held = nets_.activations[row];
      const auto first = static_cast<unsigned>(std::popcount(static_cast<std::uint8_t>(held ^ strip[i])));
      activation_toggles_[row] = toggles[i] + first;
      held = strip[last + i];
    }
  }
}

void ArrayKernel::State::for_each_panel(
    const ParallelFor& parallel, const std::function<void(PanelStream& panel, std::size_t column)>& body) {
  const auto one = [&](std::size_t worker, std::size_t i) { body(panels_[worker], i * panel_columns); };
  if (parallel && panels_.size() > 1) return parallel(panels_.size(), one);
  for (std::size_t i = 0; i < panels_.size(); ++i) one(0, i);
}

void ArrayKernel::State::add_toggles(traces::ToggleCounts& counts, PeToggles* pe_toggles) {
  const std::size_t columns = config_.columns;
  for (std::size_t row = 0; row < config_.rows; ++row) {
    const auto place = [&](std::vector<std::uint64_t>& totals) { return &totals[row * columns]; };
    counts.activation += activation_toggles_[row] * columns;
    counts.product += sum_of_toggles(&toggles_.product[row * nets_.lanes], columns,
                                     pe_toggles ? place(pe_toggles->product) : nullptr);
    counts.partial_sum += sum_of_toggles(&toggles_.partial_sum[row * nets_.lanes], columns,
                                         pe_toggles ? place(pe_toggles->partial_sum) : nullptr);
    if (pe_toggles) pe_toggles->activation[row] += activation_toggles_[row];
  }
}

}  // namespace neartile::array
