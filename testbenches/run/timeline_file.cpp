#include "run/timeline_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "neartile/pe/base/error.h"

namespace neartile {

namespace fs = std::filesystem;

TimelineFile::TimelineFile(fs::path file, std::size_t images, const router::ChipConfig& chip)
    : file_(std::move(file)),
      beside_(file_.parent_path() / fmt::format(".{}.{}", file_.filename().string(), getpid())),
      images_left_(images) {
  std::error_code error;
  if (file_.has_parent_path()) fs::create_directories(file_.parent_path(), error);
  stream_.open(beside_, std::ios::binary);
  if (!stream_) fail();
  timeline_ = std::make_unique<sc_models::ChipTimeline>(stream_, chip);
}

TimelineFile::~TimelineFile() {
  std::error_code ignored;
  fs::remove(beside_, ignored);
}

void TimelineFile::add(const router::Program& program, const sc_models::ExecutionTimes& times) {
  if (images_left_ == 0) return;
  images_left_ -= std::min<std::size_t>(images_left_, program.images);
  timeline_->add(program, times);
}

void TimelineFile::finish() {
  timeline_->finish();
  stream_.close();
  std::error_code error;
  if (stream_) fs::rename(beside_, file_, error);
  if (!stream_ || error) fail();
}

void TimelineFile::fail() const {
  throw InputError("--timeline " + file_.string(), "cannot be written");
}

std::unique_ptr<TimelineFile> timeline_of(const RunOptions& options, const router::ChipConfig& chip) {
  if (!options.timeline) return nullptr;
  return std::make_unique<TimelineFile>(*options.timeline, options.timeline_images, chip);
}

}  // namespace neartile
