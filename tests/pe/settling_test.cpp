#include "pe/technology/settling.h"

#include <gtest/gtest.h>

#include "engine_circuits.h"

namespace neartile::pe {
namespace {

// Eight gates of 15 steps in a row: the n-th settles at step 1 + 15 n.
TEST(Settling, NetsTakeWordsOfTimeUntilTheySettleOrAreRead) {
  const testing::Circuit circuit = testing::chain({0, 1, 2, 3, 4, 5, 6, 7});
  const double step_ps = circuit.cost.delay_ps[0] / 15;
  for (const unsigned most : {1u, 2u, 4u}) {
    const TimedProgram program = timed_steps(circuit.netlist, circuit.cost, {most}, step_ps);
    ASSERT_EQ(program.steps.size(), 8u);
    for (unsigned i = 0; i < 8; ++i) {
      const unsigned settled = 1 + 15 * (i + 1);
      EXPECT_EQ(program.steps[i].words, std::min(most, settled / 64 + 1)) << "gate " << i;
      const unsigned of_reader = i < 7 ? program.steps[i + 1].words : program.steps[i].words;
      EXPECT_EQ(program.steps[i].stored, of_reader) << "gate " << i;
    }
  }
}

TEST(Settling, LogicInsideAGateTakesTheWordsOfTheGate) {
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
  ASSERT_EQ(program.steps.size(), 2u);
  EXPECT_EQ(program.steps[0].delay, 0u);
  EXPECT_EQ(program.steps[0].stored, 2u);
  EXPECT_EQ(program.steps[1].words, 2u);
}

}  // namespace
}  // namespace neartile::pe
