#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>

namespace neartile {

/// One line on standard error that says how far a phase is; silent unless a terminal reads it.
class Progress {
 public:
  Progress(std::string phase, std::size_t total);
  Progress(const Progress&) = delete;
  ~Progress();

  /// What computations call with the number of finished images, from any thread.
  std::function<void(std::size_t)> counter();

 private:
  void show(std::size_t done);

  std::string phase_;
  std::size_t total_;
  bool visible_;
  std::chrono::steady_clock::time_point next_{};  // no line before
  std::mutex mutex_;
};

}  // namespace neartile
