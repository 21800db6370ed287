#pragma once

#include <cstdint>
#include <vector>

#include "layer_tiles.h"
#include "neartile/router/program.h"
#include "neartile/workloads/network.h"

namespace neartile::router {

/// A layer too large for the unified buffer is computed in stripes: output rows, or output channels where a
/// channel needs all rows of its input.
enum class StripeAxis : std::uint8_t { none, rows, channels };

/// A layer's stripe: a range of its output along the axis and what that reads of each input.
struct Stripe {
  Range output;
  std::vector<Range> inputs;
};

class LayerStripes {
 public:
  LayerStripes(const workloads::Network& network, std::size_t node);

  StripeAxis axis() const { return axis_; }
  /// Length of the output along the axis.
  std::uint64_t extent() const;
  Stripe stripe(Range output) const;
  /// The output in ranges of `length`, longer where a stripe would read padding alone.
  std::vector<Range> cut(std::uint64_t length) const;
  /// Bytes of a range of a tensor: contiguous rows, or channels of all pixels.
  std::uint64_t bytes(const array::TensorShape& shape, Range range) const;
  /// The shape of that piece as a tensor of its own.
  array::TensorShape piece(array::TensorShape shape, Range range) const;
  /// Where the piece begins in its whole tensor, and for channels the way from one pixel to the next.
  std::uint64_t offset(const array::TensorShape& shape, Range range) const;
  /// The vector operation that makes the stripe of pieces.
  array::VectorOp operation(const Stripe& stripe) const;
  /// The longest piece of an input, or (inputs.size()) of the output, of stripes of `length`.
  std::uint64_t most_bytes(std::uint64_t length, std::size_t operand) const;

 private:
  Range input_range(Range output, const array::TensorShape& input) const;

  const workloads::Network& network_;
  const workloads::Node& node_;
  StripeAxis axis_;
};

}  // namespace neartile::router
