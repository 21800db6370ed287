#include "multipliers/png.h"

#include <algorithm>
#include <string_view>

namespace neartile::multipliers {
namespace {

void append_32(std::string& text, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 255);
}

std::uint32_t crc32(std::string_view text) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : text) {
    crc ^= static_cast<std::uint8_t>(c);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

std::uint32_t adler32(std::string_view text) {
  std::uint32_t low = 1, high = 0;
  for (const char c : text) {
    low = (low + static_cast<std::uint8_t>(c)) % 65521;
    high = (high + low) % 65521;
  }
  return high << 16 | low;
}

std::string chunk(std::string_view type, std::string_view data) {
  std::string body(type), text;
  body += data;
  append_32(text, static_cast<std::uint32_t>(data.size()));
  text += body;
  append_32(text, crc32(body));
  return text;
}

// zlib's format with stored blocks.
std::string stored(std::string_view data) {
  constexpr std::size_t most = 65535;
  std::string text("\x78\x01", 2);
  for (std::size_t at = 0; at < data.size(); at += most) {
    const std::size_t size = std::min(most, data.size() - at);
    text += at + size == data.size() ? '\1' : '\0';
    for (const std::size_t length : {size, ~size}) {
      text += static_cast<char>(length & 255);
      text += static_cast<char>(length >> 8 & 255);
    }
    text += data.substr(at, size);
  }
  append_32(text, adler32(data));
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
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("PLTE", colours) + chunk("IDAT", stored(rows)) +
         chunk("IEND", "");
}

}  // namespace neartile::multipliers
