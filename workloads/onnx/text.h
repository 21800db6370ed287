#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "neartile/array/tensor.h"

namespace neartile::workloads::importer {

/// A name out of a file, in quotes and fit for one line: no control characters, at most 80 bytes.
std::string quoted(std::string_view name);

/// "[1, 3, 32, 32]".
std::string text_of(std::span<const std::int64_t> dims);
std::string text_of(const array::TensorShape& shape);

}  // namespace neartile::workloads::importer
