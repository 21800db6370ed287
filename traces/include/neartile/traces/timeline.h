#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace neartile::traces {

/// A stretch of a resource's time, in clock cycles, with what one may want to know of it.
struct TimelineSpan {
  std::uint64_t begin_cycle = 0, end_cycle = 0;
  std::string_view name;
  std::string_view category;  ///< colours of a viewer go by name, filters by category
  std::vector<std::pair<std::string_view, std::uint64_t>> numbers;  ///< names with their units
  std::vector<std::pair<std::string_view, std::string_view>> texts;
};

/// Writes a timeline in the trace event format, which Perfetto and chrome://tracing open: spans are complete
/// events ("X"), times in us. Events are written as they come.
class TimelineWriter {
 public:
  /// A row of the picture.
  struct Track {
    std::uint64_t process = 0, thread = 0;
  };

  TimelineWriter(std::ostream& stream, double clock_MHz);
  TimelineWriter(const TimelineWriter&) = delete;
  TimelineWriter& operator=(const TimelineWriter&) = delete;

  /// A track in the group of tracks `group`; both in the order in which they are made.
  Track track(const std::string& group, const std::string& name);
  /// Of a track, spans do not overlap and come in the order of time; empty ones are left out.
  void span(const Track& track, const TimelineSpan& span);
  /// Ends the file; nothing may follow.
  void finish();

 private:
  void event(const std::string& json);
  void name(const char* what, const Track& track, const std::string& text);
  double us(std::uint64_t cycle) const { return static_cast<double>(cycle) / clock_MHz_; }

  std::ostream& stream_;
  double clock_MHz_;
  std::map<std::string, Track> groups_;  ///< a group's last track
  bool first_ = true;
};

}  // namespace neartile::traces
