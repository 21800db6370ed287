#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace neartile::testing_support {

/// A span of a timeline file, as the strict reader found it.
struct TraceSpan {
  std::string name, category;
  std::uint64_t begin_cycle = 0, end_cycle = 0;
  nlohmann::json arguments;
};

/// Spans by the names of process and thread.
using Trace = std::map<std::pair<std::string, std::string>, std::vector<TraceSpan>>;

/// Reads a timeline as strictly as the trace event format can be taken: every event has its keys with their
/// types and no others, tracks are named before their first span, spans of a track neither overlap nor come
/// out of order, and times in us are those of the cycles. Failures are reported; then the trace is of use.
class TraceReader {
 public:
  static Trace read(const std::string& text) {
    TraceReader reader;
    reader.read_file(text);
    return std::move(reader.trace_);
  }

 private:
  using Json = nlohmann::json;

  void read_file(const std::string& text) {
    // A key that comes twice would hide a mistake from most readers.
    std::vector<std::set<std::string>> keys;
    const Json file = Json::parse(text, [&](int, Json::parse_event_t event, Json& parsed) {
      if (event == Json::parse_event_t::object_start) keys.emplace_back();
      if (event == Json::parse_event_t::object_end) keys.pop_back();
      if (event == Json::parse_event_t::key) {
        const bool is_new = keys.back().insert(parsed).second;
        EXPECT_TRUE(is_new) << parsed;
      }
      return true;
    });
    ASSERT_TRUE(file.is_object());
    EXPECT_EQ(file.at("displayTimeUnit"), "ns");
    clock_MHz_ = file.at("otherData").at("clock_MHz").get<double>();
    for (const Json& event : file.at("traceEvents")) {
      const std::string phase = event.at("ph");
      if (phase == "M")
        read_name(event);
      else if (phase == "X")
        read_span(event);
      else
        ADD_FAILURE() << "an event of phase " << phase;
    }
  }

  static void expect_keys(const Json& event, const std::set<std::string>& expected) {
    std::set<std::string> keys;
    for (const auto& [key, value] : event.items()) keys.insert(key);
    EXPECT_EQ(keys, expected) << event;
  }

  void read_name(const Json& event) {
    expect_keys(event, {"ph", "name", "pid", "tid", "args"});
    const std::string what = event.at("name");
    const Id id{event.at("pid"), event.at("tid")};
    if (what == "process_name") {
      EXPECT_TRUE(processes_.emplace(id.first, event.at("args").at("name").get<std::string>()).second)
          << event;
    } else if (what == "thread_name") {
      EXPECT_TRUE(threads_.emplace(id, event.at("args").at("name").get<std::string>()).second) << event;
    } else {
      EXPECT_TRUE(what == "process_sort_index" || what == "thread_sort_index") << event;
      EXPECT_TRUE(event.at("args").at("sort_index").is_number_unsigned()) << event;
    }
  }

  void read_span(const Json& event) {
    expect_keys(event, {"ph", "name", "cat", "pid", "tid", "ts", "dur", "args"});
    const Id id{event.at("pid"), event.at("tid")};
    ASSERT_TRUE(processes_.count(id.first) && threads_.count(id)) << "no name of the track of " << event;
    TraceSpan span{event.at("name"), event.at("cat"), event.at("args").at("begin_cycle"), 0,
                   event.at("args")};
    span.end_cycle = span.begin_cycle + event.at("args").at("cycles").get<std::uint64_t>();
    EXPECT_LT(span.begin_cycle, span.end_cycle) << event;
    const double ts = event.at("ts"), dur = event.at("dur"), rounding_us = 1.1e-6;
    EXPECT_NEAR(ts, static_cast<double>(span.begin_cycle) / clock_MHz_, rounding_us) << event;
    EXPECT_NEAR(ts + dur, static_cast<double>(span.end_cycle) / clock_MHz_, rounding_us) << event;
    auto& track = trace_[{processes_[id.first], threads_[id]}];
    if (!track.empty()) {
      EXPECT_GE(span.begin_cycle, track.back().end_cycle) << "two things at once: " << event;
      EXPECT_GE(std::llround(ts * 1e6), last_ps_[id]) << "two things at once: " << event;
    }
    last_ps_[id] = std::llround(ts * 1e6) + std::llround(dur * 1e6);
    track.push_back(std::move(span));
  }

  using Id = std::pair<std::uint64_t, std::uint64_t>;
  double clock_MHz_ = 0;
  std::map<std::uint64_t, std::string> processes_;
  std::map<Id, std::string> threads_;
  std::map<Id, long long> last_ps_;
  Trace trace_;
};

}  // namespace neartile::testing_support
