#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace neartile::workloads {

/// Index of the largest score, the lowest on a tie.
template <class Score>
std::size_t argmax(std::span<const Score> scores) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < scores.size(); ++i) {
    if (scores[i] > scores[best]) best = i;
  }
  return best;
}

/// True where `right` is among the five largest scores, lower indices first on ties.
template <class Score>
bool in_top5(std::span<const Score> scores, std::size_t right) {
  std::size_t before = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    before += scores[i] > scores[right] || (scores[i] == scores[right] && i < right);
  }
  return before < 5;
}

/// Right answers over a set of images.
struct Accuracy {
  std::size_t images = 0;
  std::size_t top1_correct = 0;
  std::size_t top5_correct = 0;
};

}  // namespace neartile::workloads
