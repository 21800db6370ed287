// Shared waves, judged by the whole circuit.
#include "pe/technology/held_program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "engine_circuits.h"

namespace neartile::pe {
namespace {

using testing::chain;
using testing::Circuit;
using testing::random_circuit;

// Every transition by the circuit as it is: no weight is known, no wave shared.
std::vector<std::uint64_t> by_the_whole_circuit(const Circuit& circuit, const TimedSettings& settings,
                                                double step_ps, std::uint8_t weight) {
  std::vector<std::uint64_t> from, to, energies(65536);
  for (std::uint64_t i = 0; i < 65536; ++i) {
    from.push_back((i >> 8) << 8 | weight);
    to.push_back((i & 255) << 8 | weight);
  }
  const TimedProgram program = compile_timed(circuit.netlist, circuit.cost, settings, step_ps);
  TimedRunner(program).run(from.data(), to.data(), 65536, energies.data());
  return energies;
}

TEST(HeldProgram, GivesEveryTransitionTheEnergyOfTheWholeCircuitOnEveryProcessorTarget) {
  std::mt19937 random(3);
  for (int round = 0; round < 8; ++round) {
    const Circuit circuit = random_circuit(random, 5 + static_cast<unsigned>(random() % 60));
    const auto weight = static_cast<std::uint8_t>(random());
    for (const unsigned words : {1u, 2u, 4u}) {
      const TimedSettings settings{words};
      const double step = timed_step_ps(circuit.netlist, circuit.cost, settings);
      const auto expected = by_the_whole_circuit(circuit, settings, step, weight);
      const HeldProgram held = compile_held(circuit.netlist, circuit.cost, settings, step, weight);
      for (const NamedTimedKernel& kernel : timed_kernels())
        ASSERT_EQ(held_energies(held, kernel.kernel), expected)
            << kernel.name << " words " << words << " round " << round;
    }
  }
}

TEST(HeldProgram, OrdersBitsAsTheGatesSeeThem) {
  std::mt19937 random(9);
  std::array<std::uint8_t, 8> order;
  std::iota(order.begin(), order.end(), std::uint8_t{0});
  constexpr unsigned first = HeldProgram::tile_bits;
  for (int round = 0; round < 10; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    const Circuit circuit = chain(order);
    const HeldProgram held = compile_held(circuit.netlist, circuit.cost, {1}, 10, 0);
    EXPECT_TRUE(std::equal(order.begin() + first, order.end(), held.order.begin() + first));
    EXPECT_TRUE(std::is_permutation(order.begin(), order.end(), held.order.begin()));
    for (unsigned level = 0; level < HeldProgram::levels; ++level)
      EXPECT_EQ(held.level_start[level + 1] - held.level_start[level], level == 0 ? first : 1u);
  }
}

}  // namespace
}  // namespace neartile::pe
