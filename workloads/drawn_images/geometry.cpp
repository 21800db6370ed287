#include "drawn_images/geometry.h"

#include <array>
#include <utility>

namespace neartile::workloads::drawn {
namespace {

constexpr int kFraction = 30;
constexpr std::int64_t kRound = std::int64_t{1} << (kFraction - 1);

// Turning by 3 degrees again and again, in integers: std::cos may differ in its last bit between machines.
constexpr std::array<Point, kStepsOfCircle> turn_full_circle() {
  constexpr std::int64_t cosine = 1072270298, sine = 56195305;  // of 3 degrees, times 2^30
  std::array<Point, kStepsOfCircle> points{};
  Point p{std::int64_t{1} << kFraction, 0};
  for (Point& point : points) {
    point = p;
    p = {(p.x * cosine - p.y * sine + kRound) >> kFraction,
         (p.x * sine + p.y * cosine + kRound) >> kFraction};
  }
  return points;
}

}  // namespace

Point on_circle(int step, std::int64_t radius) {
  static constexpr auto circle = turn_full_circle();
  const int place = (step % kStepsOfCircle + kStepsOfCircle) % kStepsOfCircle;
  const Point& p = circle[static_cast<std::size_t>(place)];
  return {(p.x * radius + kRound) >> kFraction, (p.y * radius + kRound) >> kFraction};
}

// ((1 - t^2) / (1 + t^2), 2t / (1 + t^2)) is a point of the circle for any rational t; t up to
// tan(22.5 degrees) gives 45 degrees, mirrors give the rest. Angles are even to within a tenth.
Direction random_direction(Random& random) {
  constexpr std::int64_t unit = 1024, largest = 424;
  const std::int64_t t = random.between(0, largest);
  const std::int64_t norm = unit * unit + t * t;
  Direction d{(unit * unit - t * t) * 16384 / norm, 2 * unit * t * 16384 / norm};
  if (random.chance(50)) std::swap(d.cosine, d.sine);
  for (int quarters = random.between(0, 3); quarters > 0; --quarters) d = {-d.sine, d.cosine};
  return d;
}

Outline Pose::place(const Outline& outline) const {
  Outline placed = outline;
  for (Contour& contour : placed) {
    for (Point& p : contour) {
      const std::int64_t x = p.x * half_width / kUnit, y = p.y * half_height / kUnit;
      p = {centre.x + ((x * direction.cosine - y * direction.sine) >> 14),
           centre.y + ((x * direction.sine + y * direction.cosine) >> 14)};
    }
  }
  return placed;
}

}  // namespace neartile::workloads::drawn
