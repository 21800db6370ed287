#include "neartile/sc_models/array_spans.h"

#include <gtest/gtest.h>

#include <string>

namespace neartile::sc_models {
namespace {

using router::Command;
using router::CommandIndex;

/// A program of one layer (or several) with times as one likes them, for an array of 4 x 4 PEs.
class Case {
 public:
  explicit Case(std::size_t layers = 1, std::uint64_t weight_registers = 2) {
    chip_.arrays[0].count = 2;
    chip_.arrays[0].array.rows = chip_.arrays[0].array.columns = 4;
    chip_.arrays[0].array.pe.weight_registers = weight_registers;
    program_.layers.resize(layers);
    for (auto& layer : program_.layers) layer.matrix = true;
  }
  Case& vector_layer(router::LayerIndex layer) {
    program_.layers[layer].matrix = false;
    return *this;
  }
  template <class Work>
  CommandIndex add(router::LayerIndex layer, std::vector<CommandIndex> after, Work work, std::uint64_t begin,
                   std::uint64_t end, std::uint64_t unit = 0) {
    program_.commands.push_back({layer, std::move(after), work});
    times_.commands.push_back({begin, end, end, unit, {}, 0});
    times_.cycles = std::max(times_.cycles, end);
    return static_cast<CommandIndex>(program_.commands.size() - 1);
  }
  /// A tile that comes at `begin`, and whose weights enter from `load` on; it ends 7 cycles after its stream.
  CommandIndex tile(router::LayerIndex layer, std::vector<CommandIndex> after, std::uint64_t begin,
                    std::uint64_t load, std::uint64_t stream, std::uint64_t m, std::uint64_t unit = 0) {
    router::Matmul work;
    work.part = static_cast<router::Part>(unit);
    const CommandIndex i = add(layer, std::move(after), work, begin, stream + m + 7, unit);
    times_.commands[i].tile = {load, stream, stream + m, stream + m + 7};
    return i;
  }
  Case& images(std::uint32_t count) {
    program_.images = count;
    return *this;
  }
  Case& of_image(CommandIndex i, std::uint32_t image) {
    program_.commands[i].image = image;
    return *this;
  }
  CommandTimes& times(CommandIndex i) { return times_.commands[i]; }

  /// "begin-end state, ..", and that layers and states add up to everything.
  std::string spans(std::uint64_t array = 0) {
    std::string text;
    std::uint64_t at = 0;
    const auto all = array_spans(program_, times_, chip_, array);
    for (const ArraySpan& span : all) {
      EXPECT_EQ(span.begin, at);
      EXPECT_LT(span.begin, span.end);
      at = span.end;
      text += (text.empty() ? "" : ", ") + std::to_string(span.begin) + "-" + std::to_string(span.end) + " " +
              std::string(name_of(span.state));
    }
    EXPECT_EQ(at, times_.cycles);
    const auto ends = layer_ends(program_, times_);
    std::vector<std::uint64_t> cycles(program_.layers.size());
    for (std::size_t i = 0; i < ends.size(); ++i)
      cycles[ends[i].layer] += ends[i].cycle - (i > 0 ? ends[i - 1].cycle : 0);
    const auto layers = time_by_layer(all, program_.layers.size());
    for (std::size_t layer = 0; layer < layers.size(); ++layer)
      EXPECT_EQ(layers[layer].total(), cycles[layer]) << layer;
    return text;
  }

