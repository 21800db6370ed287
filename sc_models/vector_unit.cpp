#include "vector_unit.h"

#include <algorithm>

#include "buffer_stream.h"
#include "neartile/array/vector_unit.h"
#include "on_chip_bus.h"
#include "transactions.h"

namespace neartile::sc_models {

using sc_core::sc_time;

VectorUnit::VectorUnit(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& config)
    : Unit(name, clock), config_(config) {}

// One command after the other; a command takes the time of the results that it makes.
Unit::Execution VectorUnit::execute(const WorkOrder& order, std::uint64_t start) {
  const auto& work = order.command->work;
  if (const auto* piece = std::get_if<router::Requantise>(&work)) {
    pace_ = {start, config_.vector_unit.cycles(piece->m * piece->n).count, 0};
    requantise(order, *piece);
    return busy_until(end_of_pace());
  }
  if (const auto* rows = std::get_if<router::Depthwise>(&work)) {
    const array::ConvolutionShape& shape = order.layer().shape;
    const std::uint64_t elements = rows->rows * shape.output().width * shape.out_channels;
    pace_ = {start, config_.vector_unit.depthwise_cycles(elements, shape.k()).count, 0};
    depthwise(order.layer(), *rows);
    return busy_until(end_of_pace());
  }
  const auto* tensors = std::get_if<router::VectorCompute>(&work);
  expect(tensors != nullptr);
  // A pooling window or a sum reads each input element once: the larger side sets the pace.
  std::uint64_t elements = tensors->output.shape.elements();
  for (const auto& input : tensors->inputs)
    elements = std::max<std::uint64_t>(elements, input.shape.elements());
  pace_ = {start, config_.vector_unit.cycles(elements).count, 0};
  compute(*tensors);
  return busy_until(end_of_pace());
}

// Words that are late by less than the pipeline is long find their place in it.
std::uint64_t VectorUnit::end_of_pace() const {
  return pace_.start + pace_.cycles + pace_.late - std::min(pace_.late, config_.vector_unit.latency_cycles);
}

memory::SramStream VectorUnit::words(std::uint64_t run_bytes, std::uint64_t runs,
                                     std::uint64_t stride_bytes) const {
  memory::SramStream words = in_one_run(run_bytes, pace_.start, pace_.cycles);
  words.runs = runs;
  words.stride_bytes = stride_bytes;
  return words;
}

void VectorUnit::requantise(const WorkOrder& order, const router::Requantise& work) {
  const router::ProgramLayer& layer = order.layer();
  const std::uint64_t channels = layer.shape.out_channels;
  sums_.resize(work.m * work.n);
  output_.resize(work.m * work.n);
  sc_time port_time;
  expect(stream(on_chip, tlm::TLM_READ_COMMAND,
                on_chip::accumulators(order.array) + work.half * accumulator_half_bytes(config_, order.array),
                sums_.data(), sums_.size() * 4, words(sums_.size() * 4), pace_.late));
  read_constants(work.constants_address, channels, work.first_channel, work.n);
  array::requantise(array::MatrixView<const std::int32_t>(sums_.data(), work.m, work.n), corrections_,
                    multipliers_, layer.output, layer.clamp,
                    array::MatrixView<std::uint8_t>(output_.data(), work.m, work.n));

  const std::uint64_t first = on_chip::unified_buffer + work.output_address +
                              (work.first_m - work.output_m) * channels + work.first_channel;
  if (work.n == channels) {
    expect(stream(on_chip, tlm::TLM_WRITE_COMMAND, first, output_.data(), output_.size(),
                  words(output_.size()), pace_.late));
    return;
  }
  // The first transaction stands for the words of all.
  expect(stream(on_chip, tlm::TLM_WRITE_COMMAND, first, output_.data(), work.n,
                words(work.n, work.m, channels), pace_.late));
  for (std::uint64_t pixel = 1; pixel < work.m; ++pixel) {
    expect(write(on_chip, first + pixel * channels, output_.data() + pixel * work.n, work.n, port_time));
  }
}

// Constants of channels first .. first + count - 1, of `channels` that lie at `address`.
void VectorUnit::read_constants(std::uint64_t address, std::uint64_t channels, std::uint64_t first,
                                std::uint64_t count) {
  corrections_.resize(count);
  multipliers_.resize(count);
  sc_time port_time;
  const std::uint64_t constants = on_chip::unified_buffer + address;
  expect(read(on_chip, constants + first * 4, corrections_.data(), count * 4, port_time));
  expect(read(on_chip, constants + channels * 4 + first * 8, multipliers_.data(), count * 8, port_time));
}

void VectorUnit::depthwise(const router::ProgramLayer& layer, const router::Depthwise& work) {
  const array::ConvolutionShape& shape = layer.shape;
  const array::TensorShape out = shape.output();
  expect(shape.is_depthwise() && work.rows > 0 && work.first_row + work.rows <= out.height);
  const std::uint64_t channels = shape.out_channels, input_row_bytes = shape.input.width * channels,
                      output_row_bytes = out.width * channels;
  const array::RowRange rows =
      array::input_rows(shape.window, shape.input.height, {work.first_row, work.rows});
  expect(work.input_row <= rows.first || rows.count == 0);
  input_.resize(shape.input.elements());
  weights_.resize(shape.k() * channels);
  sums_.resize(work.rows * out.width * channels);
  output_.resize(sums_.size());
  sc_time port_time;
  // Each input row is read once; rows that several output rows need are kept meanwhile, and the weights.
  const std::uint64_t input_bytes = rows.count * input_row_bytes;
  expect(
      stream(on_chip, tlm::TLM_READ_COMMAND,
             on_chip::unified_buffer + work.input_address + (rows.first - work.input_row) * input_row_bytes,
             input_.data() + rows.first * input_row_bytes, input_bytes, words(input_bytes), pace_.late));
  read_constants(work.constants_address, channels, 0, channels);
  expect(read(on_chip, on_chip::unified_buffer + work.constants_address + channels * 12, weights_.data(),
              weights_.size(), port_time));

  const array::MatrixView<std::int32_t> sums(sums_.data(), work.rows * out.width, channels);
  array::depthwise(shape, input_.data(), layer.zero_point_pattern, layer.input_signed,
                   {work.first_row, work.rows}, weights_, sums);
  array::requantise(sums, corrections_, multipliers_, layer.output, layer.clamp,
                    array::MatrixView<std::uint8_t>(output_.data(), sums.rows, channels));
  expect(stream(
      on_chip, tlm::TLM_WRITE_COMMAND,
      on_chip::unified_buffer + work.output_address + (work.first_row - work.output_row) * output_row_bytes,
      output_.data(), output_.size(), words(output_.size()), pace_.late));
}

void VectorUnit::compute(const router::VectorCompute& work) {
  std::vector<std::vector<std::uint8_t>> operands;
  std::vector<array::ConstTensorView> inputs;
  for (const auto& input : work.inputs) {
    operands.emplace_back(input.shape.elements());
    expect(stream(on_chip, tlm::TLM_READ_COMMAND, on_chip::unified_buffer + input.address,
                  operands.back().data(), operands.back().size(), words(operands.back().size()), pace_.late));
    inputs.push_back({input.shape, input.encoding, operands.back().data()});
  }
  output_.resize(work.output.shape.elements());
  array::apply(work.op, inputs, {work.output.shape, work.output.encoding, output_.data()});
  expect(stream(on_chip, tlm::TLM_WRITE_COMMAND, on_chip::unified_buffer + work.output.address,
                output_.data(), output_.size(), words(output_.size()), pace_.late));
}

}  // namespace neartile::sc_models
