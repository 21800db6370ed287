#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace neartile {

/// Files that are part of the program, for runs that name none.
std::span<const std::byte> default_network();  ///< testbenches/default/shapes.onnx
std::string_view default_facts();              ///< testbenches/default/shapes.json
std::string_view default_chip();               ///< testbenches/configs/default.json

/// A layer table that is part of the program, of testbenches/layers.
struct EmbeddedTable {
  std::string_view name;  ///< of its file, without .csv
  std::string_view text;
};
std::span<const EmbeddedTable> layer_tables();

}  // namespace neartile
