#include <cassert>
#include <stdexcept>

#include "neartile/array/vector_unit.h"
#include "vector_unit/operations.h"

namespace neartile::array {
namespace {

TensorShape windowed(const VectorOp& op, const TensorShape& input) {
  return {input.channels, op.window.out_height(input.height), op.window.out_width(input.width)};
}

/// True where index start + (size - 1) x step exists in `available`; written so as not to overflow.
bool slice_fits(std::size_t start, std::size_t step, std::size_t size, std::size_t available) {
  if (size == 0) return true;
  return step > 0 && start < available && (size - 1) <= (available - 1 - start) / step;
}

bool pad_fits(std::size_t before, std::size_t input, std::size_t output) {
  return input <= output && before <= output - input;
}

bool slice_fits(const VectorOp& op, const TensorShape& in, const TensorShape& out) {
  return slice_fits(op.start[0], op.step[0], out.channels, in.channels) &&
         slice_fits(op.start[1], op.step[1], out.height, in.height) &&
         slice_fits(op.start[2], op.step[2], out.width, in.width);
}

bool pad_fits(const VectorOp& op, const TensorShape& in, const TensorShape& out) {
  return pad_fits(op.pad_before[0], in.channels, out.channels) &&
         pad_fits(op.pad_before[1], in.height, out.height) && pad_fits(op.pad_before[2], in.width, out.width);
}

bool concat_fits(std::span<const ConstTensorView> inputs, const TensorShape& out) {
  std::size_t channels = 0;
  for (const ConstTensorView& input : inputs) {
    if (input.shape.height != out.height || input.shape.width != out.width) return false;
    channels += input.shape.channels;
  }
  return channels == out.channels;
}

/// The fused activation of an operation that moves patterns.
void clamp_patterns(const Clamp& clamp, const TensorView& output) {
  if (clamp == Clamp{}) return;
  const auto clamped = recoding(output.encoding, output.encoding, clamp);
  for (std::size_t i = 0; i < output.shape.elements(); ++i) output.data[i] = clamped[output.data[i]];
}

}  // namespace

bool keeps_encoding(VectorKind kind) {
  return kind == VectorKind::max_pool || kind == VectorKind::slice || kind == VectorKind::pad ||
         kind == VectorKind::flatten;
}

bool makes(const VectorOp& op, std::span<const ConstTensorView> inputs, const TensorShape& out) {
  if (op.kind == VectorKind::concat) return concat_fits(inputs, out);
  if (inputs.size() != (op.kind == VectorKind::add ? 2U : 1U)) return false;
  const TensorShape& in = inputs[0].shape;
  switch (op.kind) {
    case VectorKind::add:
      return in == out && inputs[1].shape == out;
    case VectorKind::max_pool:
    case VectorKind::average_pool:
      return windowed(op, in) == out;
    case VectorKind::global_average_pool:
      return out == TensorShape{in.channels, 1, 1};
    case VectorKind::slice:
      return slice_fits(op, in, out);
    case VectorKind::pad:
      return pad_fits(op, in, out);
    case VectorKind::flatten:
      return out == TensorShape{in.elements(), 1, 1};
    case VectorKind::clip:
    case VectorKind::softmax:
      return in == out;
    case VectorKind::concat:
      break;
  }
  return false;
}

void apply(const VectorOp& op, std::span<const ConstTensorView> inputs, const TensorView& output) {
  if (!makes(op, inputs, output.shape)) {
    throw std::invalid_argument("vector operation: inputs do not make the output's shape");
  }
  assert(!keeps_encoding(op.kind) || inputs[0].encoding == output.encoding);
  switch (op.kind) {
    case VectorKind::add:
      return add(op, inputs[0], inputs[1], output);
    case VectorKind::max_pool:
      max_pool(op, inputs[0], output);
      break;
    case VectorKind::average_pool:
      return average_pool(op, inputs[0], output);
    case VectorKind::global_average_pool:
      return global_average_pool(op, inputs[0], output);
    case VectorKind::concat:
      return concat(op, inputs, output);
    case VectorKind::slice:
      slice(op, inputs[0], output);
      break;
    case VectorKind::pad:
      pad(op, inputs[0], output);
      break;
    case VectorKind::clip:
      return clip(op, inputs[0], output);
    case VectorKind::flatten:
      flatten(inputs[0], output);
      break;
    case VectorKind::softmax:
      return softmax(op, inputs[0], output);
  }
  clamp_patterns(op.clamp, output);
}

}  // namespace neartile::array
