// The fast timed engine, judged by a slow one.
#include <gtest/gtest.h>

#include <random>

#include "engine_circuits.h"
#include "pe/technology/timed_run.h"
#include "timed_reference.h"

namespace neartile::pe {
namespace {

using testing::Circuit;
using testing::random_circuit;

TEST(TimedEngine, CountsTheTogglesOfTheSlowSimulatorOnEveryProcessorTarget) {
  std::mt19937 random(7);
  std::uint64_t glitches = 0;
  for (int round = 0; round < 24; ++round) {
    const Circuit circuit = random_circuit(random, 5 + static_cast<unsigned>(random() % 60));
    const Netlist& netlist = circuit.netlist;
    for (const unsigned words : {1u, 2u, 4u}) {
      const TimedSettings settings{words};
      const double step = timed_step_ps(netlist, circuit.cost, settings);
      const TimedProgram program = compile_timed(netlist, circuit.cost, settings, step);
      const std::vector<std::uint16_t> delays = delays_in_steps(circuit.cost, step);
      constexpr std::size_t count = 64;
      std::vector<std::uint64_t> from(count), to(count);
      for (auto* patterns : {&from, &to})
        for (auto& pattern : *patterns) pattern = random() & 0xffff;
      std::vector<std::uint64_t> expected_toggles(netlist.nets().size(), 0);
      std::vector<double> expected_energy(count, 0), rounding(count, 0);  // half a unit a toggle
      for (std::size_t i = 0; i < count; ++i) {
        const auto pair = [](std::uint64_t p) { return OperandPair{std::uint8_t(p >> 8), std::uint8_t(p)}; };
        const auto toggles = testing::timed_toggles(netlist, delays, pair(from[i]), pair(to[i]), 64 * words);
        for (std::size_t net = 0; net < toggles.size(); ++net) {
          expected_toggles[net] += toggles[net];
          expected_energy[i] += toggles[net] * circuit.cost.toggle_energy_fJ[net];
          rounding[i] += toggles[net] * program.unit_fJ / 2;
          glitches += toggles[net] > 1;
        }
      }
      for (const NamedTimedKernel& kernel : timed_kernels()) {
        std::vector<std::uint64_t> energies(count), toggles(netlist.nets().size(), 0);
        TimedRunner(program, kernel.kernel).run(from.data(), to.data(), count, energies.data(), toggles);
        ASSERT_EQ(toggles, expected_toggles) << kernel.name << " words " << words << " round " << round;
        for (std::size_t i = 0; i < count; ++i)
          ASSERT_NEAR(double(energies[i]) * program.unit_fJ, expected_energy[i], rounding[i] + 1e-9)
              << kernel.name;
      }
    }
  }
  EXPECT_GT(glitches, 1000u);
}

TEST(SettledEngine, CountsTheTogglesOfPlainEvaluationOnEveryProcessorTarget) {
  std::mt19937 random(5);
  for (const std::size_t length : {0u, 1u, 2u, 63u, 64u, 65u, 2016u, 2017u, 2018u, 5000u}) {
    const Circuit circuit = random_circuit(random, 60);
    std::vector<OperandPair> stimulus(length);
    for (OperandPair& pair : stimulus) pair = {std::uint8_t(random()), std::uint8_t(random())};
    const auto expected = zero_delay_toggles(circuit.netlist, stimulus);
    for (const NamedTimedKernel& kernel : timed_kernels())
      ASSERT_EQ(settled_toggles(circuit.netlist, stimulus, kernel.settled), expected)
          << kernel.name << " length " << length;
  }
}

TEST(TimedEngine, AHeldWeightChangesTheProgramButNoEnergy) {
  std::mt19937 random(11);
  for (int round = 0; round < 12; ++round) {
    const Circuit circuit = random_circuit(random, 50);
    const TimedSettings settings{2};
    const double step = timed_step_ps(circuit.netlist, circuit.cost, settings);
    const std::uint64_t weight = random() & 255;
    std::vector<std::uint64_t> from(256), to(256), whole(256), held(256);
    for (auto* patterns : {&from, &to})
      for (auto& pattern : *patterns) pattern = (random() & 255) << 8 | weight;
    const TimedProgram general = compile_timed(circuit.netlist, circuit.cost, settings, step);
    const TimedProgram special =
        compile_timed(circuit.netlist, circuit.cost, settings, step, std::uint8_t(weight));
    EXPECT_LE(special.steps.size(), general.steps.size());
    TimedRunner(general).run(from.data(), to.data(), 256, whole.data());
    TimedRunner(special).run(from.data(), to.data(), 256, held.data());
    ASSERT_EQ(held, whole);
  }
}

}  // namespace
}  // namespace neartile::pe
