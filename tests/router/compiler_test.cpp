#include "neartile/router/compiler.h"

#include <map>
#include <set>
#include <vector>

#include "neartile/pe/base/error.h"
#include "support/error_of.h"
#include "support/small_networks.h"

namespace neartile::router {
namespace {

ChipConfig small_chip(std::uint64_t arrays = 2) {
  ChipConfig chip;
  chip.arrays[0].count = arrays;
  chip.arrays[0].array.rows = 16;
  chip.arrays[0].array.columns = 8;
  chip.unified_buffer_KiB = 64;
  chip.weight_buffer_KiB = 1;
  chip.accumulator_vectors = 40;
  complete(chip, "test");
  return chip;
}

Routing all_to_first(const workloads::Network& network) {
  return Routing(network.nodes.size(), 0);
}

struct Compiled {
  workloads::QuantisedNetwork network = testing_support::network_of_everything(1).quantise();
  ChipConfig chip = small_chip();
  Program program = compile(network, all_to_first(network.network), chip);
};

TEST(Compiler, CommandsWaitForEarlierOnesOnly) {
  const Compiled c;
  ASSERT_GT(c.program.commands.size(), 100u);
  for (std::size_t i = 0; i < c.program.commands.size(); ++i) {
    for (const CommandIndex before : c.program.commands[i].after) EXPECT_LT(before, i);
  }
}

TEST(Compiler, EveryLayersMacsAreInItsTilesOnce) {
  const Compiled c;
  std::map<LayerIndex, std::uint64_t> macs;
  for (const Command& command : c.program.commands) {
    if (const auto* tile = std::get_if<Matmul>(&command.work))
      macs[command.layer] += tile->m * tile->k * tile->n;
  }
  for (LayerIndex layer = 0; layer < c.program.layers.size(); ++layer) {
    if (!c.program.layers[layer].matrix) continue;
    EXPECT_EQ(macs[layer], c.program.layers[layer].shape.macs()) << layer;
  }
}

TEST(Compiler, EveryOutputElementIsRequantisedOnce) {
  const Compiled c;
  std::map<LayerIndex, std::set<std::pair<std::uint64_t, std::uint64_t>>> written;
  for (const Command& command : c.program.commands) {
    const auto* piece = std::get_if<Requantise>(&command.work);
    if (piece == nullptr) continue;
    for (std::uint64_t m = 0; m < piece->m; ++m) {
      for (std::uint64_t n = 0; n < piece->n; ++n) {
        EXPECT_TRUE(written[command.layer].emplace(piece->first_m + m, piece->first_channel + n).second);
      }
    }
  }
  for (const auto& [layer, elements] : written) {
    EXPECT_EQ(elements.size(), c.program.layers[layer].shape.output().elements());
  }
}

TEST(Compiler, TilesComeInKOrderAndFillAnAccumulatorHalfAtMost) {
  const Compiled c;
  std::map<std::pair<Part, std::uint32_t>, std::uint64_t> next_k;
  for (const Command& command : c.program.commands) {
    const auto* tile = std::get_if<Matmul>(&command.work);
    if (tile == nullptr) continue;
    std::uint64_t& k = next_k[{tile->part, tile->half}];
    if (tile->first_tile) k = 0;
    EXPECT_EQ(tile->first_k, k);
    EXPECT_LE(tile->m, c.chip.accumulator_vectors / 2);
    k += tile->k;
  }
}

TEST(Compiler, AWeightSlotIsNotLoadedWhileATileMayStillNeedIt) {
  const Compiled c;
  std::map<std::pair<Part, std::uint32_t>, CommandIndex> last_use;
  for (CommandIndex i = 0; i < c.program.commands.size(); ++i) {
    const Command& command = c.program.commands[i];
    if (const auto* tile = std::get_if<Matmul>(&command.work)) last_use[{tile->part, tile->slot}] = i;
    const auto* load = std::get_if<LoadWeights>(&command.work);
    if (load == nullptr || !last_use.contains({load->part, load->slot})) continue;
    const CommandIndex user = last_use[{load->part, load->slot}];
    EXPECT_TRUE(std::count(command.after.begin(), command.after.end(), user)) << i;
  }
}

TEST(Compiler, DataSegmentsDoNotOverlap) {
  const Compiled c;
  std::map<std::uint64_t, std::uint64_t> ranges{{c.program.input_address, c.program.input_bytes},
                                                {c.program.output_address, c.program.output_bytes}};
  for (const MemorySegment& segment : c.program.memory) {
    EXPECT_TRUE(ranges.emplace(segment.address, segment.bytes.size()).second);
  }
  std::uint64_t end = 0;
  for (const auto& [address, bytes] : ranges) {
    EXPECT_GE(address, end);
    end = address + bytes;
  }
}

std::string refusal(const testing_support::NetworkBuilder& net, std::uint64_t KiB) {
  const auto network = net.quantise();
  ChipConfig chip = small_chip();
  chip.unified_buffer_KiB = KiB;
  return testing_support::error_of([&] { compile(network, all_to_first(network.network), chip); });
}

TEST(Compiler, SaysWhichLayerNeedsMoreUnifiedBuffer) {
  testing_support::NetworkBuilder connected({64, 8, 8}, 1), wide({64, 9, 40}, 1);
  connected.fully_connected(0, 10);
  EXPECT_EQ(refusal(connected, 1),
            "layer 'layer0': its tensors, which cannot be cut, need 5 KiB of unified buffer, "
            "unified_buffer_KiB is 1");
  EXPECT_EQ(refusal(connected, 5), "");
  wide.convolution(0, 8, testing_support::window(3, 1, 1));
  EXPECT_EQ(refusal(wide, 8),
            "layer 'layer0': its smallest stripes need 16 KiB of unified buffer, unified_buffer_KiB is 8");
  EXPECT_EQ(refusal(wide, 16), "");
}

TEST(Compiler, RefusesSignedActivationsOnAnUnsignedType) {
  const auto network = testing_support::network_of_everything(1).quantise(true);
  EXPECT_THROW(compile(network, all_to_first(network.network), small_chip()), InputError);
}

}  // namespace
}  // namespace neartile::router
