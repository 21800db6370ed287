#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <memory>

#include "neartile/router/chip_config.h"
#include "neartile/sc_models/chip_timeline.h"
#include "run/options.h"

namespace neartile {

/// The timeline of a run's first images, written while it runs: beside, then renamed by finish(); without
/// that nothing is left.
class TimelineFile {
 public:
  /// Throws InputError where the file cannot be written.
  TimelineFile(std::filesystem::path file, std::size_t images, const router::ChipConfig& chip);
  ~TimelineFile();
  TimelineFile(const TimelineFile&) = delete;
  TimelineFile& operator=(const TimelineFile&) = delete;

  void add(const router::Program& program, const sc_models::ExecutionTimes& times);
  void finish();

 private:
  [[noreturn]] void fail() const;

  std::filesystem::path file_, beside_;
  std::size_t images_left_;
  std::ofstream stream_;
  std::unique_ptr<sc_models::ChipTimeline> timeline_;
};

/// The timeline that the options ask for, or null.
std::unique_ptr<TimelineFile> timeline_of(const RunOptions& options, const router::ChipConfig& chip);

}  // namespace neartile
