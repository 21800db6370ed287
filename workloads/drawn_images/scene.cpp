#include "drawn_images/scene.h"

#include <cstdlib>

#include "drawn_images/shapes.h"

namespace neartile::workloads::drawn {
namespace {

Colour random_colour(Random& random, int low, int high) {
  Colour colour;
  for (int& level : colour) level = random.between(low, high);
  return colour;
}

int distance(const Colour& a, const Colour& b) {
  int sum = 0;
  for (std::size_t c = 0; c < a.size(); ++c) sum += std::abs(a[c] - b[c]);
  return sum;
}

Paint random_paint(Random& random, int gradient) {
  return {random_colour(random, 20, 235), random_colour(random, -gradient, gradient),
          random_colour(random, -gradient, gradient)};
}

// Colours too near to the background are drawn again, a few times: some shapes stay faint.
Paint contrasting_paint(const Paint& background, Random& random) {
  constexpr int enough = 150;  // levels, summed over three channels
  Paint paint = random_paint(random, 60);
  for (int tries = 0; tries < 8 && distance(paint.middle, background.middle) < enough; ++tries) {
    paint.middle = random_colour(random, 20, 235);
  }
  return paint;
}

Point random_place(Random& random, int margin_pixels) {
  const int low = margin_pixels * kPixel, high = (kSide - margin_pixels) * kPixel;
  const int x = random.between(low, high);
  return {x, random.between(low, high)};
}

Pose random_pose(Random& random) {
  Pose pose;
  const int radius = random.between(8 * kPixel, 14 * kPixel);
  pose.half_width = radius * random.between(90, 110) / 100;
  pose.half_height = radius * random.between(90, 110) / 100;
  pose.direction = random_direction(random);
  pose.centre = random_place(random, 12);
  return pose;
}

void add_stroke(Canvas& canvas, Random& random) {
  Pose pose;
  pose.centre = random_place(random, 0);
  pose.half_width = random.between(2 * kPixel, 10 * kPixel);
  pose.half_height = random.between(kPixel / 3, kPixel);
  pose.direction = random_direction(random);
  canvas.fill(pose.place(bar()), random_paint(random, 30));
}

void add_blob(Canvas& canvas, Random& random) {
  Pose pose;
  pose.centre = random_place(random, 0);
  pose.half_width = random.between(kPixel, 4 * kPixel);
  pose.half_height = random.between(kPixel, 4 * kPixel);
  pose.direction = random_direction(random);
  const Paint paint = random_paint(random, 30);
  canvas.fill(pose.place(random.chance(50) ? disc() : bar()), paint);
}

}  // namespace

Canvas draw_scene(std::size_t label, Random& random) {
  const Paint background = random_paint(random, 90);
  Canvas canvas(background);
  for (int n = random.between(1, 4); n > 0; --n) add_blob(canvas, random);
  for (int n = random.between(1, 4); n > 0; --n) add_stroke(canvas, random);
  const Outline shape = shape_of_class(label, random);
  const Pose pose = random_pose(random);
  canvas.fill(pose.place(shape), contrasting_paint(background, random));
  if (random.chance(60)) add_stroke(canvas, random);
  canvas.add_noise(16 * random.between(3, 20), random);
  return canvas;
}

}  // namespace neartile::workloads::drawn
