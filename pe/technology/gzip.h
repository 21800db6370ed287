#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace neartile::pe {

/// The contents of a file, unpacked if it is gzip. More than `limit` bytes are an InputError.
std::string read_maybe_gzip(const std::filesystem::path& file, std::size_t limit = std::size_t{256} << 20);

}  // namespace neartile::pe
