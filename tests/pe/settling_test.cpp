#include "pe/technology/settling.h"

#include <gtest/gtest.h>

#include "engine_circuits.h"

namespace neartile::pe {
namespace {

// Eight gates of 15 steps in a row: the n-th settles at step 1 + 15 n. A wave has 64 steps or twice or four
// times as many, of which the last four must be settled.
TEST(Settling, NetsGetWordsAsWideAsTheySettleLate) {
  const testing::Circuit circuit = testing::chain({0, 1, 2, 3, 4, 5, 6, 7});
  const double step_ps = circuit.cost.delay_ps[0] / 15;
  for (const unsigned words : {1u, 2u, 4u}) {
    const TimedProgram program = timed_steps(circuit.netlist, circuit.cost, {words}, step_ps);
    std::vector<unsigned> widths;
    for (const TimedStep& step : program.steps)
      if (step.from_width == step.width) widths.push_back(step.width);
    const unsigned wide = words == 1 ? 0 : 1;
    EXPECT_EQ(widths, (std::vector<unsigned>{0, 0, 0, wide, wide, wide, wide, wide})) << words;
  }
}

TEST(Settling, WidensWhatWiderStepsReadOnce) {
  const testing::Circuit circuit = testing::chain({0, 1, 2, 3, 4, 5, 6, 7});
  const TimedProgram program = timed_steps(circuit.netlist, circuit.cost, {2}, circuit.cost.delay_ps[0] / 15);
  std::vector<std::uint8_t> width(program.registers, 0);
  unsigned widenings = 0;
  for (const TimedStep& step : program.steps) {
    for (const std::uint32_t reg : {step.a, step.b, step.c})
      EXPECT_TRUE(reg <= 1 || width[reg] == step.from_width);
    widenings += step.from_width < step.width;
    width[step.out] = step.width;
  }
  EXPECT_EQ(widenings, 6u);  // five operands and the third gate
}

TEST(Settling, LogicInsideAGateIsAsWideAsTheGate) {
  NetlistBuilder builder("and4");
  std::array<NetIndex, 8> a, w;
  for (auto* operand : {&a, &w})
    for (NetIndex& net : *operand) net = builder.new_net();
  builder.set_activation(a);
  builder.set_weight(w);
  const NetIndex out = builder.new_net();
  builder.gate("g", builder.cell({"and4", {"A", "B", "C", "D"}, "Y", {4, 0x8000}}), {a[0], a[1], a[2], a[3]},
               out);
  builder.set_product({out});
  const Netlist netlist = builder.finish();
  CircuitCost cost;
  cost.toggle_energy_fJ.assign(netlist.nets().size(), 1);
  cost.delay_ps = {100};
  const TimedProgram program = timed_steps(netlist, cost, {2}, 1);
  unsigned inner = 0;
  for (const TimedStep& step : program.steps) {
    EXPECT_EQ(step.width, 1u);
    inner += step.delay == 0 && step.from_width == step.width;
  }
  EXPECT_EQ(inner, 1u);
}

}  // namespace
}  // namespace neartile::pe
