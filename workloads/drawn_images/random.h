#pragma once

#include <cassert>
#include <cstdint>

#include "neartile/workloads/drawn_images.h"

namespace neartile::workloads::drawn {

/// Images that a split holds before its random numbers would run into the next one's.
inline constexpr std::uint64_t kImagesOfSplit = std::uint64_t{1} << 46;

/// Random numbers of one image, by counter: split, image and draw fill the 64 bits of a counter, and
/// SplitMix64's output function (Steele, Lea, Flood 2014) maps counters one to one. So no two images share
/// a draw, and an image needs none of those before it.
class Random {
 public:
  Random(Split split, std::uint64_t image) : counter_(std::uint64_t(split) << 62 | image << 16) {}

  std::uint64_t bits() {
    assert((counter_ & 0xffff) != 0xffff);
    std::uint64_t z = ++counter_ * 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /// Evenly in low..high, both included.
  int between(int low, int high) {
    return low + static_cast<int>((bits() >> 32) * static_cast<std::uint64_t>(high - low + 1) >> 32);
  }
  bool chance(int percent) { return between(1, 100) <= percent; }

 private:
  std::uint64_t counter_;
};

}  // namespace neartile::workloads::drawn
