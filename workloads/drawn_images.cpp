#include "neartile/workloads/drawn_images.h"

#include <fmt/format.h>

#include "drawn_images/random.h"
#include "drawn_images/scene.h"
#include "neartile/pe/base/error.h"

namespace neartile::workloads {
namespace {

constexpr std::uint64_t kMostImages = 1'000'000;  // of a call: 3 GB

void check_range(std::uint64_t first, std::uint64_t count) {
  if (count > kMostImages) {
    throw InputError("drawn images", fmt::format("{} asked for, at most {} at a time", count, kMostImages));
  }
  if (first > drawn::kImagesOfSplit - count) {
    throw InputError("drawn images",
                     fmt::format("first is {}, a split ends at {}", first, drawn::kImagesOfSplit));
  }
}

}  // namespace

const std::vector<std::string>& drawn_classes() {
  static const std::vector<std::string> names = {"ring",  "gapped ring", "pentagon", "hexagon", "star",
                                                 "cross", "S curve",     "Z curve",  "arrow",   "tee"};
  return names;
}

DrawnImages draw_images(Split split, std::uint64_t first, std::uint64_t count) {
  check_range(first, count);
  DrawnImages drawn;
  drawn.images.shape = {.channels = 3, .height = drawn::kSide, .width = drawn::kSide};
  drawn.images.count = count;
  const std::size_t elements = drawn.images.shape.elements();
  drawn.images.pixels.resize(count * elements);
  drawn.labels.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    drawn::Random random(split, first + i);
    const auto label = static_cast<std::size_t>(random.between(0, int(drawn_classes().size()) - 1));
    drawn.labels[i] = static_cast<std::int64_t>(label);
    drawn::draw_scene(label, random).write(std::span(drawn.images.pixels).subspan(i * elements, elements));
  }
  return drawn;
}

}  // namespace neartile::workloads
