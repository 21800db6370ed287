#include "multipliers/png.h"

#include <zlib.h>

#include <new>
#include <string_view>

namespace neartile::multipliers {
namespace {

void append_32(std::string& text, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 255);
}

std::string chunk(std::string_view type, std::string_view data) {
  std::string body(type), text;
  body += data;
  append_32(text, static_cast<std::uint32_t>(data.size()));
  text += body;
  append_32(text, static_cast<std::uint32_t>(
                      crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()))));
  return text;
}

// The rows of a map of errors repeat themselves: packed, little is left.
std::string packed(const std::string& data) {
  uLongf size = compressBound(data.size());
  std::string text(size, '\0');
  const int status = compress2(reinterpret_cast<Bytef*>(text.data()), &size,
                               reinterpret_cast<const Bytef*>(data.data()), data.size(), Z_BEST_COMPRESSION);
  if (status != Z_OK) throw std::bad_alloc();  // the only failure with a bound that fits
  text.resize(size);
  return text;
}

}  // namespace

std::string png(const std::vector<std::uint8_t>& pixels, std::size_t width,
                const std::array<Colour, 256>& palette) {
  std::string header, colours, rows;
  append_32(header, static_cast<std::uint32_t>(width));
  append_32(header, static_cast<std::uint32_t>(pixels.size() / width));
  header += std::string("\x08\x03\0\0\0", 5);  // 8 bits of palette, no interlace
  for (const Colour& colour : palette)
    for (const std::uint8_t part : colour) colours += static_cast<char>(part);
  for (std::size_t at = 0; at < pixels.size(); at += width) {
    rows += '\0';  // no filter
    rows.append(reinterpret_cast<const char*>(&pixels[at]), width);
  }
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("PLTE", colours) + chunk("IDAT", packed(rows)) +
         chunk("IEND", "");
}

}  // namespace neartile::multipliers
