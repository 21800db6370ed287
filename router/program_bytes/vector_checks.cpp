#include <cmath>
#include <vector>

#include "neartile/array/vector_unit.h"
#include "program_bytes/checks.h"

namespace neartile::router {
namespace {

using Code = ProgramErrorCode;

Code tensor(const BufferTensor& tensor, std::uint64_t buffer_bytes) {
  if (!is_possible(tensor.shape)) return Code::shape;
  if (!is_possible(tensor.encoding)) return Code::encoding;
  return is_inside(tensor.address, tensor.shape.elements(), buffer_bytes) ? Code::none : Code::address;
}

Code tensors(const VectorCompute& work, std::uint64_t buffer_bytes) {
  for (const BufferTensor& input : work.inputs) {
    if (const Code code = tensor(input, buffer_bytes); code != Code::none) return code;
  }
  return tensor(work.output, buffer_bytes);
}

bool is_short(const array::Window& window, const array::TensorShape& output) {
  return output.elements() <= most_window_steps / (window.kernel_height * window.kernel_width);
}

}  // namespace

bool is_possible(const array::TensorShape& shape) {
  if (shape.channels == 0 || shape.height == 0 || shape.width == 0) return false;
  return shape.channels <= most_elements && shape.height <= most_elements / shape.channels &&
         shape.width <= most_elements / (shape.channels * shape.height);
}

bool is_possible(const array::Window& window) {
  return window.kernel_height > 0 && window.kernel_width > 0 && window.stride_height > 0 &&
         window.stride_width > 0 && window.dilation_height > 0 && window.dilation_width > 0;
}

bool is_possible(const array::Encoding& encoding) {
  return std::isfinite(encoding.scale) && encoding.scale > 0 && encoding.zero_point >= encoding.minimum() &&
         encoding.zero_point <= encoding.maximum();
}

bool is_possible(const array::Clamp& clamp) {
  return clamp.minimum <= clamp.maximum;  // so neither is not-a-number
}

Code check_vector(const VectorCompute& work, std::uint64_t buffer_bytes) {
  if (!is_possible(work.op.clamp)) return Code::encoding;
  if (!is_possible(work.op.window)) return Code::shape;
  if (const Code code = tensors(work, buffer_bytes); code != Code::none) return code;
  std::vector<array::ConstTensorView> inputs;
  for (const BufferTensor& input : work.inputs) inputs.push_back({input.shape, input.encoding, nullptr});
  if (!array::makes(work.op, inputs, work.output.shape)) return Code::vector_operation;
  if (array::keeps_encoding(work.op.kind) && inputs[0].encoding != work.output.encoding)
    return Code::vector_operation;
  return is_short(work.op.window, work.output.shape) ? Code::none : Code::shape;
}

}  // namespace neartile::router
