#include "vector_unit.h"

#include <algorithm>

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
    requantise(order, *piece);
    return busy_until(start + config_.vector_unit.cycles(piece->m * piece->n).count);
  }
  const auto* tensors = std::get_if<router::VectorCompute>(&work);
  expect(tensors != nullptr);
  compute(*tensors);
  // A pooling window or a sum reads each input element once: the larger side sets the pace.
  std::uint64_t elements = tensors->output.shape.elements();
  for (const auto& input : tensors->inputs)
    elements = std::max<std::uint64_t>(elements, input.shape.elements());
  return busy_until(start + config_.vector_unit.cycles(elements).count);
}

void VectorUnit::requantise(const WorkOrder& order, const router::Requantise& work) {
  const router::ProgramLayer& layer = order.layer();
  const std::uint64_t channels = layer.shape.out_channels;
  sums_.resize(work.m * work.n);
  corrections_.resize(work.n);
  multipliers_.resize(work.n);
  output_.resize(work.m * work.n);
  sc_time port_time;
  const std::uint64_t constants = on_chip::unified_buffer + work.constants_address;
  expect(read(on_chip,
              on_chip::accumulators(order.array) + work.half * accumulator_half_bytes(config_, order.array),
              sums_.data(), sums_.size() * 4, port_time));
  expect(read(on_chip, constants + work.first_channel * 4, corrections_.data(), work.n * 4, port_time));
  expect(read(on_chip, constants + channels * 4 + work.first_channel * 8, multipliers_.data(), work.n * 8,
              port_time));
  array::requantise(array::MatrixView<const std::int32_t>(sums_.data(), work.m, work.n), corrections_,
                    multipliers_, layer.output, layer.clamp,
                    array::MatrixView<std::uint8_t>(output_.data(), work.m, work.n));

  const std::uint64_t first =
      on_chip::unified_buffer + work.output_address + work.first_m * channels + work.first_channel;
  if (work.n == channels) {
    expect(write(on_chip, first, output_.data(), output_.size(), port_time));
    return;
  }
  for (std::uint64_t pixel = 0; pixel < work.m; ++pixel) {
    expect(write(on_chip, first + pixel * channels, output_.data() + pixel * work.n, work.n, port_time));
  }
}

void VectorUnit::compute(const router::VectorCompute& work) {
  std::vector<std::vector<std::uint8_t>> operands;
  std::vector<array::ConstTensorView> inputs;
  sc_time port_time;
  for (const auto& input : work.inputs) {
    operands.emplace_back(input.shape.elements());
    expect(read(on_chip, on_chip::unified_buffer + input.address, operands.back().data(),
                operands.back().size(), port_time));
    inputs.push_back({input.shape, input.encoding, operands.back().data()});
  }
  output_.resize(work.output.shape.elements());
  array::apply(work.op, inputs, {work.output.shape, work.output.encoding, output_.data()});
  expect(write(on_chip, on_chip::unified_buffer + work.output.address, output_.data(), output_.size(),
               port_time));
}

}  // namespace neartile::sc_models
