#include "text/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace neartile {

Progress::Progress(std::string phase, std::size_t total)
    : phase_(std::move(phase)), total_(total), visible_(isatty(STDERR_FILENO)) {
  show(0);
}

Progress::~Progress() {
  if (visible_) fmt::print(stderr, "\r\033[K");
}

std::function<void(std::size_t)> Progress::counter() {
  return [this](std::size_t done) { show(done); };
}

void Progress::show(std::size_t done) {
  if (!visible_) return;
  const std::scoped_lock lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(50);
  fmt::print(stderr, "\r\033[K{} {}/{}", phase_, done, total_);
  std::fflush(stderr);
}

}  // namespace neartile
