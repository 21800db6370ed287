#include "neartile/memory/sram_model.h"

#include <algorithm>

namespace neartile::memory {

std::uint64_t SramModel::bank_of(std::uint64_t word) const {
  std::uint64_t bank = 0;
  if (config_.banks == 1) return bank;
  for (; word != 0; word /= config_.banks) bank ^= word % config_.banks;
  return bank;
}

std::uint64_t SramModel::take_port(std::uint64_t word, std::uint64_t from) {
  const std::uint64_t bank = bank_of(word), banks = config_.banks;
  for (std::uint64_t cycle = std::max(from, first_cycle_);; ++cycle) {
    const std::uint64_t place = (cycle - first_cycle_) * banks + bank;
    if (place >= used_.size()) used_.resize(std::max(place + 1, 2 * used_.size()), 0);
    if (used_[place] == config_.ports) continue;
    ++used_[place];
    return cycle;
  }
}

std::uint64_t SramModel::serve(const SramStream& stream) {
  if (stream.run_bytes == 0 || stream.runs == 0) return 0;
  const auto first_word = [&](std::uint64_t run) {
    return (stream.address + run * stream.stride_bytes) / config_.word_bytes;
  };
  const auto last_word = [&](std::uint64_t run) {
    return (stream.address + run * stream.stride_bytes + stream.run_bytes - 1) / config_.word_bytes;
  };
  std::uint64_t words = 0;
  for (std::uint64_t run = 0; run < stream.runs; ++run) words += last_word(run) - first_word(run) + 1;

  std::uint64_t i = 0, before = 0, latest = 0;
  for (std::uint64_t run = 0; run < stream.runs; ++run) {
    for (std::uint64_t word = first_word(run); word <= last_word(run); ++word, ++i) {
      const std::uint64_t wanted = stream.start_cycle + i * stream.cycles / words;
      before = take_port(word, std::max(wanted, before));
      latest = std::max(latest, before - wanted);
      counts_.conflicts += before > wanted;
    }
  }
  (stream.write ? counts_.writes : counts_.reads) += words;
  (stream.write ? counts_.written_bytes : counts_.read_bytes) += stream.runs * stream.run_bytes;
  return latest;
}

void SramModel::forget_before(std::uint64_t cycle) {
  // Moving what is left costs time: only when there is much to forget.
  constexpr std::uint64_t much = 4096;
  if (cycle < first_cycle_ + much) return;
  const std::uint64_t old = std::min<std::uint64_t>((cycle - first_cycle_) * config_.banks, used_.size());
  used_.erase(used_.begin(), used_.begin() + static_cast<std::ptrdiff_t>(old));
  first_cycle_ = cycle;
}

}  // namespace neartile::memory
