#include "file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <system_error>

#include "neartile/pe/base/error.h"

namespace neartile::workloads {
namespace fs = std::filesystem;

std::vector<std::byte> read_file(const fs::path& file, std::size_t most) {
  std::error_code error;
  const auto status = fs::status(file, error);
  if (!fs::exists(status)) throw InputError(file.string(), "no such file");
  if (!fs::is_regular_file(status)) throw InputError(file.string(), "not a regular file");
  const auto size = fs::file_size(file, error);
  std::ifstream stream(file, std::ios::binary);
  if (error || !stream) throw InputError(file.string(), "cannot be read");
  if (size > most) {
    throw InputError(file.string(), fmt::format("{} bytes, expected at most {}", size, most));
  }
  std::vector<std::byte> bytes(size);
  stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (static_cast<std::uintmax_t>(stream.gcount()) != size) throw InputError(file.string(), "cannot be read");
  return bytes;
}

void write_file(const fs::path& file, std::span<const std::byte> head, std::span<const std::byte> body) {
  const fs::path beside = file.string() + fmt::format(".{}.part", ::getpid());
  std::error_code error;
  {
    std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
    for (const auto part : {head, body}) {
      stream.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(part.size()));
    }
    stream.close();
    if (!stream) {
      fs::remove(beside, error);
      throw InputError(file.string(), "cannot be written");
    }
  }
  fs::rename(beside, file, error);
  if (!error) return;
  fs::remove(beside, error);
  throw InputError(file.string(), "cannot be written");
}

}  // namespace neartile::workloads