 private:
  router::ChipConfig chip_;
  router::Program program_;
  ExecutionTimes times_;
};

TEST(ArraySpans, ATileLoadsStreamsAndDrains) {
  Case c;
  c.tile(0, {}, 0, 0, 3, 10);
  EXPECT_EQ(c.spans(), "0-3 weight_load, 3-13 stream, 13-20 drain");
}

TEST(ArraySpans, AnArrayWithoutTilesHasNoWork) {
  Case c;
  c.tile(0, {}, 0, 0, 3, 10);
  EXPECT_EQ(c.spans(1), "0-20 no_work");
}

TEST(ArraySpans, LoadsThatHideBehindAStreamCostNothing) {
  Case c;
  c.tile(0, {}, 0, 0, 3, 10);
  c.tile(0, {}, 0, 4, 13, 5);
  EXPECT_EQ(c.spans(), "0-3 weight_load, 3-13 stream, 13-18 stream, 18-25 drain");
}

TEST(ArraySpans, WithOneWeightRegisterATileWaitsForTheSumsBefore) {
  Case c(1, 1);
  c.tile(0, {}, 0, 0, 3, 10);
  c.tile(0, {}, 0, 20, 23, 5);
  EXPECT_EQ(c.spans(),
            "0-3 weight_load, 3-13 stream, 13-20 drain, 20-23 weight_load, 23-28 stream, 28-35 drain");
}

TEST(ArraySpans, WeightsThatComeLateAreBandwidth) {
  Case c;
  const auto load = c.add(0, {}, router::LoadWeights{}, 0, 40);
  c.tile(0, {load}, 40, 40, 43, 10);
  EXPECT_EQ(c.spans(), "0-40 bandwidth, 40-43 weight_load, 43-53 stream, 53-60 drain");
}

// The law would have streamed from 13 on, with weights that came at 10: those 30 cycles are missing.
TEST(ArraySpans, WithinALayerWhatTheLawDoesNotHaveIsTheStall) {
  Case c;
  c.tile(0, {}, 0, 0, 3, 10);
  const auto load = c.add(0, {}, router::LoadWeights{}, 5, 40);
  c.tile(0, {load}, 40, 40, 43, 10);
  EXPECT_EQ(c.spans(), "0-3 weight_load, 3-13 stream, 13-43 bandwidth, 43-53 stream, 53-60 drain");
}

TEST(ArraySpans, ShortStreamsShowTheLoadsThatTheLawHas) {
  Case c;
  c.tile(0, {}, 0, 0, 3, 1);
  c.tile(0, {}, 0, 4, 7, 1);
  EXPECT_EQ(c.spans(), "0-3 weight_load, 3-4 stream, 4-7 weight_load, 7-8 stream, 8-15 drain");
}

TEST(ArraySpans, ALoadBehindAnotherOnItsEngineIsBandwidthToo) {
  Case c;
  c.add(0, {}, router::LoadTensor{}, 0, 30);
  const auto load = c.add(0, {}, router::LoadWeights{}, 30, 40);
  c.tile(0, {load}, 40, 40, 43, 10);
  EXPECT_EQ(c.spans(), "0-40 bandwidth, 40-43 weight_load, 43-53 stream, 53-60 drain");
}

TEST(ArraySpans, ALoadThatWaitsForItsSlotIsTheBuffers) {
  Case c;
  const auto user = c.tile(0, {}, 0, 0, 3, 10);
  const auto load = c.add(0, {user}, router::LoadWeights{}, 20, 50);
  c.tile(0, {load}, 50, 50, 53, 1);
  EXPECT_EQ(c.spans(),
            "0-3 weight_load, 3-13 stream, 13-23 buffer, 23-53 bandwidth, 53-54 stream, 54-61 drain");
}

TEST(ArraySpans, AHalfThatIsNotReadOutIsTheBuffers) {
  Case c;
  const auto first = c.tile(0, {}, 0, 0, 3, 10);
  const auto drained = c.add(0, {first}, router::Requantise{}, 20, 30);
  c.tile(0, {drained}, 30, 30, 33, 5);
  EXPECT_EQ(c.spans(), "0-3 weight_load, 3-13 stream, 13-33 buffer, 33-38 stream, 38-45 drain");
}

TEST(ArraySpans, TheLayerBeforeIsADependencyAndOwnSumsDrain) {
  Case c(2);
  const auto first = c.tile(0, {}, 0, 0, 3, 10);
  const auto requantised = c.add(0, {first}, router::Requantise{}, 20, 30);
  const auto fence = c.add(0, {requantised}, router::Fence{}, 30, 30);
  c.tile(1, {fence, requantised}, 30, 30, 33, 5);
  EXPECT_EQ(c.spans(),
            "0-3 weight_load, 3-13 stream, 13-20 drain, 20-30 dependency, 30-33 weight_load, "
            "33-38 stream, 38-45 drain");
}

TEST(ArraySpans, AnotherArraysTilesAreADependency) {
  Case c(2);
  const auto own = c.tile(0, {}, 0, 0, 3, 10);
  const auto other = c.tile(0, {}, 0, 0, 3, 50, 1);
  const auto fence = c.add(0, {own, other}, router::Fence{}, 60, 60);
  c.tile(1, {fence}, 60, 60, 63, 5);
  EXPECT_EQ(c.spans(),
            "0-3 weight_load, 3-13 stream, 13-20 drain, 20-60 dependency, 60-63 weight_load, 63-68 stream, "
            "68-75 drain");
}

TEST(ArraySpans, LayersOfOtherArraysAreNoWorkButVectorLayersAreWaitedFor) {
  Case c(3);
  c.vector_layer(1);
  const auto other = c.tile(0, {}, 0, 0, 3, 10, 1);
  const auto vector = c.add(1, {other}, router::VectorCompute{}, 20, 32);
  c.tile(2, {vector}, 32, 32, 35, 5);
  EXPECT_EQ(c.spans(0), "0-20 no_work, 20-32 dependency, 32-35 weight_load, 35-40 stream, 40-47 drain");
  EXPECT_EQ(c.spans(1), "0-3 weight_load, 3-13 stream, 13-20 drain, 20-32 no_work, 32-47 no_work");
}

// While the array waits for the second image's layer 0, the other array ends layer 1 of the first image.
TEST(ArraySpans, LayersOfSeveralImagesAddUpInTheOrderOfTheirEnds) {
  Case c(2);
  c.images(2);
  const auto first = c.tile(0, {}, 0, 0, 3, 10);
  c.tile(1, {first}, 20, 20, 23, 10, 1);
  const auto load = c.add(0, {}, router::LoadTensor{}, 5, 50);
  c.of_image(load, 1);
  const auto second = c.tile(0, {load}, 50, 50, 53, 10);
  c.of_image(second, 1);
  c.of_image(c.tile(1, {second}, 70, 70, 73, 10, 1), 1);
  EXPECT_EQ(c.spans(0),
            "0-3 weight_load, 3-13 stream, 13-20 drain, 20-40 bandwidth, 40-50 bandwidth, 50-53 weight_load, "
            "53-63 stream, 63-70 drain, 70-90 no_work");
}

TEST(ArraySpans, ConflictsInBuffersAreTheBuffers) {
  Case c;
  c.tile(0, {}, 0, 0, 3, 10);
  c.times(c.tile(0, {}, 0, 17, 20, 5)).buffer_cycles = 7;
  EXPECT_EQ(c.spans(), "0-3 weight_load, 3-13 stream, 13-20 buffer, 20-25 stream, 25-32 drain");
}

}  // namespace
}  // namespace neartile::sc_models
