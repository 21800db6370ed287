#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

namespace neartile::workloads {

/// All bytes of a regular file; throws InputError where it cannot be read or has more than `most` bytes.
std::vector<std::byte> read_file(const std::filesystem::path& file, std::size_t most);

/// Writes beside the file, then renames, so that nothing half-written is left; throws InputError.
void write_file(const std::filesystem::path& file, std::span<const std::byte> head,
                std::span<const std::byte> body);

}  // namespace neartile::workloads
