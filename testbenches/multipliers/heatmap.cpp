#include "multipliers/heatmap.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "multipliers/figures.h"
#include "multipliers/png.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "run/output.h"

namespace neartile::multipliers {
namespace {

constexpr std::size_t side = 256;

struct Errors {
  std::vector<int> values;  // rows from the top: the largest weight first
  int largest = 0;          // absolute
};

// Patterns in the order of the integers that they stand for.
std::uint8_t pattern(std::size_t place, bool is_signed) {
  return static_cast<std::uint8_t>(is_signed ? place + 128 : place);
}

Errors errors_of(const pe::Circuit& circuit) {
  Errors errors;
  for (std::size_t row = 0; row < side; ++row)
    for (std::size_t column = 0; column < side; ++column) {
      const std::uint8_t a = pattern(column, circuit.operands == pe::Operands::s8s8);
      const std::uint8_t w = pattern(side - 1 - row, circuit.operands != pe::Operands::u8u8);
      const int error =
          circuit.product(a, w) - activation_value(circuit.operands, a) * weight_value(circuit.operands, w);
      errors.values.push_back(error);
      errors.largest = std::max(errors.largest, std::abs(error));
    }
  return errors;
}

Colour between(const Colour& from, const Colour& to, double share) {
  Colour colour;
  for (std::size_t i = 0; i < 3; ++i)
    colour[i] = static_cast<std::uint8_t>(std::lround(from[i] + share * (to[i] - from[i])));
  return colour;
}

// Entry 128 is white; darker away from it.
std::array<Colour, 256> palette() {
  constexpr Colour white{255, 255, 255}, blue{67, 130, 189}, navy{8, 36, 94}, red{214, 96, 77},
      dark{103, 0, 31};
  std::array<Colour, 256> colours;
  for (int i = 0; i < 256; ++i) {
    const double share = std::min(1.0, std::abs(i - 128) / 127.0);
    const Colour &middle = i < 128 ? blue : red, &end = i < 128 ? navy : dark;
    colours[static_cast<std::size_t>(i)] =
        share < 0.5 ? between(white, middle, 2 * share) : between(middle, end, 2 * share - 1);
  }
  return colours;
}

std::uint8_t shade(int error, int largest) {
  if (error == 0) return 128;
  const int steps = std::max(1, static_cast<int>(std::lround(127.0 * std::abs(error) / largest)));
  return static_cast<std::uint8_t>(128 + (error < 0 ? -steps : steps));
}

std::string picture(const Errors& errors, std::size_t scale) {
  std::vector<std::uint8_t> pixels;
  for (std::size_t y = 0; y < side * scale; ++y)
    for (std::size_t x = 0; x < side * scale; ++x)
      pixels.push_back(shade(errors.values[y / scale * side + x / scale], errors.largest));
  return png(pixels, side * scale, palette());
}

std::string base64(const std::string& bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 3; ++i)
      word = word << 8 | (at + i < bytes.size() ? static_cast<std::uint8_t>(bytes[at + i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i)
      text += at + i <= bytes.size() ? digits[word >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '<')
      result += "&lt;";
    else if (c == '&')
      result += "&amp;";
    else
      result += c;
  }
  return result;
}

constexpr int left = 66, top = 48, size = 512, bar = left + size + 28, bar_width = 18;

std::string ticks(bool horizontal, bool is_signed) {
  std::string text;
  for (int place = 0; place <= 256; place += 64) {
    const int value = std::min(place, 255) - (is_signed ? 128 : 0), at = 2 * std::min(place, 255) + 1;
    text += horizontal ? fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n", left + at,
                                     top + size + 18, value)
                       : fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", left - 8,
                                     top + size - at + 4, value);
  }
  return text;
}

std::string scale(int largest) {
  const auto colours = palette();
  std::string text = "<defs><linearGradient id=\"scale\" x1=\"0\" y1=\"1\" x2=\"0\" y2=\"0\">\n";
  for (const std::size_t i : {1u, 64u, 128u, 192u, 255u})
    text += fmt::format("<stop offset=\"{:.3f}\" stop-color=\"rgb({},{},{})\"/>\n",
                        static_cast<double>(i - 1) / 254, colours[i][0], colours[i][1], colours[i][2]);
  text += fmt::format(
      "</linearGradient></defs>\n<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"url(#scale)\" "
      "stroke=\"#888\"/>\n",
      bar, top, bar_width, size);
  const int ends = largest > 0 ? 2 : 0;  // an exact multiplier has one label, 0
  for (int quarter = -ends; quarter <= ends; ++quarter)
    text += fmt::format("<text x=\"{}\" y=\"{}\">{}{}</text>\n", bar + bar_width + 6,
                        top + size / 2 - quarter * size / 4 + 4, quarter > 0 ? "+" : "",
                        figure(largest * quarter / 2.0));
  return text;
}

}  // namespace

std::string heatmap_png(const pe::Circuit& circuit) {
  return picture(errors_of(circuit), 2);
}

std::string heatmap_svg(const pe::Circuit& circuit) {
  const Errors errors = errors_of(circuit);
  std::string text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"700\" "
      "height=\"620\" viewBox=\"0 0 700 620\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">\n"
      "<rect width=\"700\" height=\"620\" fill=\"white\"/>\n";
  text += fmt::format(
      "<text x=\"{}\" y=\"30\" text-anchor=\"middle\" font-size=\"17\">{}: error f(a, w) - a w</text>\n",
      left + size / 2, escaped(circuit.name));
  text += fmt::format(
      "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" style=\"image-rendering:pixelated\" "
      "xlink:href=\"data:image/png;base64,{}\"/>\n",
      left, top, size, size, base64(picture(errors, 1)));
  text += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#888\"/>\n",
                      left, top, size, size);
  text += ticks(true, circuit.operands == pe::Operands::s8s8);
  text += ticks(false, circuit.operands != pe::Operands::u8u8);
  text += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">activation a</text>\n", left + size / 2,
                      top + size + 42);
  text += fmt::format(
      "<text x=\"18\" y=\"{0}\" text-anchor=\"middle\" transform=\"rotate(-90 18 {0})\">weight w</text>\n",
      top + size / 2);
  return text + scale(errors.largest) + "</svg>\n";
}

void check_heatmap(const std::string& file) {
  if (!file.ends_with(".png") && !file.ends_with(".svg"))
    throw InputError("--heatmap",
                     fmt::format("is {}, expected a name that ends in .png or .svg", in_quotes(file)));
  check_file(file, "--heatmap");
}

void write_heatmap(const pe::Circuit& circuit, const std::string& file) {
  write_file(file, file.ends_with(".png") ? heatmap_png(circuit) : heatmap_svg(circuit));
}

}  // namespace neartile::multipliers
