#include "drawn_images/shapes.h"

#include <algorithm>
#include <cassert>

namespace neartile::workloads::drawn {
namespace {

Contour backwards(Contour contour) {
  std::reverse(contour.begin(), contour.end());
  return contour;
}

Contour mirrored(Contour contour) {
  for (Point& p : contour) p.x = -p.x;
  return backwards(contour);
}

Contour polygon(int corners, std::int64_t radius) {
  Contour contour;
  for (int i = 0; i < corners; ++i) contour.push_back(on_circle(i * kStepsOfCircle / corners, radius));
  return contour;
}

Contour rectangle(std::int64_t left, std::int64_t bottom, std::int64_t right, std::int64_t top) {
  return {{left, bottom}, {right, bottom}, {right, top}, {left, top}};
}

// A piece of a ring; steps of 3 degrees, counter-clockwise from `from` to `to`.
Contour arc(Point centre, std::int64_t outer, std::int64_t inner, int from, int to) {
  Contour contour;
  const auto add = [&](int step, std::int64_t radius) {
    const Point p = on_circle(step, radius);
    contour.push_back({centre.x + p.x, centre.y + p.y});
  };
  for (int step = from; step < to; step += 4) add(step, outer);
  add(to, outer);
  for (int step = to; step > from; step -= 4) add(step, inner);
  add(from, inner);
  return contour;
}

// Filled, or with a hole of the same form.
Outline filled_or_hollow(Contour contour, Random& random) {
  if (random.chance(70)) return {contour};
  Contour hole = backwards(contour);
  const int percent = random.between(40, 55);
  for (Point& p : hole) p = {p.x * percent / 100, p.y * percent / 100};
  return {contour, hole};
}

Outline ring(Random& random) {
  return {polygon(24, 960), backwards(polygon(24, random.between(480, 680)))};
}

Outline gapped_ring(Random& random) {
  const int inner = random.between(480, 680);
  return {arc({}, 960, inner, 0, kStepsOfCircle - random.between(15, 26))};
}

Outline star(Random& random) {
  const int inner = random.between(380, 520);
  Contour contour;
  for (int i = 0; i < 10; ++i) contour.push_back(on_circle(12 * i, i % 2 == 0 ? 1080 : inner));
  return {contour};
}

Outline cross(Random& random) {
  const int half = random.between(190, 300);
  return {rectangle(-960, -half, 960, half), rectangle(-half, -960, half, 960)};
}

// Two arcs that meet in the middle: the upper one starts at the right, the lower one at the left.
Outline curve(Random& random, bool is_mirrored) {
  const int half = random.between(130, 190), radius = 480;
  const int start = random.between(-4, 14), middle = 92;
  const Contour upper = arc({0, radius}, radius + half, radius - half, start, middle);
  Contour lower = upper;
  for (Point& p : lower) p = {-p.x, -p.y};
  return is_mirrored ? Outline{mirrored(upper), mirrored(lower)} : Outline{upper, lower};
}

Outline arrow(Random& random) {
  const int half = random.between(150, 230), head = random.between(560, 760), neck = random.between(0, 250);
  return {rectangle(-960, -half, neck + 1, half), {{neck, -head}, {1000, 0}, {neck, head}}};
}

Outline tee(Random& random) {
  const int half = random.between(150, 230), head = random.between(640, 820);
  return {rectangle(-960, -half, 800, half), rectangle(820 - 2 * half, -head, 820, head)};
}

}  // namespace

Outline bar() {
  return {rectangle(-kUnit, -kUnit, kUnit, kUnit)};
}
Outline disc() {
  return {polygon(24, kUnit)};
}

// In the order of drawn_classes().
Outline shape_of_class(std::size_t label, Random& random) {
  switch (label) {
    case 0:
      return ring(random);
    case 1:
      return gapped_ring(random);
    case 2:
      return filled_or_hollow(polygon(5, kUnit), random);
    case 3:
      return filled_or_hollow(polygon(6, kUnit), random);
    case 4:
      return star(random);
    case 5:
      return cross(random);
    case 6:
      return curve(random, true);  // y runs down the picture
    case 7:
      return curve(random, false);
    case 8:
      return arrow(random);
    default:
      assert(label == 9);
      return tee(random);
  }
}

}  // namespace neartile::workloads::drawn
