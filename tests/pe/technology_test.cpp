#include "neartile/pe/technology.h"

#include <gtest/gtest.h>

#include <random>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "support/shared_data.h"

namespace neartile::pe {
namespace {

using neartile::testing_support::shared_data;

const std::string small = R"lib(/* a comment
over lines */
library (tiny) {
  time_unit : "1ns"; capacitive_load_unit (2, pf); leakage_power_unit : "1uW";
  nom_voltage : 0.8; nom_temperature : 85;  // another
  lu_table_template (t) { variable_1 : total_output_net_capacitance; variable_2 : input_net_transition;
    index_1 ("1, 2"); index_2 ("0.1, 0.2, 0.3"); }
  wire_load ("w") { capacitance : 0.5; slope : 3; fanout_length (1, 2); fanout_length (3, 6); }
  cell (NAND) {
    area : 1.5
    leakage_power () { value : 2; }
    pin (A) { direction : input; capacitance : 0.001; }
    pin (B) { direction : input; capacitance : 0.002; rise_capacitance : 0.003; }
    pin (Y) { direction : output; function : "!(A B)";
      timing () { related_pin : "A B"; timing_sense : negative_unate;
        cell_rise (t) { values ("1, 2, 3", \
                                "4, 5, 6"); }
        rise_transition (scalar) { values ("0.5"); }
      }
      timing () { related_pin : "A"; timing_sense : negative_unate; when : "B";
        cell_rise (scalar) { values ("5"); } rise_transition (scalar) { values ("0.1"); }
      }
    }
  }
  cell (FF) { area : 3; ff (IQ, IQN) { clocked_on : "C"; next_state : "D"; }
    pin (C) { direction : input; clock : true; capacitance : 0.001; }
    pin (D) { direction : input; capacitance : 0.001; }
    pin (Q) { direction : output; function : "IQ"; } }
}
)lib";

TEST(Liberty, CellsKeepTheirFiguresInOneSetOfUnits) {
  const Technology t = import_liberty(small, "small.lib");
  EXPECT_EQ(t.name, "tiny");
  EXPECT_EQ(t.voltage_V, 0.8);
  EXPECT_EQ(t.temperature_C, 85);
  const Cell& nand = *t.find("NAND");
  EXPECT_EQ(nand.area_um2, 1.5);
  EXPECT_EQ(nand.leakage_nW, 2000);
  EXPECT_EQ(nand.inputs.at(0).capacitance_fF, 2);
  EXPECT_EQ(nand.inputs.at(1).rise_capacitance_fF, 6);
  EXPECT_EQ(nand.inputs.at(1).fall_capacitance_fF, 4);
  EXPECT_EQ(nand.outputs.at(0).function, (CellFunction{2, 0b0111}));
  const TableAxes& axes = nand.outputs[0].axes;
  EXPECT_EQ(axes.slew_ps, (std::vector<double>{100, 200, 300}));
  EXPECT_EQ(axes.load_fF, (std::vector<double>{2000, 4000}));
  const TimingArc& a = nand.outputs[0].arcs.at(0);
  EXPECT_TRUE(a.inverting);
  EXPECT_EQ(a.conditions, 2u);
  EXPECT_EQ(a.slowest_rise_ps, (std::vector<double>{5000, 5000, 5000, 5000, 5000, 6000}));  // [slew][load]
  EXPECT_EQ(a.mean_rise_ps, (std::vector<double>{3000, 4500, 3500, 5000, 4000, 5500}));
  EXPECT_EQ(a.rise_slew_ps, (std::vector<double>(6, 500)));
  EXPECT_TRUE(a.slowest_fall_ps.empty());
}

TEST(Liberty, FlipFlopsAreNoCombinationalCells) {
  const Technology t = import_liberty(small, "small.lib");
  const Cell& ff = *t.find("FF");
  ASSERT_TRUE(ff.flip_flop);
  EXPECT_EQ(ff.flip_flop->next_state, "D");
  EXPECT_TRUE(ff.inputs.at(0).clock);
  EXPECT_FALSE(ff.outputs.at(0).function);
  EXPECT_FALSE(cells_of(t).find("FF"));
  ASSERT_TRUE(cells_of(t).find("NAND"));
  EXPECT_EQ(cells_of(t).find("NAND")->at(0).input_pins, (std::vector<std::string>{"A", "B"}));
}

TEST(Liberty, WiresGrowWithFanoutBetweenAndPastTheLengthsGiven) {
  const WireModel wire = import_liberty(small, "small.lib").wire;
  EXPECT_EQ(wire.capacitance_fF(0), 0);
  EXPECT_EQ(wire.capacitance_fF(2), 1000 * 4.0);
  EXPECT_EQ(wire.capacitance_fF(5), 1000 * (6 + 2 * 3.0));
}

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = small;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Liberty, BadFilesAreRefusedInOneLineWithTheirPlace) {
  const std::string deep = [] {
    std::string text = "library (x) {";
    for (int i = 0; i < 100'000; ++i) text += " a () {";
    return text;
  }();
  const std::pair<std::string, std::string> cases[] = {
      {"", "expected library"},
      {"library (x) {", "expected an attribute"},
      {"library (x) { a : 1; } }", "expected the end"},
      {deep, "levels of groups"},
      {replaced("over lines */", ""), "comment without end"},
      {replaced("nom_voltage : 0.8", "nom_voltage : much"), "small.lib:5: found \"much\""},
      {replaced("capacitive_load_unit (2, pf);", ""), "capacitive_load_unit"},
      {replaced("\"1ns\"", "\"1ms2\""), "unit"},
      {replaced("!(A B)", "!(A Z)"), "expected an input pin"},
      {replaced("!(A B)", "((((A)"), "expected )"},
      {replaced("4, 5, 6", "4, 5"), "5 values, expected 3 x 2"},
      {replaced("0.1, 0.2, 0.3", "0.1, 0.1, 0.3"), "ascending"},
      {replaced("cell (FF)", "cell (NAND)"), "stands twice"},
      {replaced("fanout_length (3, 6)", "fanout_length (3e9, 6)"), "rising fanouts"},
  };
  for (const auto& [text, expected] : cases) {
    try {
      import_liberty(text, "small.lib");
      ADD_FAILURE() << "not refused: " << expected;
    } catch (const InputError& error) {
      const std::string what = error.what();
      EXPECT_NE(what.find(expected), std::string::npos) << what;
      EXPECT_EQ(what.find("small.lib"), 0u) << what;
      EXPECT_EQ(what.find('\n'), std::string::npos) << what;
    }
  }
}

TEST(Liberty, ChangedBytesGiveATechnologyOrAnInputError) {
  std::mt19937 random(3);
  int read = 0, refused = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string text = small;
    for (auto n = 1 + random() % 3; n-- > 0;) {
      const std::size_t at = random() % text.size();
      if (random() % 3 == 0)
        text.erase(at, 1 + random() % 20);
      else
        text[at] = "{}();:\"\\/*0e\n!A"[random() % 15];
    }
    try {
      to_json_text(import_liberty(text, "x"));
      ++read;
    } catch (const InputError&) {
      ++refused;
    }
  }
  EXPECT_GT(read, 100);
  EXPECT_GT(refused, 100);
}

