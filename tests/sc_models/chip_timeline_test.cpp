#include "neartile/sc_models/chip_timeline.h"

#include <gtest/gtest.h>

#include <sstream>

#include "neartile/router/compiler.h"
#include "neartile/sc_models/run.h"
#include "support/small_networks.h"
#include "support/trace_reader.h"

namespace neartile::sc_models {
namespace {

using testing_support::Trace;
using testing_support::TraceSpan;

router::ChipConfig two_groups() {
  router::ChipConfig chip;
  chip.arrays.resize(2);
  chip.arrays[0].count = 2;
  chip.arrays[1].array.pe.multiplier = "drum(4)";
  for (auto& group : chip.arrays) group.array.rows = group.array.columns = 8;
  chip.weight_buffer_KiB = 1;
  chip.accumulator_vectors = 40;
  chip.memory.bandwidth_GBps = 10;
  complete(chip, "test");
  return chip;
}

/// Two images through a small chip.
struct Traced {
  Traced() {
    const auto network = testing_support::network_of_everything(1).quantise();
    router::Routing routing;
    for (std::size_t i = 0; i < network.network.nodes.size(); ++i) routing.push_back(i % 2);
    program = compile(network, routing, chip);
    std::ostringstream text;
    ChipTimeline timeline(text, chip);
    const std::vector<std::vector<std::uint8_t>> inputs(2,
                                                        std::vector<std::uint8_t>(program.input_bytes, 90));
    result =
        run(program, chip, inputs, {}, [&](const auto& p, const auto& times) { timeline.add(p, times); });
    timeline.finish();
    trace = testing_support::TraceReader::read(text.str());
  }
  router::ChipConfig chip = two_groups();
  router::Program program;
  RunResult result;
  Trace trace;
};

std::uint64_t cycles_of(const std::vector<TraceSpan>& spans) {
  std::uint64_t cycles = 0;
  for (const TraceSpan& span : spans) cycles += span.end_cycle - span.begin_cycle;
  return cycles;
}

TEST(ChipTimeline, LayersAndArraysFillTheRunWithoutGaps) {
  const Traced t;
  const std::uint64_t total = t.result.cycles.count;
  for (const auto& [group, name] :
       {std::pair{"network", "layers"}, std::pair{"arrays", "array 0: exact"},
        std::pair{"arrays", "array 1: exact"}, std::pair{"arrays", "array 2: drum(4)"}}) {
    const auto& spans = t.trace.at({group, name});
    EXPECT_EQ(cycles_of(spans), total) << name;
    EXPECT_EQ(spans.back().end_cycle, total) << name;
  }
}

TEST(ChipTimeline, ShowsEveryCommandThatTakesTime) {
  const Traced t;
  std::size_t tiles = 0, vectors = 0, transfers = 0, bytes = 0;
  for (const router::Command& command : t.program.commands) {
    tiles += std::holds_alternative<router::Matmul>(command.work);
    vectors += std::holds_alternative<router::Requantise>(command.work) ||
               std::holds_alternative<router::VectorCompute>(command.work);
    if (const auto* load = std::get_if<router::LoadWeights>(&command.work)) ++transfers, bytes += load->bytes;
    if (const auto* load = std::get_if<router::LoadTensor>(&command.work)) ++transfers, bytes += load->bytes;
    if (const auto* store = std::get_if<router::Store>(&command.work)) ++transfers, bytes += store->bytes;
  }
  std::size_t shown_tiles = 0, shown_transfers = 0, shown_bytes = 0, memory_bytes = 0;
  for (const auto& [track, spans] : t.trace) {
    if (track.second.find("weights enter") != std::string::npos) shown_tiles += spans.size();
    if (track.first != "DMA") continue;
    shown_transfers += spans.size();
    for (const TraceSpan& span : spans) shown_bytes += span.arguments.at("bytes").get<std::size_t>();
  }
  for (const TraceSpan& span : t.trace.at({"memory", "external memory"}))
    memory_bytes += span.arguments.at("bytes").get<std::size_t>();
  EXPECT_EQ(shown_tiles, 2 * tiles);
  EXPECT_EQ(t.trace.at({"vector unit", "vector unit"}).size(), 2 * vectors);
  EXPECT_EQ(shown_transfers, 2 * transfers);
  EXPECT_EQ(shown_bytes, 2 * bytes);
  EXPECT_EQ(memory_bytes, 2 * bytes);
}

TEST(ChipTimeline, StatesOfArraysAreThoseOfTheResultAndAddUpToEachLayer) {
  const Traced t;
  std::map<std::string, std::uint64_t> shown, counted;
  for (const auto& [track, spans] : t.trace)
    for (const TraceSpan& span : spans)
      if (track.first == "arrays" && span.name != "weights enter")
        shown[span.name] += span.end_cycle - span.begin_cycle;
  for (const LayerResult& layer : t.result.layers) {
    ASSERT_EQ(layer.arrays.size(), 3u);
    for (const traces::ArrayTime& time : layer.arrays) {
      EXPECT_EQ(time.total(), layer.cycles.count) << layer.name;
      for (std::size_t s = 0; s < traces::array_states; ++s)
        if (time.cycles[s] > 0)
          counted[std::string(name_of(static_cast<traces::ArrayState>(s)))] += time.cycles[s];
    }
  }
  EXPECT_EQ(shown, counted);
  for (const char* state : {"stream", "weight_load", "drain", "bandwidth", "buffer", "dependency", "no_work"})
    EXPECT_GT(counted[state], 0u) << state;
}

// Streams are what the program says, whatever else happens.
TEST(ChipTimeline, ArraysStreamAllVectorsOfTheProgram) {
  const Traced t;
  std::uint64_t vectors = 0, streamed = 0;
  for (const router::Command& command : t.program.commands)
    if (const auto* matmul = std::get_if<router::Matmul>(&command.work)) vectors += matmul->m;
  for (const LayerResult& layer : t.result.layers)
    for (const traces::ArrayTime& time : layer.arrays) streamed += time[traces::ArrayState::stream];
  EXPECT_EQ(streamed, 2 * vectors);
}

}  // namespace
}  // namespace neartile::sc_models
