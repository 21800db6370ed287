#include "neartile/workloads/npy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <cctype>
#include <cstring>
#include <limits>

#include "file.h"
#include "neartile/pe/base/error.h"
#include "npy_header.h"

namespace neartile::workloads {
namespace {

static_assert(std::endian::native == std::endian::little, "elements are copied as they lie in the file");

constexpr std::string_view magic("\x93NUMPY", 6);
constexpr std::size_t most_bytes = std::size_t{1} << 36;

/// NumPy's letters of T: kind and bytes an element.
template <class T>
std::string type_of() {
  const char kind = std::is_floating_point_v<T> ? 'f' : std::is_signed_v<T> ? 'i' : 'u';
  return fmt::format("{}{}", kind, sizeof(T));
}

std::size_t item_size(const std::string& type) {
  return static_cast<std::size_t>(type.at(1) - '0');
}

/// "<i4" without its byte order; throws where the type is not a little-endian number of 1, 2, 4 or 8 bytes.
std::string plain_type(const std::string& descr, const std::string& place) {
  const bool known = descr.size() == 3 && std::string_view("<|").find(descr[0]) != std::string_view::npos &&
                     std::string_view("iufb").find(descr[1]) != std::string_view::npos &&
                     std::string_view("1248").find(descr[2]) != std::string_view::npos;
  if (!known) {
    std::string shown = descr;
    for (char& c : shown) c = std::isprint(static_cast<unsigned char>(c)) ? c : '?';
    throw InputError(
        place, fmt::format("element type '{}', expected a little-endian number like <f4, <i4 or |u1", shown));
  }
  return descr.substr(1);
}

struct Layout {
  std::size_t text_start = 0;  ///< of the header's dictionary
  std::size_t data_start = 0;
};

Layout read_layout(std::span<const std::byte> bytes, const std::string& place) {
  if (bytes.size() < 10 || std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) {
    throw InputError(place, "not an .npy file (no \\x93NUMPY at its start)");
  }
  const auto byte = [&](std::size_t i) { return std::to_integer<std::size_t>(bytes[i]); };
  const std::size_t version = byte(6);
  if (version < 1 || version > 3 || byte(7) != 0) {
    throw InputError(place, fmt::format("format {}.{}, expected 1.0 to 3.0", version, byte(7)));
  }
  const std::size_t start = version == 1 ? 10 : 12;
  if (bytes.size() < start) throw InputError(place, "header cut off");
  std::size_t length = byte(8) | byte(9) << 8;
  if (version > 1) length |= byte(10) << 16 | byte(11) << 24;
  if (length > bytes.size() - start) {
    throw InputError(
        place, fmt::format("header of {} bytes, but the file ends after {}", length, bytes.size() - start));
  }
  return {start, start + length};
}

}  // namespace

std::size_t NpyArray::elements() const {
  std::size_t count = 1;
  for (const std::size_t size : shape) count *= size;
  return count;
}

template <class T>
std::vector<T> NpyArray::as(const std::string& place) const {
  if (type != type_of<T>()) {
    throw InputError(place, fmt::format("elements of type {}, expected {}", type, type_of<T>()));
  }
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
  return values;
}

template std::vector<std::int8_t> NpyArray::as(const std::string&) const;
template std::vector<std::int16_t> NpyArray::as(const std::string&) const;
template std::vector<std::int32_t> NpyArray::as(const std::string&) const;
template std::vector<std::int64_t> NpyArray::as(const std::string&) const;
template std::vector<std::uint8_t> NpyArray::as(const std::string&) const;
template std::vector<std::uint16_t> NpyArray::as(const std::string&) const;
template std::vector<std::uint32_t> NpyArray::as(const std::string&) const;
template std::vector<std::uint64_t> NpyArray::as(const std::string&) const;
template std::vector<float> NpyArray::as(const std::string&) const;
template std::vector<double> NpyArray::as(const std::string&) const;

NpyArray read_npy(std::vector<std::byte> bytes, const std::string& place) {
  const Layout layout = read_layout(bytes, place);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + layout.text_start,
                              layout.data_start - layout.text_start);
  const NpyHeader header = parse_npy_header(text, place);
  NpyArray array{plain_type(header.descr, place), header.shape, {}};
  if (header.fortran_order && header.shape.size() > 1) {
    throw InputError(place, "elements in Fortran order, expected C order");
  }
  std::size_t expected = item_size(array.type);
  for (const std::size_t size : array.shape) {
    if (size != 0 && expected > std::numeric_limits<std::size_t>::max() / size) {
      throw InputError(place, fmt::format("shape ({}) is too large", fmt::join(array.shape, ", ")));
    }
    expected *= size;
  }
  const std::size_t found = bytes.size() - layout.data_start;
  if (found != expected) {
    throw InputError(place, fmt::format("{} bytes of elements, expected {} for shape ({}) of {}", found,
                                        expected, fmt::join(array.shape, ", "), array.type));
  }
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(layout.data_start));
  array.bytes = std::move(bytes);
  return array;
}

NpyArray read_npy(const std::filesystem::path& file) {
  return read_npy(read_file(file, most_bytes), file.string());
}

void write_npy(const std::filesystem::path& file, const NpyArray& array) {
  const std::string order = item_size(array.type) == 1 ? "|" : "<";
  std::string text =
      fmt::format("{{'descr': '{}{}', 'fortran_order': False, 'shape': ({}{}), }}", order, array.type,
                  fmt::join(array.shape, ", "), array.shape.size() == 1 ? "," : "");
  text.append(63 - (10 + text.size()) % 64, ' ').append("\n");  // elements start at a multiple of 64 bytes
  std::string head = fmt::format("{}{}{}{}{}", magic, '\x01', '\0', static_cast<char>(text.size() & 255),
                                 static_cast<char>(text.size() >> 8));
  head += text;
  write_file(file, std::as_bytes(std::span(head)), array.bytes);
}

}  // namespace neartile::workloads
