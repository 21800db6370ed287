#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "neartile/workloads/images.h"

namespace neartile::workloads {

/// Splits of the drawn images; each is its own stream of random numbers, so that none overlaps.
enum class Split : std::uint8_t { train, calibration, search, test };

struct DrawnImages {
  Images images;
  std::vector<std::int64_t> labels;  ///< 0..9
};

/// Names of the ten classes.
const std::vector<std::string>& drawn_classes();

/// Draws images first .. first + count - 1 of a split: the same numbers give the same images on every
/// machine, and there are as many as asked for.
DrawnImages draw_images(Split split, std::uint64_t first, std::uint64_t count);

}  // namespace neartile::workloads
