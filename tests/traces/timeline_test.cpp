#include "neartile/traces/timeline.h"

#include <gtest/gtest.h>

#include <sstream>

#include "support/trace_reader.h"

namespace neartile::traces {
namespace {

using testing_support::Trace;
using testing_support::TraceReader;

TEST(Timeline, IsReadBackTrackByTrack) {
  std::ostringstream text;
  TimelineWriter writer(text, 940);
  const auto layers = writer.track("network", "layers");
  const auto first = writer.track("arrays", "array 0"), second = writer.track("arrays", "array 1");
  writer.span(layers, {0, 1000003, "conv \"1\"\n", "Conv", {{"layer", 7}}, {{"group", "drum(4)"}}});
  writer.span(first, {0, 5, "stream", "array", {}, {}});
  writer.span(second, {2, 3, "stream", "array", {}, {}});
  writer.span(first, {5, 6, "drain", "array", {}, {}});
  writer.finish();

  const Trace trace = TraceReader::read(text.str());
  ASSERT_EQ(trace.size(), 3u);
  const auto& conv = trace.at({"network", "layers"}).at(0);
  EXPECT_EQ(conv.name, "conv \"1\"\n");
  EXPECT_EQ(conv.category, "Conv");
  EXPECT_EQ(conv.end_cycle, 1000003u);
  EXPECT_EQ(conv.arguments.at("layer"), 7);
  EXPECT_EQ(conv.arguments.at("group"), "drum(4)");
  const auto& array = trace.at({"arrays", "array 0"});
  ASSERT_EQ(array.size(), 2u);
  EXPECT_EQ(array[1].begin_cycle, 5u);
  EXPECT_EQ(array[1].name, "drain");
  EXPECT_EQ(trace.at({"arrays", "array 1"}).at(0).begin_cycle, 2u);
}

// A cycle of 1.06 ns is no whole number of anything: rounded ends must meet all the same.
TEST(Timeline, NeighboursOfOddLengthsMeet) {
  for (const double clock_MHz : {940.0, 700.3, 1.0, 99999.0}) {
    std::ostringstream text;
    TimelineWriter writer(text, clock_MHz);
    const auto track = writer.track("arrays", "array 0");
    std::uint64_t cycle = 3000000000;
    for (std::uint64_t length = 1; length < 200; cycle += length, ++length)
      writer.span(track, {cycle, cycle + length, "span", "test", {}, {}});
    writer.finish();
    EXPECT_EQ(TraceReader::read(text.str()).at({"arrays", "array 0"}).size(), 199u);
  }
}

TEST(Timeline, EmptySpansAreLeftOut) {
  std::ostringstream text;
  TimelineWriter writer(text, 1000);
  writer.span(writer.track("a", "b"), {5, 5, "nothing", "test", {}, {}});
  writer.finish();
  EXPECT_TRUE(TraceReader::read(text.str()).empty());
}

}  // namespace
}  // namespace neartile::traces
