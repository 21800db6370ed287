#include "neartile/pe/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/circuit.h"
#include "neartile/pe/circuit_cost.h"
#include "neartile/pe/netlist_evaluation.h"
#include "support/netlist_checks.h"
#include "support/shared_data.h"

namespace neartile::pe {
namespace {

using testing::HasSubstr;

#define NEARTILE_NEEDS_YOSYS() \
  if (!can_map()) GTEST_SKIP() << "yosys is not installed"

TEST(Liberty, ThatIsWrittenReadsBackAsTheSameCells) {
  const Technology& given = default_technology();
  const Technology read = import_liberty(to_liberty(given), "written");
  std::size_t combinational = 0;
  for (const Cell& cell : given.cells) {
    // Cells of more than six inputs have no function here, so nothing could be mapped to them.
    if (cell.flip_flop || cell.inputs.empty() || !cell.outputs.front().function) continue;
    const Cell* same = read.find(cell.name);
    ASSERT_NE(same, nullptr) << cell.name;
    ++combinational;
    EXPECT_DOUBLE_EQ(same->area_um2, cell.area_um2);
    ASSERT_EQ(same->outputs.size(), cell.outputs.size());
    EXPECT_EQ(same->outputs[0].function, cell.outputs[0].function) << cell.name;
    EXPECT_EQ(same->outputs[0].axes.load_fF, cell.outputs[0].axes.load_fF);
    EXPECT_EQ(same->inputs[0].capacitance_fF, cell.inputs[0].capacitance_fF);
  }
  EXPECT_GT(combinational, 80u);
}

TEST(Liberty, ThatIsWrittenHasTheFlipFlops) {
  const Technology read = import_liberty(to_liberty(default_technology()), "written");
  std::size_t flip_flops = 0;
  for (const Cell& cell : default_technology().cells) {
    if (!cell.flip_flop) continue;
    const Cell* same = read.find(cell.name);
    ASSERT_NE(same, nullptr) << cell.name;
    ++flip_flops;
    EXPECT_DOUBLE_EQ(same->area_um2, cell.area_um2);
    ASSERT_TRUE(same->flip_flop);
    EXPECT_EQ(same->flip_flop->state, cell.flip_flop->state);
    EXPECT_EQ(same->flip_flop->clocked_on, cell.flip_flop->clocked_on);
    EXPECT_EQ(same->flip_flop->next_state, cell.flip_flop->next_state);
    EXPECT_EQ(same->outputs[0].expression, cell.outputs[0].expression);
  }
  EXPECT_EQ(flip_flops, 4u);
}

TEST(Mapping, KeepsProductsAndUsesCellsOfTheTechnologyOnly) {
  NEARTILE_NEEDS_YOSYS();
  const Circuit circuit = make_circuit("truncated(6).u8u8");
  const Netlist mapped = map_netlist(*circuit.netlist, default_technology());
  EXPECT_EQ(all_products(mapped), all_products(*circuit.netlist));
  for (const Gate& gate : mapped.gates())
    EXPECT_NE(default_technology().find(mapped.cell_of(gate).name), nullptr);
}

TEST(Mapping, DrivesConstantProductBitsByTieCells) {
  NEARTILE_NEEDS_YOSYS();
  const Netlist mapped = map_netlist(*make_circuit("truncated(6).u8u8").netlist, default_technology());
  std::size_t ties = 0;
  for (const Gate& gate : mapped.gates()) ties += mapped.cell_of(gate).name == "TIELOx1_ASAP7_75t_R";
  EXPECT_EQ(ties, 6u);
}

TEST(Mapping, SaysInOneLineThatALibertyFileIsNone) {
  NEARTILE_NEEDS_YOSYS();
  MappingSettings settings;
  settings.liberty = NEARTILE_SOURCE_DIR "/LICENSE";
  const std::string line = testing_support::error_of(
      [&] { map_netlist(*make_circuit("exact.u8u8").netlist, default_technology(), settings); });
  EXPECT_THAT(line, HasSubstr("yosys failed"));
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

// Areas of the ASAP7 netlists that the same flow made elsewhere, um2.
class MappingOfRtl : public testing::TestWithParam<std::pair<const char*, double>> {};

TEST_P(MappingOfRtl, HasThePublishedArea) {
  NEARTILE_NEEDS_SHARED();
  NEARTILE_NEEDS_YOSYS();
  const auto [name, area_um2] = GetParam();
  const auto shared = testing_support::shared_data();
  const auto file = shared / "reference/circuits" / (std::string(name) + ".v");
  const std::string text = read_text_file(file);
  const Technology& technology = default_technology();
  const Netlist netlist = import_verilog(text, file.string(), cells_of(technology));
  for (const char* liberty : {"", "data/asap7/asap7_rvt_tt_synth.lib.gz"}) {
    MappingSettings settings;
    if (*liberty) settings.liberty = shared / liberty;
    const Netlist mapped = map_verilog(text, {}, netlist, technology, settings);
    EXPECT_NEAR(circuit_cost(mapped, technology).area_um2, area_um2, 0.01 * area_um2) << liberty;
  }
}

INSTANTIATE_TEST_SUITE_P(All, MappingOfRtl,
                         testing::Values(std::pair("mul8u_array", 31.52), std::pair("mul8u_tree", 35.85),
                                         std::pair("mul8s_array", 33.23), std::pair("mul8u_trunc4", 27.69),
                                         std::pair("mul8u_trunc6", 21.97)),
                         [](const auto& tested) { return tested.param.first; });

}  // namespace
}  // namespace neartile::pe