TEST(TechnologyJson, GivesBackWhatWasWritten) {
  const std::string text = to_json_text(default_technology());
  EXPECT_LT(text.size(), 2'000'000u);
  EXPECT_EQ(to_json_text(technology_from_json(text, "again")), text);
  const std::string tiny = to_json_text(import_liberty(small, "small.lib"));
  EXPECT_EQ(to_json_text(technology_from_json(tiny, "again")), tiny);
}

TEST(TechnologyJson, ChangedBytesGiveATechnologyOrAnInputError) {
  const std::string good = to_json_text(import_liberty(small, "small.lib"));
  std::mt19937 random(5);
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string text = good;
    const std::size_t at = random() % text.size();
    if (random() % 2)
      text.erase(at, 1 + random() % 30);
    else
      text[at] = "{}[],:\"-0e9"[random() % 11];
    try {
      to_json_text(technology_from_json(text, "x"));
    } catch (const InputError& error) {
      ++refused;
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    }
  }
  EXPECT_GT(refused, 1000);
}

TEST(DefaultTechnology, IsMadeFromTheLibertyFile) {
  NEARTILE_NEEDS_SHARED();
  const std::filesystem::path source(NEARTILE_SOURCE_DIR);
  const Technology made = import_liberty(
      {shared_data() / "data/asap7/asap7_rvt_tt_synth.lib.gz", source / "pe/technology/asap7_tie.lib"});
  EXPECT_EQ(made.cells.size(), 109u);
  EXPECT_TRUE(to_json_text(made) == read_text_file(source / "pe/technology/asap7.json"))
      << "pe/technology/asap7.json is not what its sources give";
}

}  // namespace
}  // namespace neartile::pe
