#include "neartile/traces/timeline.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

namespace neartile::traces {
namespace {

std::string json_string(std::string_view text) {
  using Json = nlohmann::json;
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

TimelineWriter::TimelineWriter(std::ostream& stream, double clock_MHz)
    : stream_(stream), clock_MHz_(clock_MHz) {
  stream_ << fmt::format("{{\"displayTimeUnit\":\"ns\",\"otherData\":{{\"clock_MHz\":{}}},\"traceEvents\":[",
                         clock_MHz);
}

void TimelineWriter::event(const std::string& json) {
  stream_ << (first_ ? "\n" : ",\n") << json;
  first_ = false;
}

void TimelineWriter::name(const char* what, const Track& track, const std::string& text) {
  event(fmt::format(R"({{"ph":"M","name":"{}","pid":{},"tid":{},"args":{{"name":{}}}}})", what, track.process,
                    track.thread, json_string(text)));
}

TimelineWriter::Track TimelineWriter::track(const std::string& group, const std::string& text) {
  auto [found, is_new] = groups_.try_emplace(group, Track{groups_.size() + 1, 0});
  Track& track = found->second;
  if (is_new) {
    name("process_name", track, group);
    event(
        fmt::format(R"({{"ph":"M","name":"process_sort_index","pid":{},"tid":0,"args":{{"sort_index":{}}}}})",
                    track.process, track.process));
  }
  ++track.thread;
  name("thread_name", track, text);
  event(fmt::format(R"({{"ph":"M","name":"thread_sort_index","pid":{},"tid":{},"args":{{"sort_index":{}}}}})",
                    track.process, track.thread, track.thread));
  return track;
}

void TimelineWriter::span(const Track& track, const TimelineSpan& span) {
  if (span.end_cycle <= span.begin_cycle) return;
  // Both ends are rounded alike, so that neighbours meet and do not overlap.
  constexpr double ps_per_us = 1e6;
  const auto ps = [&](std::uint64_t cycle) {
    return static_cast<std::uint64_t>(us(cycle) * ps_per_us + 0.5);
  };
  const std::uint64_t begin_ps = ps(span.begin_cycle), length_ps = ps(span.end_cycle) - begin_ps;
  const auto microseconds = [](std::uint64_t time_ps) {
    return fmt::format("{}.{:06}", time_ps / 1000000, time_ps % 1000000);
  };
  std::string json = fmt::format(
      R"({{"ph":"X","name":{},"cat":{},"pid":{},"tid":{},"ts":{},"dur":{},"args":{{"begin_cycle":{},"cycles":{})",
      json_string(span.name), json_string(span.category), track.process, track.thread, microseconds(begin_ps),
      microseconds(length_ps), span.begin_cycle, span.end_cycle - span.begin_cycle);
  for (const auto& [key, value] : span.numbers) json += fmt::format(",{}:{}", json_string(key), value);
  for (const auto& [key, value] : span.texts)
    json += fmt::format(",{}:{}", json_string(key), json_string(value));
  event(json + "}}");
}

void TimelineWriter::finish() {
  stream_ << "\n]}\n" << std::flush;
}

}  // namespace neartile::traces
