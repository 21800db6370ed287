#include "neartile/router/mapping.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "neartile/router/estimate.h"
#include "support/error_of.h"
#include "support/small_networks.h"
#include "support/temporary_folder.h"

namespace neartile::router {
namespace {

using testing_support::NetworkBuilder;
using testing_support::window;

ChipConfig chip_of_arrays(std::uint64_t count) {
  ChipConfig chip;
  chip.arrays[0].count = count;
  chip.arrays[0].array.rows = chip.arrays[0].array.columns = 16;
  complete(chip, "test");
  return chip;
}

// A convolution of many vectors, a depthwise one, a fully connected layer of one vector.
workloads::Network small_network() {
  NetworkBuilder net({8, 20, 20}, 1);
  const auto wide = net.convolution(0, 16, window(3, 1, 1));
  const auto depthwise = net.convolution(wide, 16, window(3, 2, 1), 16);
  net.fully_connected(depthwise, 64);
  return net.network();
}

Mapping mapping_for(const workloads::Network& network, const ChipConfig& chip) {
  return default_mapping(network, Routing(network.nodes.size(), 0), chip);
}

TEST(DefaultMapping, SharesVectorsWhereThereAreManyAndNTilesWhereThereIsOne) {
  const Mapping mapping = mapping_for(small_network(), chip_of_arrays(4));
  EXPECT_EQ(mapping[0].split, Split::m);
  EXPECT_EQ(mapping[2].split, Split::n) << "one vector keeps one array busy, four N tiles four";
}

TEST(DefaultMapping, SendsDepthwiseLayersToTheFasterUnit) {
  ChipConfig chip = chip_of_arrays(4);
  EXPECT_EQ(mapping_for(small_network(), chip)[1].unit, LayerUnit::vector_unit);
  EXPECT_EQ(mapping_for(small_network(), chip)[0].unit, LayerUnit::arrays);
  chip.vector_unit.lanes = 1;
  EXPECT_EQ(mapping_for(small_network(), chip)[1].unit, LayerUnit::arrays);
}

TEST(DefaultMapping, TakesNoMoreCyclesThanThePlainOneWhereOnlyArraysTakeTime) {
  for (const std::uint64_t arrays : {1, 2, 3, 7}) {
    const workloads::Network network = testing_support::network_of_everything(1).network();
    ChipConfig chip = chip_of_arrays(arrays);
    chip.memory.bandwidth_GBps = 1e6;
    chip.vector_unit.latency_cycles = 0;
    chip.vector_unit.lanes = 1 << 20;
    const Routing routing(network.nodes.size(), 0);
    const auto plain = estimate_cycles(network, routing, chip);
    const auto chosen = estimate_cycles(network, routing, chip, default_mapping(network, routing, chip));
    for (std::size_t node = 0; node < plain.size(); ++node) EXPECT_LE(chosen[node].count, plain[node].count);
  }
}

struct Read {
  Mapping operator()(const std::string& text) const {
    return read_mapping(folder.write("m.json", text), network, Routing(network.nodes.size(), 0), chip);
  }
  std::string error(const std::string& text) const {
    return testing_support::error_of([&] { (*this)(text); });
  }
  testing_support::TemporaryFolder folder;
  workloads::Network network = small_network();
  ChipConfig chip = chip_of_arrays(4);
};

TEST(ReadMapping, ChangesWhatItNames) {
  const Read read;
  const Mapping usual = mapping_for(read.network, read.chip);
  Mapping expected = usual;
  EXPECT_EQ(read("{}"), usual);
  expected[0].m_chunk = 7;
  expected[0].split = Split::n;
  expected[1].unit = LayerUnit::arrays;
  EXPECT_EQ(read(R"({"layers": {"layer0": {"m_chunk": 7, "split": "n"}, "layer1": {"unit": "arrays"}}})"),
            expected);
}

TEST(ReadMapping, DefaultIsForAllLayersAndNamesComeAfterIt) {
  const Mapping mapping =
      Read()(R"({"layers": {"layer2": {"order": "n-outer"}}, "default": {"order": "m-outer"}})");
  EXPECT_EQ(mapping[0].order, TileOrder::m_outer);
  EXPECT_EQ(mapping[1].order, TileOrder::m_outer);
  EXPECT_EQ(mapping[2].order, TileOrder::n_outer);
}

TEST(ReadMapping, SaysWhatIsWrongInOneLine) {
  const Read read;
  const std::string file = (read.folder / "m.json").string();
  EXPECT_EQ(read.error(R"({"layers": {"conv9": {}}})"),
            file + ": /layers: unknown key \"conv9\", expected one of layer0, layer1, layer2");
  EXPECT_EQ(read.error(R"({"layers": {"layer0": {"depth": 1}}})"),
            file + ": /layers/layer0: unknown key \"depth\", expected one of unit, order, split, m_chunk");
  EXPECT_EQ(read.error(R"({"layers": {"layer0": {"split": "k"}}})"),
            file + ": /layers/layer0/split: is \"k\", expected one of m, n");
  EXPECT_EQ(
      read.error(R"({"layers": {"layer0": {"unit": "vector-unit"}}})"),
      file + ": layer \"layer0\": is on the vector unit, expected arrays: it is no depthwise convolution");
  EXPECT_EQ(read.error(R"({"default": {"m_chunk": 2049}})"),
            file + ": layer \"layer0\": m_chunk is 2049, expected at most 2048: half of accumulator_vectors");
}

TEST(ArraysOf, LayersOfTheVectorUnitHaveExactProductsAndWideSums) {
  ChipConfig chip = chip_of_arrays(1);
  chip.arrays[0].array.pe.multiplier = "truncated(6)";
  chip.arrays[0].array.pe.accumulator_bits = 20;
  Mapping mapping(2);
  mapping[1].unit = LayerUnit::vector_unit;
  const auto arrays = arrays_of({0, 0}, mapping, chip);
  EXPECT_EQ(pe::name_of(arrays[0].pe), pe::name_of(chip.arrays[0].array.pe));
  EXPECT_EQ(pe::name_of(arrays[1].pe), "exact");
}

}  // namespace
}  // namespace neartile::router
