#include "onnx/window.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

constexpr std::int64_t most = 1 << 16;  // of any one kernel size, stride, dilation or pad

/// A list of `count` values in least .. most; all `otherwise` where the attribute is absent.
std::vector<std::size_t> read_sizes(OnnxNode& node, const char* key, std::size_t count, std::int64_t least,
                                    std::size_t otherwise) {
  const auto list = node.integers(key);
  if (list.empty()) return std::vector<std::size_t>(count, otherwise);
  const auto bad = [&](std::int64_t value) { return value < least || value > most; };
  if (list.size() != count || std::any_of(list.begin(), list.end(), bad)) {
    node.fail(fmt::format("{} {}, expected {} values from {} to {} (two-dimensional windows only)", key,
                          text_of(list), count, least, most));
  }
  return {list.begin(), list.end()};
}

/// Total padding of one axis so that it has ceil(size / stride) places.
std::size_t same_padding(std::size_t size, std::size_t kernel, std::size_t stride, std::size_t dilation) {
  const std::size_t reach = (kernel - 1) * dilation + 1;
  const std::size_t covered = ((size + stride - 1) / stride - 1) * stride + reach;
  return covered > size ? covered - size : 0;
}

void pad_automatically(OnnxNode& node, const std::string& mode, const array::TensorShape& input,
                       array::Window& window) {
  if (mode == "VALID") return;
  if (mode != "SAME_UPPER" && mode != "SAME_LOWER") {
    node.fail("auto_pad " + quoted(mode) + ", supported: NOTSET, VALID, SAME_UPPER, SAME_LOWER");
  }
  const std::size_t height =
      same_padding(input.height, window.kernel_height, window.stride_height, window.dilation_height);
  const std::size_t width =
      same_padding(input.width, window.kernel_width, window.stride_width, window.dilation_width);
  window.pad_top = window.pad_bottom = height / 2;
  window.pad_left = window.pad_right = width / 2;
  (mode == "SAME_UPPER" ? window.pad_bottom : window.pad_top) += height % 2;
  (mode == "SAME_UPPER" ? window.pad_right : window.pad_left) += width % 2;
}

}  // namespace

std::pair<std::size_t, std::size_t> read_kernel(OnnxNode& node) {
  const auto kernel = read_sizes(node, "kernel_shape", 2, 1, 0);
  return {kernel[0], kernel[1]};
}

array::Window read_window(OnnxNode& node, const array::TensorShape& input, std::size_t kernel_height,
                          std::size_t kernel_width) {
  const auto strides = read_sizes(node, "strides", 2, 1, 1);
  const auto dilations = read_sizes(node, "dilations", 2, 1, 1);
  const auto pads = read_sizes(node, "pads", 4, 0, 0);
  array::Window window{kernel_height, kernel_width, strides[0], strides[1], dilations[0],
                       dilations[1],  pads[0],      pads[1],    pads[2],    pads[3]};
  const std::string mode = node.text("auto_pad", "NOTSET");
  if (!mode.empty() && mode != "NOTSET") {
    window.pad_top = window.pad_left = window.pad_bottom = window.pad_right = 0;
    pad_automatically(node, mode, input, window);
  }
  if (window.out_height(input.height) == 0 || window.out_width(input.width) == 0) {
    node.fail(fmt::format("a {} x {} window does not fit its input {}", kernel_height, kernel_width,
                          text_of(input)));
  }
  return window;
}

}  // namespace neartile::workloads::importer
