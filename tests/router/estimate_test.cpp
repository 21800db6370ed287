#include "neartile/router/estimate.h"

#include <gtest/gtest.h>

#include <array>
#include <map>

#include "neartile/array/cycle_law.h"
#include "neartile/workloads/drawn_operands.h"
#include "neartile/workloads/layer_table.h"
#include "router/small_chip.h"
#include "support/comma_rows.h"
#include "support/shared_data.h"

namespace neartile::router {
namespace {

using testing_support::comma_rows;
using testing_support::shared_data;
using workloads::Network;

// Layers of all kinds: more and fewer rows than an array has, groups, one channel a group, a single vector.
Network mixed_network() {
  return workloads::parse_layer_table(
      "name,type,in_h,in_w,in_c,k_h,k_w,stride_h,stride_w,pad_h,pad_w,groups,out_h,out_w,out_c,gemm_m,gemm_n,"
      "gemm_k,"
      "gemm_count\n"
      "stem,conv,12,12,3,3,3,1,1,1,1,1,12,12,10,144,10,27,1\n"
      "pool,maxpool,12,12,10,2,2,2,2,0,0,1,6,6,10,0,0,0,0\n"
      "depthwise,depthwise_conv,6,6,10,3,3,1,1,1,1,10,6,6,10,36,1,9,10\n"
      "thin,conv,6,6,10,1,1,1,1,0,0,2,6,6,8,36,4,5,2\n"
      "wide,conv,6,6,8,1,1,2,2,0,0,1,3,3,40,9,40,8,1\n"
      "attention,matmul_act,9,1,7,1,1,1,1,0,0,3,9,1,9,9,9,7,3\n"
      "fc,fc,1,1,360,1,1,1,1,0,0,1,1,1,17,1,17,360,1\n",
      "mixed.csv", "mixed");
}

ChipConfig mixed_chip() {
  ChipConfig chip = small_chip({"exact", "truncated(4)", "drum(4)"});
  chip.arrays[0].count = 3;
  chip.arrays[1].array.rows = 16;
  chip.arrays[1].array.pe.accumulator_bits = 17;
  chip.arrays[1].array.pe.overflow = pe::Overflow::saturate;
  chip.arrays[2].array.pe.weight_registers = 1;
  chip.accumulator_vectors = 20;
  for (auto& group : chip.arrays) group.name.clear();
  complete(chip, "mixed chip");
  return chip;
}

Routing in_turn(const Network& network, const ChipConfig& chip) {
  Routing routing;
  for (std::size_t node = 0; node < network.nodes.size(); ++node)
    routing.push_back(node % chip.arrays.size());
  return routing;
}

std::vector<std::string> toggles(const Network& network, const ChipConfig& chip, std::size_t threads,
                                 std::uint64_t piece_macs) {
  const workloads::OperandSettings settings;
  EstimateOptions options;
  options.threads = threads;
  options.piece_macs = piece_macs;
  std::vector<std::string> lines;
  for (const auto& counts : estimate_toggles(
           network, in_turn(network, chip), chip,
           [&](std::size_t node) { return draw_operands(settings, network, node, pe::Format::u8s8); },
           options))
    lines.push_back(to_string(counts));
  return lines;
}

TEST(Estimate, TogglesDependNeitherOnThreadsNorOnJoins) {
  const Network network = mixed_network();
  const ChipConfig chip = mixed_chip();
  const auto in_one_go = toggles(network, chip, 1, std::uint64_t{1} << 40);
  for (const std::size_t threads : {1, 2, 5})
    for (const std::uint64_t piece_macs : {1, 700, 20000})
      EXPECT_EQ(toggles(network, chip, threads, piece_macs), in_one_go) << threads << " " << piece_macs;
}

TEST(Estimate, TogglesOfALayerDependOnTheLayerBefore) {
  Network network = mixed_network();
  const ChipConfig chip = small_chip({"exact"});
  const auto all = toggles(network, chip, 1, 1000);
  EXPECT_EQ(all[1], to_string(traces::ToggleCounts{})) << "a vector layer";
  network.nodes.erase(network.nodes.begin());
  EXPECT_NE(toggles(network, chip, 1, 1000)[1], all[2]);
}

TEST(Estimate, GetsTheOperandsOfMatrixLayersOnly) {
  const Network network = mixed_network();
  const ChipConfig chip = mixed_chip();
  std::size_t last_percent = 0;
  EstimateOptions options;
  options.threads = 1;
  options.progress = [&](std::size_t percent) { last_percent = percent; };
  estimate_toggles(
      network, in_turn(network, chip), chip,
      [&](std::size_t node) {
        EXPECT_NE(network.nodes[node].matrix(), nullptr) << node;
        return draw_operands({}, network, node, pe::Format::u8s8);
      },
      options);
  EXPECT_GE(last_percent, 99u);
  EXPECT_LE(last_percent, 100u);
}

TEST(Estimate, OperandsOfAnotherSizeAreRefused) {
  const Network network = mixed_network();
  const ChipConfig chip = mixed_chip();
  EXPECT_THROW(estimate_toggles(network, in_turn(network, chip), chip,
                                [](std::size_t) { return workloads::LayerOperands{}; }),
               std::invalid_argument);
}

TEST(EstimateCycles, SplitVectorsOverTheGroupAndCutThemAtTheAccumulators) {
  const Network network = mixed_network();
  ChipConfig chip = small_chip({"exact"});
  const auto cycles_of = [&](std::size_t node) {
    return estimate_cycles(network, Routing(7, 0), chip)[node];
  };
  const array::ArrayConfig& array = chip.arrays[0].array;
  EXPECT_EQ(cycles_of(0), array::tiles_cycles(array, 4 * 2, 144));
  EXPECT_EQ(cycles_of(1), Cycles(0));
  EXPECT_EQ(cycles_of(2), array::tiles_cycles(array, 10 * 2, 36)) << "a channel is a GEMM of its own";
  EXPECT_EQ(cycles_of(5), array::tiles_cycles(array, 3 * 2, 9));
  chip.arrays[0].count = 10;
  EXPECT_EQ(cycles_of(0), array::tiles_cycles(array, 4 * 2, 15)) << "144 / 10, rounded up";
  EXPECT_EQ(cycles_of(6), array::tiles_cycles(array, 45 * 3, 1)) << "one vector cannot be split";
  chip.arrays[0].count = 1;
  chip.accumulator_vectors = 2 * 48;
  EXPECT_EQ(cycles_of(0), array::tiles_cycles(array, 3 * 4 * 2, 48)) << "three chunks";
}

// SCALE-Sim's cycles by M, K, N.
std::map<std::array<std::size_t, 3>, std::uint64_t> scale_sim_cycles() {
  std::map<std::array<std::size_t, 3>, std::uint64_t> cycles;
  for (const auto& row : comma_rows(shared_data() / "reference/cycles/resnet50_ws128.csv"))
    cycles[{std::stoul(row.at(3)), std::stoul(row.at(4)), std::stoul(row.at(5))}] = std::stoul(row.at(8));
  return cycles;
}

TEST(EstimateCycles, WithoutOverlapAreScaleSimsForResNet50) {
  NEARTILE_NEEDS_SHARED();
  const Network network = workloads::read_layer_table(shared_data() / "data/networks/layers/resnet50.csv");
  ChipConfig chip;
  chip.arrays[0].array.pe.weight_registers = 1;
  chip.accumulator_vectors = 2 * 12544;
  const std::vector<Cycles> cycles = estimate_cycles(network, Routing(network.nodes.size(), 0), chip);
  const auto theirs = scale_sim_cycles();
  std::size_t compared = 0;
  for (std::size_t node = 0; node < network.nodes.size(); ++node) {
    const auto* matrix = network.nodes[node].matrix();
    if (!matrix) continue;
    const auto& s = matrix->shape;
    const auto found = theirs.find({s.m(), s.k(), s.n()});
    if (found == theirs.end()) continue;  // unpadded there: another M
    ++compared;
    EXPECT_EQ(cycles[node], Cycles(found->second)) << network.nodes[node].name;
  }
  EXPECT_GE(compared, 30u);
}

}  // namespace
}  // namespace neartile::router
