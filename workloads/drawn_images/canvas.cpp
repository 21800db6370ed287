#include "drawn_images/canvas.h"

#include <algorithm>
#include <vector>

namespace neartile::workloads::drawn {
namespace {

constexpr int kLinesOfPixel = 4;  // scan lines; along a line coverage is exact
constexpr int kLineStep = kPixel / kLinesOfPixel;
constexpr int kFullCoverage = kPixel * kLinesOfPixel;

struct Crossing {
  int line = 0;
  std::int64_t x = 0;
  int winding = 0;  // +1 where the edge runs to larger y
};

// Where an edge meets the scan lines; a line's y is in its middle.
void add_crossings(Point from, Point to, std::vector<Crossing>& crossings) {
  const int winding = from.y < to.y ? 1 : -1;
  if (winding < 0) std::swap(from, to);
  const auto line_from = [](std::int64_t y) { return (y - kLineStep / 2 + kLineStep - 1) >> 6; };
  static_assert(kLineStep == 1 << 6);
  const std::int64_t first = std::max<std::int64_t>(line_from(from.y), 0);
  const std::int64_t end = std::min<std::int64_t>(line_from(to.y), kSide * kLinesOfPixel);
  for (std::int64_t line = first; line < end; ++line) {
    const std::int64_t y = line * kLineStep + kLineStep / 2;
    crossings.push_back(
        {static_cast<int>(line), from.x + (y - from.y) * (to.x - from.x) / (to.y - from.y), winding});
  }
}

using Coverage = std::array<int, kSide * kSide>;

void cover(const Crossing& from, std::int64_t to_x, Coverage& coverage) {
  const int left = static_cast<int>(std::clamp<std::int64_t>(from.x, 0, kSide * kPixel));
  const int right = static_cast<int>(std::clamp<std::int64_t>(to_x, 0, kSide * kPixel));
  int* row = &coverage[static_cast<std::size_t>(from.line / kLinesOfPixel * kSide)];
  for (int x = left / kPixel; x * kPixel < right; ++x) {
    row[x] += std::min(right, (x + 1) * kPixel) - std::max(left, x * kPixel);
  }
}

Coverage coverage_of(const Outline& outline) {
  std::vector<Crossing> crossings;
  for (const Contour& contour : outline) {
    for (std::size_t i = 0; i < contour.size(); ++i) {
      add_crossings(contour[i], contour[(i + 1) % contour.size()], crossings);
    }
  }
  std::sort(crossings.begin(), crossings.end(), [](const Crossing& a, const Crossing& b) {
    return a.line != b.line ? a.line < b.line : a.x < b.x;
  });
  Coverage coverage{};
  int winding = 0;  // closed contours: back at 0 at each line's end
  for (std::size_t i = 0; i + 1 < crossings.size(); ++i) {
    winding += crossings[i].winding;
    if (winding != 0) cover(crossings[i], crossings[i + 1].x, coverage);
  }
  return coverage;
}

}  // namespace

int Paint::at(int channel, int x, int y) const {
  const auto c = static_cast<std::size_t>(channel);
  return middle[c] + (along_x[c] * (2 * x + 1 - kSide) + along_y[c] * (2 * y + 1 - kSide)) / (2 * kSide);
}

Canvas::Canvas(const Paint& background) {
  for (int i = 0; i < kSide * kSide; ++i) {
    for (int c = 0; c < 3; ++c) {
      pixels_[static_cast<std::size_t>(i)][static_cast<std::size_t>(c)] =
          background.at(c, i % kSide, i / kSide);
    }
  }
}

void Canvas::fill(const Outline& outline, const Paint& paint) {
  const Coverage coverage = coverage_of(outline);
  for (int i = 0; i < kSide * kSide; ++i) {
    const int covered = coverage[static_cast<std::size_t>(i)];
    if (covered == 0) continue;
    for (int c = 0; c < 3; ++c) {
      int& level = pixels_[static_cast<std::size_t>(i)][static_cast<std::size_t>(c)];
      level += (paint.at(c, i % kSide, i / kSide) - level) * covered / kFullCoverage;
    }
  }
}

// A sum of four numbers of 0..31 is near enough a normal distribution: mean 62, deviation 18.5.
void Canvas::add_noise(int deviation, Random& random) {
  for (Colour& pixel : pixels_) {
    std::uint64_t bits = random.bits();
    for (int& level : pixel) {
      int sum = -62;
      for (int i = 0; i < 4; ++i, bits >>= 5) sum += static_cast<int>(bits & 31);
      level += sum * deviation / 296;
    }
  }
}

void Canvas::write(std::span<std::uint8_t> pixels) const {
  std::size_t i = 0;
  for (const Colour& pixel : pixels_) {
    for (const int level : pixel) pixels[i++] = static_cast<std::uint8_t>(std::clamp(level, 0, 255));
  }
}

}  // namespace neartile::workloads::drawn
