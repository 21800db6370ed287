#pragma once

#include <cstdint>
#include <vector>

#include "drawn_images/random.h"

namespace neartile::workloads::drawn {

/// Whole numbers only: shapes are drawn in units of 1/1024 of their radius, canvases in 1/256 pixel.
struct Point {
  std::int64_t x = 0;
  std::int64_t y = 0;
};

/// A closed line. An area is what contours wind round more often one way than the other: a hole is a
/// contour that runs backwards.
using Contour = std::vector<Point>;
using Outline = std::vector<Contour>;

inline constexpr int kUnit = 1024;
inline constexpr int kStepsOfCircle = 120;

/// The point at `step` times 3 degrees on a circle round the origin; any step, also below 0.
Point on_circle(int step, std::int64_t radius);

/// A direction as cosine and sine in 1/16384.
struct Direction {
  std::int64_t cosine = 0;
  std::int64_t sine = 0;
};
Direction random_direction(Random& random);

/// Where a shape lies: squeezed along its own axes, turned, moved.
struct Pose {
  Point centre;                 ///< 1/256 pixel
  std::int64_t half_width = 0;  ///< 1/256 pixel for kUnit
  std::int64_t half_height = 0;
  Direction direction;

  Outline place(const Outline& outline) const;
};

}  // namespace neartile::workloads::drawn
