#include "systolic_array.h"

#include <algorithm>

#include "transactions.h"

namespace neartile::sc_models {

using array::MatrixView;

SystolicArray::SystolicArray(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& chip,
                             std::uint64_t number)
    : Unit(name, clock),
      config_(group_of(chip, number).array),
      half_bytes_(accumulator_half_bytes(chip, number)),
      type_(config_.pe),
      kernel_(config_, type_),
      control_(config_, type_),
      schedule_(config_) {}

Unit::Execution SystolicArray::execute(const WorkOrder& order, std::uint64_t start) {
  const auto* work = std::get_if<router::Matmul>(&order.command->work);
  expect(work != nullptr && work->k <= config_.rows && work->n <= config_.columns &&
         work->m * work->n * 4 <= half_bytes_);
  fetch_vectors(order.layer(), *work);
  fetch_weights(*work);
  sums_.resize(work->m * work->n);
  const MatrixView<const std::int8_t> weights(weights_.data(), work->k, work->n);
  // The schedule places the tile behind those before it, so its order may come at once.
  const array::TileTiming timing = schedule_.place(start, work->m);
  traces::ToggleCounts toggles =
      kernel_.run(MatrixView<const std::uint8_t>(vectors_.data(), work->m, work->k), weights,
                  MatrixView<std::int32_t>(sums_.data(), work->m, work->n));
  toggles += control_.place(timing, weights);
  add_to_accumulators(*work);
  if (toggles_.size() <= order.command->layer) toggles_.resize(order.program->layers.size());
  toggles_[order.command->layer] += toggles;
  all_toggles_ += toggles;
  busy_cycles_ += timing.end - std::max(busy_until_, timing.load_start);
  busy_until_ = timing.end;
  return {start, timing.end};
}

void SystolicArray::reset() {
  kernel_.reset();
  control_.reset();
  schedule_.reset();
  busy_until_ = 0;
  clear_counters();
}

void SystolicArray::clear_counters() {
  all_toggles_ = {};
  busy_cycles_ = 0;
}

// Reads the rows of the input that the vectors cover, then lets the data set-up form the vectors.
void SystolicArray::fetch_vectors(const router::ProgramLayer& layer, const router::Matmul& work) {
  const array::ConvolutionShape& shape = layer.shape;
  const std::uint64_t out_width = shape.output().width, first_out = work.first_m / out_width;
  const array::RowRange rows = array::input_rows(
      shape.window, shape.input.height, {first_out, (work.first_m + work.m - 1) / out_width - first_out + 1});
  const std::uint64_t row_bytes = shape.input.width * shape.input.channels;

  tensor_.resize(shape.input.elements());
  sc_core::sc_time port_time;
  expect(work.input_row <= rows.first || rows.count == 0);
  expect(read(unified_buffer, work.input_address + (rows.first - work.input_row) * row_bytes,
              tensor_.data() + rows.first * row_bytes, rows.count * row_bytes, port_time));
  vectors_.resize(work.m * work.k);
  array::im2col(shape, tensor_.data(), work.group, work.first_m, work.first_k, layer.zero_point_pattern,
                MatrixView<std::uint8_t>(vectors_.data(), work.m, work.k));
}

void SystolicArray::fetch_weights(const router::Matmul& work) {
  weights_.resize(work.k * work.n);
  sc_core::sc_time port_time;
  expect(read(weight_buffer, work.slot * config_.rows * config_.columns, weights_.data(), weights_.size(),
              port_time));
}

// Tiles add in K order, in the accumulator's format.
void SystolicArray::add_to_accumulators(const router::Matmul& work) {
  const std::uint64_t address = work.half * half_bytes_;
  sc_core::sc_time port_time;
  if (!work.first_tile) {
    accumulated_.resize(sums_.size());
    expect(read(accumulators, address, accumulated_.data(), accumulated_.size() * 4, port_time));
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      sums_[i] = pe::accumulate(std::int64_t{sums_[i]} + accumulated_[i], config_.pe.accumulator_bits,
                                config_.pe.overflow);
    }
  }
  expect(write(accumulators, address, sums_.data(), sums_.size() * 4, port_time));
}

}  // namespace neartile::sc_models
