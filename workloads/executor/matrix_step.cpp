#include "executor/matrix_step.h"

#include <algorithm>

namespace neartile::workloads {
namespace {

// A block of vectors and its sums stay in the cache; a GEMM's preparations want a few thousand rows.
constexpr std::size_t most_vector_bytes = std::size_t{2} << 20;
constexpr std::size_t most_rows = 4096;
constexpr std::size_t fewest_rows = 256;

std::uint8_t zero_pattern(const array::Encoding& encoding) {
  return static_cast<std::uint8_t>(encoding.zero_point);
}

bool unpadded(const array::Window& window) {
  return window.pad_top + window.pad_left + window.pad_bottom + window.pad_right == 0;
}

bool is_pointwise(const array::Window& window) {
  return unpadded(window) && window.kernel_height == 1 && window.kernel_width == 1 &&
         window.stride_height == 1 && window.stride_width == 1;
}

/// True for a fully connected layer: its only vector is the image.
bool is_whole_image(const array::ConvolutionShape& shape) {
  const array::Window& window = shape.window;
  return shape.groups == 1 && unpadded(window) && window.dilation_height == 1 && window.dilation_width == 1 &&
         window.kernel_height == shape.input.height && window.kernel_width == shape.input.width;
}

}  // namespace

MatrixStep::MatrixStep(const QuantisedNetwork& network, std::size_t node, const pe::PeType& type,
                       std::size_t rows)
    : shape_(network.network.nodes[node].matrix()->shape),
      input_(network.encodings.at(network.network.nodes[node].inputs.at(0))),
      output_(network.output_of(node)),
      clamp_(network.network.nodes[node].matrix()->clamp),
      correction_(network.matrices[node].correction),
      multiplier_(network.matrices[node].multiplier),
      block_rows_(std::clamp(most_vector_bytes / shape_.k(), fewest_rows, most_rows)) {
  const std::vector<std::int8_t>& weights = network.matrices[node].weights;
  if (Depthwise::takes(shape_)) {
    depthwise_.emplace(type, rows, shape_, weights);
    return;
  }
  const std::size_t size = shape_.k() * shape_.n();
  for (std::size_t group = 0; group < shape_.groups; ++group) {
    gemms_.emplace_back(
        type, rows,
        array::MatrixView<const std::int8_t>(weights.data() + group * size, shape_.k(), shape_.n()));
  }
}

void MatrixStep::run(const std::uint8_t* input, std::size_t images, std::uint8_t* output,
                     Scratch& scratch) const {
  if (depthwise_) return run_depthwise(input, images, output, scratch);
  const std::size_t total = images * shape_.m();
  const array::MatrixView<std::uint8_t> out(output, total, shape_.out_channels);
  for (std::size_t first = 0; first < total; first += block_rows_) {
    const std::size_t rows = std::min(block_rows_, total - first);
    scratch.sums.resize(std::max(scratch.sums.size(), rows * shape_.n()));
    const array::MatrixView<std::int32_t> sums(scratch.sums.data(), rows, shape_.n());
    for (std::size_t group = 0; group < shape_.groups; ++group) {
      gemms_[group](vectors(input, group, first, rows, scratch), sums);
      const std::size_t channel = group * shape_.n();
      requantise(sums, channel, out.block(first, channel, rows, shape_.n()));
    }
  }
}

void MatrixStep::run_depthwise(const std::uint8_t* input, std::size_t images, std::uint8_t* output,
                               Scratch& scratch) const {
  const array::TensorShape out = shape_.output();
  const std::size_t row = out.width * out.channels;
  scratch.sums.resize(std::max(scratch.sums.size(), row));
  for (std::size_t i = 0; i < images; ++i) {
    depthwise_->pad_image(input + i * shape_.input.elements(), zero_pattern(input_), scratch.padded);
    for (std::size_t y = 0; y < out.height; ++y) {
      (*depthwise_)(scratch.padded.data(), y, 1, scratch.sums.data());
      requantise({scratch.sums.data(), out.width, out.channels}, 0,
                 {output + i * out.elements() + y * row, out.width, out.channels});
    }
  }
}

MatrixStep::Vectors MatrixStep::vectors(const std::uint8_t* input, std::size_t group, std::size_t first,
                                        std::size_t rows, Scratch& scratch) const {
  if (is_pointwise(shape_.window)) {
    const std::size_t channels = shape_.input.channels;
    return {input + first * channels + group * shape_.group_channels(), rows, shape_.k(), channels};
  }
  if (is_whole_image(shape_)) return {input + first * shape_.k(), rows, shape_.k()};
  return gather(input, group, first, rows, scratch);
}

MatrixStep::Vectors MatrixStep::gather(const std::uint8_t* input, std::size_t group, std::size_t first,
                                       std::size_t rows, Scratch& scratch) const {
  scratch.vectors.resize(std::max(scratch.vectors.size(), rows * shape_.k()));
  const array::MatrixView<std::uint8_t> block(scratch.vectors.data(), rows, shape_.k());
  for (std::size_t done = 0; done < rows;) {
    const std::size_t image = (first + done) / shape_.m();
    const std::size_t m = (first + done) % shape_.m();
    const std::size_t count = std::min(rows - done, shape_.m() - m);
    array::im2col(shape_, input + image * shape_.input.elements(), group, m, 0, zero_pattern(input_),
                  block.block(done, 0, count, shape_.k()));
    done += count;
  }
  return block;
}

void MatrixStep::requantise(array::MatrixView<const std::int32_t> sums, std::size_t first_channel,
                            array::MatrixView<std::uint8_t> out) const {
  array::requantise(sums, std::span(correction_).subspan(first_channel, sums.columns),
                    std::span(multiplier_).subspan(first_channel, sums.columns), output_, clamp_, out);
}

}  // namespace neartile::workloads
