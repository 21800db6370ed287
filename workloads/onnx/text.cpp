#include "onnx/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace neartile::workloads::importer {

std::string quoted(std::string_view name) {
  constexpr std::size_t longest = 80;
  std::string text(name.substr(0, longest));
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) c = '?';
  }
  return "'" + text + (name.size() > longest ? "..'" : "'");
}

std::string text_of(std::span<const std::int64_t> dims) {
  const std::size_t shown = std::min<std::size_t>(dims.size(), 8);
  return fmt::format("[{}{}]", fmt::join(dims.first(shown), ", "), shown < dims.size() ? ", .." : "");
}

std::string text_of(const array::TensorShape& shape) {
  return fmt::format("[{}, {}, {}]", shape.channels, shape.height, shape.width);
}

}  // namespace neartile::workloads::importer
