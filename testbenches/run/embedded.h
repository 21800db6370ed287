#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace neartile {

/// Files that are part of the program, for runs that name none.
std::span<const std::byte> default_network();  ///< testbenches/default/shapes.onnx
std::string_view default_facts();              ///< testbenches/default/shapes.json
std::string_view default_chip();               ///< testbenches/configs/default.json

}  // namespace neartile
