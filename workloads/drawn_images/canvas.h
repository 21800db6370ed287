#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "drawn_images/geometry.h"

namespace neartile::workloads::drawn {

inline constexpr int kSide = 32;    ///< pixels
inline constexpr int kPixel = 256;  ///< steps of a canvas coordinate in a pixel
using Colour = std::array<int, 3>;  ///< 0..255 where not stated otherwise

/// A colour that changes evenly over the canvas.
struct Paint {
  Colour middle{};   ///< at the canvas's centre
  Colour along_x{};  ///< change from edge to edge
  Colour along_y{};

  int at(int channel, int x, int y) const;
};

/// A square picture, drawn with smooth edges.
class Canvas {
 public:
  explicit Canvas(const Paint& background);
  void fill(const Outline& outline, const Paint& paint);
  /// Adds noise of about `deviation` / 16 levels to each channel of each pixel; takes kSide^2 draws.
  void add_noise(int deviation, Random& random);
  /// Pixels limited to 0..255, channels innermost.
  void write(std::span<std::uint8_t> pixels) const;

 private:
  std::array<Colour, kSide * kSide> pixels_;
};

}  // namespace neartile::workloads::drawn
