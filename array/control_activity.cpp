#include "neartile/array/control_activity.h"

#include <algorithm>

#include "neartile/array/pe_registers.h"
#include "shape_check.h"
#include "toggle_stream.h"

namespace neartile::array {

ControlActivity::ControlActivity(const ArrayConfig& config, const pe::PeType& type)
    : config_(config),
      sum_bits_(static_cast<unsigned>(type.config.accumulator_bits) -
                low_zero_bits(*type.multiplier.table, type.config.overflow)) {
  config_.pe = type.config;
  reset();
}

void ControlActivity::reset() {
  first_ = true;
  last_ = {};
  enabled_rows_ = 0;
  bank_ = 0;
  tiles_ = vectors_ = elements_ = 0;
  for (auto& weights : weights_) weights.assign(config_.rows * config_.columns, 0);
}

traces::ToggleCounts ControlActivity::place(const TileTiming& timing, MatrixView<const std::int8_t> weights) {
  require_shape(weights.rows <= config_.rows && weights.columns <= config_.columns,
                "control activity: a tile larger than the array");
  const std::uint64_t pes = config_.rows * config_.columns;
  traces::ToggleCounts counts;
  counts.control = valid_toggles(timing) + load_toggles(timing);
  if (config_.pe.weight_registers == 2) {
    bank_ ^= 1u;
    counts.control += 2 * pes;  // select and bank
  }
  const std::uint64_t rows = weights.rows;
  counts.control += (std::max(rows, enabled_rows_) - std::min(rows, enabled_rows_)) * config_.columns;
  enabled_rows_ = rows;
  counts.weight = weight_toggles(weights);
  tiles_ += 1;
  vectors_ += timing.stream_end - timing.stream_start;
  elements_ += (timing.stream_end - timing.stream_start) * rows;
  first_ = false;
  last_ = timing;
  return counts;
}

// Up and down once in each PE, unless the stream goes on where the last one ended.
std::uint64_t ControlActivity::valid_toggles(const TileTiming& timing) const {
  const bool goes_on = !first_ && timing.stream_start == last_.stream_end;
  return goes_on ? 0 : 2 * config_.rows * config_.columns;
}

// Likewise; of two loads without a gap only row 0, which takes part in all their cycles, sees one.
std::uint64_t ControlActivity::load_toggles(const TileTiming& timing) const {
  const bool goes_on = !first_ && timing.load_start == last_.load_start + config_.rows;
  return 2 * (goes_on ? config_.rows - 1 : config_.rows) * config_.columns;
}

// Row r takes over w[R-1], w[R-2], .. w[r]: r + 1 rows see the change from w[r+1] to w[r].
std::uint64_t ControlActivity::weight_toggles(MatrixView<const std::int8_t> weights) {
  const std::size_t rows = config_.rows, columns = config_.columns;
  std::vector<std::uint8_t> loaded(rows * columns, 0);
  for (std::size_t r = 0; r < weights.rows; ++r)
    std::copy_n(weights.row(r), weights.columns, &loaded[r * columns]);
  std::vector<std::uint8_t>& held = weights_[bank_];
  const std::uint8_t* first = &loaded[(rows - 1) * columns];
  std::uint64_t toggles = 0;
  for (std::size_t r = 0; r < rows; ++r) toggles += differing_bits(&held[r * columns], first, columns);
  for (std::size_t r = 0; r + 1 < rows; ++r)
    toggles += (r + 1) * differing_bits(&loaded[(r + 1) * columns], &loaded[r * columns], columns);
  held.swap(loaded);
  return toggles;
}

traces::ClockCounts ControlActivity::flip_flops_of_pe() const {
  const std::uint64_t registers = config_.pe.weight_registers;
  return {8, sum_bits_, 8 * registers, registers == 2 ? 5u : 3u};
}

traces::ClockCounts ControlActivity::clock_edges(std::uint64_t cycles, std::uint64_t stalled) const {
  const std::uint64_t rows = config_.rows, columns = config_.columns, pes = rows * columns;
  const traces::ClockCounts flops = flip_flops_of_pe();
  if (!config_.pe.clock_gating)
    return {flops.activation * pes * cycles, flops.partial_sum * pes * cycles, flops.weight * pes * cycles,
            flops.control * pes * cycles};
  // A load passes R - r times through row r, into one of the weight registers.
  return {flops.activation * elements_ * columns, flops.partial_sum * vectors_ * pes,
          8 * tiles_ * rows * (rows + 1) / 2 * columns, flops.control * pes * (cycles - stalled)};
}

}  // namespace neartile::array
