#include "neartile/pe/table_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::pe {
namespace {

constexpr std::size_t rows_of_table = 256, size = rows_of_table * rows_of_table;
constexpr std::size_t binary_bytes = 2 * size;
constexpr std::size_t most_bytes = std::size_t{4} << 20;
constexpr std::string_view separators = " \t\r,;";

bool is_text(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t'; });
}

template <class Product>
Product number(std::string_view word, const std::string& place) {
  using Limits = std::numeric_limits<Product>;
  long long value = 0;
  if (!word.empty() && word.front() == '+') word.remove_prefix(1);
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size() || value < Limits::min() ||
      value > Limits::max()) {
    throw InputError(place, fmt::format("found {}, expected a number from {} to {}", in_quotes(word),
                                        Limits::min(), Limits::max()));
  }
  return static_cast<Product>(value);
}

// Adds the numbers of a line to `products`; returns how many there were.
template <class Product>
std::size_t append(std::string_view line, const std::string& place, std::vector<Product>& products) {
  std::size_t found = 0;
  while (true) {
    const std::size_t begin = line.find_first_not_of(separators);
    if (begin == std::string_view::npos) return found;
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(separators), line.size());
    if (++found > rows_of_table) throw InputError(place, "more than 256 numbers, expected 256");
    products.push_back(number<Product>(line.substr(0, end), place));
    line.remove_prefix(end);
  }
}

template <class Product>
std::vector<Product> read_text(std::string_view text, const std::string& place) {
  std::vector<Product> products;
  products.reserve(size);
  std::size_t number_of_line = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string here = fmt::format("{}:{}", place, ++number_of_line);
    if (line.find_first_not_of(separators) == std::string_view::npos || line.front() == '#') continue;
    if (products.size() == size) throw InputError(here, "more than 256 lines of numbers, expected 256");
    const std::size_t found = append(line, here, products);
    if (found != rows_of_table) {
      throw InputError(here, fmt::format("{} numbers in a line, expected 256", found));
    }
  }
  if (products.size() != size) {
    throw InputError(place,
                     fmt::format("{} lines of numbers, expected 256", products.size() / rows_of_table));
  }
  return products;
}

template <class Product>
std::vector<Product> read_binary(std::string_view bytes) {
  std::vector<Product> products(size);
  for (std::size_t i = 0; i < size; ++i) {
    const auto low = static_cast<std::uint8_t>(bytes[2 * i]),
               high = static_cast<std::uint8_t>(bytes[2 * i + 1]);
    products[i] = static_cast<Product>(static_cast<std::uint16_t>(low | high << 8));
  }
  return products;
}

template <class Product>
std::vector<Product> read(std::string_view bytes, const std::string& place, TableRows rows) {
  if (bytes.size() > most_bytes) {
    throw InputError(place, fmt::format("is {} bytes long, expected at most {}", bytes.size(), most_bytes));
  }
  const bool text = is_text(bytes);
  if (!text && bytes.size() != binary_bytes) {
    throw InputError(place, fmt::format("{} bytes that are no text, expected a table of {} bytes",
                                        bytes.size(), binary_bytes));
  }
  // A file of as many bytes may be both: it is text if it has lines.
  const bool binary = bytes.size() == binary_bytes && (!text || bytes.find('\n') == std::string_view::npos);
  std::vector<Product> products = binary ? read_binary<Product>(bytes) : read_text<Product>(bytes, place);
  if (rows == TableRows::activation) return products;
  for (std::size_t i = 0; i < rows_of_table; ++i) {
    for (std::size_t j = 0; j < i; ++j) std::swap(products[i << 8 | j], products[j << 8 | i]);
  }
  return products;
}

}  // namespace

std::vector<std::uint16_t> import_core_table(std::string_view bytes, const std::string& place,
                                             TableRows rows) {
  return read<std::uint16_t>(bytes, place, rows);
}

std::vector<std::int16_t> import_signed_table(std::string_view bytes, const std::string& place,
                                              TableRows rows) {
  return read<std::int16_t>(bytes, place, rows);
}

}  // namespace neartile::pe
