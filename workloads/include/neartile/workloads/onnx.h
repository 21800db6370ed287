#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "neartile/workloads/network.h"

namespace neartile::workloads {

/// Reads a float ONNX network: constants folded, BatchNormalization and scaling folded into the layer
/// before, activations fused. Throws InputError (one line: file, node, type, what is supported).
Network read_onnx(const std::filesystem::path& file);

/// The same from bytes in memory; `name` stands for the file in errors.
Network read_onnx(std::span<const std::byte> bytes, const std::string& name);

}  // namespace neartile::workloads
