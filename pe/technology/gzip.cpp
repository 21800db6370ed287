#include "gzip.h"

#include <fmt/format.h>
#include <zlib.h>

#include <memory>
#include <system_error>
#include <vector>

#include "neartile/pe/base/error.h"

namespace neartile::pe {

// zlib's gzread() passes plain files through.
std::string read_maybe_gzip(const std::filesystem::path& file, std::size_t limit) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error))
    throw InputError(file.string(), "is a directory, expected a file");
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> stream(gzopen(file.c_str(), "rb"), gzclose);
  if (!stream) throw InputError(file.string(), "cannot be opened, expected a readable file");
  std::string text;
  std::vector<char> piece(std::size_t{1} << 18);
  for (;;) {
    const int got = gzread(stream.get(), piece.data(), static_cast<unsigned>(piece.size()));
    if (got < 0) throw InputError(file.string(), "damaged gzip data");
    if (got == 0) break;
    text.append(piece.data(), static_cast<std::size_t>(got));
    if (text.size() > limit)
      throw InputError(file.string(), fmt::format("is too large, expected at most {} bytes", limit));
  }
  int status = Z_OK;
  gzerror(stream.get(), &status);
  if (status != Z_OK) throw InputError(file.string(), "ends early, expected whole gzip data");
  return text;
}

}  // namespace neartile::pe
