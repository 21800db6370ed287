#include "systolic_array.h"

#include <algorithm>

#include "buffer_stream.h"
#include "tile_streams.h"
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
  // The schedule places the tile behind those before it, so its order may come at once.
  array::TileSchedule late_schedule = schedule_;
  array::TileTiming timing = schedule_.place(start, work->m);
  streams_ = {timing, start, config_.rows, 0, 0};
  fetch_vectors(order.layer(), *work);
  fetch_weights(*work);
  sums_.resize(work->m * work->n);
  const MatrixView<const std::int8_t> weights(weights_.data(), work->k, work->n);
  traces::ToggleCounts toggles =
      kernel_.run(MatrixView<const std::uint8_t>(vectors_.data(), work->m, work->k), weights,
                  MatrixView<std::int32_t>(sums_.data(), work->m, work->n));
  add_to_accumulators(*work);
  const std::uint64_t late = streams_.late();
  if (late > 0) {
    timing = late_schedule.place(timing.stream_start + late - (config_.rows - 1), work->m);
    schedule_ = late_schedule;
  }
  toggles += control_.place(timing, weights);
  if (toggles_.size() <= order.command->layer) toggles_.resize(order.program->layers.size());
  toggles_[order.command->layer] += toggles;
  all_toggles_ += toggles;
  busy_cycles_ += timing.end - std::max(busy_until_, timing.load_start);
  busy_until_ = timing.end;
  return {start, timing.end, timing, late};
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
  expect(work.input_row <= rows.first || rows.count == 0);
  expect(stream(unified_buffer, tlm::TLM_READ_COMMAND,
                work.input_address + (rows.first - work.input_row) * row_bytes,
                tensor_.data() + rows.first * row_bytes, rows.count * row_bytes,
                activation_words(shape, work, rows.count, config_, streams_.timing, streams_.ready),
                streams_.late_activations));
  vectors_.resize(work.m * work.k);
  array::im2col(shape, tensor_.data(), work.group, work.first_m, work.first_k, layer.zero_point_pattern,
                MatrixView<std::uint8_t>(vectors_.data(), work.m, work.k));
}

void SystolicArray::fetch_weights(const router::Matmul& work) {
  weights_.resize(work.k * work.n);
  expect(stream(weight_buffer, tlm::TLM_READ_COMMAND, work.slot * config_.rows * config_.columns,
                weights_.data(), weights_.size(), weight_words(work, config_, streams_.timing),
                streams_.late_others));
}

// Activations may be as late as the data set-up is ahead.
std::uint64_t SystolicArray::Streams::late() const {
  const std::uint64_t ahead =
      std::min(rows_ahead, timing.stream_start - std::min(timing.stream_start, ready));
  return std::max(late_activations - std::min(late_activations, ahead), late_others);
}

// Tiles add in K order, in the accumulator's format.
void SystolicArray::add_to_accumulators(const router::Matmul& work) {
  const std::uint64_t address = work.half * half_bytes_;
  const memory::SramStream words = sum_words(work, config_, streams_.timing);
  if (!work.first_tile) {
    accumulated_.resize(sums_.size());
    expect(stream(accumulators, tlm::TLM_READ_COMMAND, address, accumulated_.data(), accumulated_.size() * 4,
                  words, streams_.late_others));
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      sums_[i] = pe::accumulate(std::int64_t{sums_[i]} + accumulated_[i], config_.pe.accumulator_bits,
                                config_.pe.overflow);
    }
  }
  expect(stream(accumulators, tlm::TLM_WRITE_COMMAND, address, sums_.data(), sums_.size() * 4, words,
                streams_.late_others));
}

}  // namespace neartile::sc_models
