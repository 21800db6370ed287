#include "stripes.h"

#include <algorithm>

namespace neartile::router {
namespace {

using array::VectorKind;

StripeAxis axis_of(const workloads::Node& node) {
  if (const auto* op = node.vector()) {
    if (op->kind == VectorKind::flatten || op->kind == VectorKind::global_average_pool)
      return StripeAxis::channels;
  }
  return node.shape.height > 1 ? StripeAxis::rows : StripeAxis::none;
}

Range range_of(const array::RowRange& rows) {
  return {rows.first, rows.count};
}

}  // namespace

LayerStripes::LayerStripes(const workloads::Network& network, std::size_t node)
    : network_(network), node_(network.nodes[node]), axis_(axis_of(node_)) {}

std::uint64_t LayerStripes::extent() const {
  if (axis_ == StripeAxis::channels) return network_.shape_of(node_.inputs[0]).channels;
  return node_.shape.height;
}

// Flattened channels lie one after the other, so their output is a range of elements.
Stripe LayerStripes::stripe(Range output) const {
  Stripe stripe{output, {}};
  for (const workloads::TensorIndex input : node_.inputs)
    stripe.inputs.push_back(input_range(output, network_.shape_of(input)));
  if (node_.vector() && node_.vector()->kind == VectorKind::flatten) {
    const std::uint64_t pixels = network_.shape_of(node_.inputs[0]).pixels();
    stripe.output = {output.first * pixels, output.count * pixels};
  }
  return stripe;
}

Range LayerStripes::input_range(Range output, const array::TensorShape& input) const {
  if (axis_ == StripeAxis::channels) return output;
  if (const auto* matrix = node_.matrix())
    return range_of(input_rows(matrix->shape.window, input.height, {output.first, output.count}));
  const array::VectorOp& op = *node_.vector();
  switch (op.kind) {
    case VectorKind::max_pool:
    case VectorKind::average_pool:
      return range_of(input_rows(op.window, input.height, {output.first, output.count}));
    case VectorKind::slice:
      return {op.start[1] + output.first * op.step[1], (output.count - 1) * op.step[1] + 1};
    case VectorKind::pad: {
      const auto row_of = [&](std::uint64_t row) {
        return std::clamp<std::uint64_t>(row, op.pad_before[1], op.pad_before[1] + input.height) -
               op.pad_before[1];
      };
      const std::uint64_t first = row_of(output.first);
      return {first, row_of(output.first + output.count) - first};
    }
    default:
      return output;
  }
}

array::TensorShape LayerStripes::piece(array::TensorShape shape, Range range) const {
  (axis_ == StripeAxis::channels ? shape.channels : shape.height) = range.count;
  return shape;
}

std::uint64_t LayerStripes::bytes(const array::TensorShape& shape, Range range) const {
  return piece(shape, range).elements();
}

std::uint64_t LayerStripes::offset(const array::TensorShape& shape, Range range) const {
  return range.first * (axis_ == StripeAxis::channels ? 1 : shape.width * shape.channels);
}

array::VectorOp LayerStripes::operation(const Stripe& stripe) const {
  array::VectorOp op = *node_.vector();
  if (axis_ == StripeAxis::channels) return op;
  const Range output = stripe.output;
  if (op.kind == VectorKind::slice) op.start[1] = 0;
  if (op.kind == VectorKind::pad)
    op.pad_before[1] = std::min(op.pad_before[1] - std::min(op.pad_before[1], output.first), output.count);
  if (op.kind == VectorKind::max_pool || op.kind == VectorKind::average_pool) {
    array::Window& window = op.window;
    const std::uint64_t top = output.first * window.stride_height;
    const std::uint64_t needed =
        (output.count - 1) * window.stride_height + (window.kernel_height - 1) * window.dilation_height + 1;
    window.pad_top = window.pad_top - std::min(window.pad_top, top);
    window.pad_top = std::min(window.pad_top, needed);
    window.pad_bottom = needed - window.pad_top - std::min(needed - window.pad_top, stripe.inputs[0].count);
  }
  return op;
}

std::vector<Range> LayerStripes::cut(std::uint64_t length) const {
  const auto reads_nothing = [&](Range output) {
    return std::ranges::any_of(stripe(output).inputs, [](Range input) { return input.count == 0; });
  };
  std::vector<Range> ranges;
  for (std::uint64_t first = 0; first < extent(); first += length) {
    const Range next{first, std::min(length, extent() - first)};
    if (!ranges.empty() && (reads_nothing(ranges.back()) || reads_nothing(next)))
      ranges.back().count += next.count;
    else
      ranges.push_back(next);
  }
  return ranges;
}

std::uint64_t LayerStripes::most_bytes(std::uint64_t length, std::size_t operand) const {
  std::uint64_t most = 0;
  for (const Range output : cut(length)) {
    const Stripe its = stripe(output);
    most = std::max(most, operand == node_.inputs.size()
                              ? bytes(node_.shape, its.output)
                              : bytes(network_.shape_of(node_.inputs[operand]), its.inputs[operand]));
  }
  return most;
}

}  // namespace neartile::router
