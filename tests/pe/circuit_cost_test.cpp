#include "neartile/pe/circuit_cost.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <numeric>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/netlist_import.h"
#include "neartile/pe/transition_table.h"
#include "support/shared_data.h"

namespace neartile::pe {
namespace {

using neartile::testing_support::shared_data;

// Figures of a reference flow (placed-cell simulation with SDF delays, power from a static timing tool).
struct Reference {
  std::string circuit;
  double area_um2, path_ps;
  double energy_fJ[2], zero_delay_fJ[2];  // random, held
  std::uint64_t zero_delay_toggles[2], input_toggles[2];
};
const Reference references[] = {
    {"mul8u_array", 31.52, 697, {237.1, 80.8}, {124.9, 53.6}, {528216, 225699}, {32679, 9564}},
    {"mul8u_tree", 35.85, 562, {197.7, 79.1}, {133.7, 61.3}, {577431, 261435}, {32679, 9564}},
    {"mul8s_array", 33.23, 693, {290.4, 76.3}, {133.6, 46.2}, {574902, 194234}, {32679, 8558}},
    {"mul8u_trunc4", 27.69, 694, {213.9, 69.8}, {108.0, 44.6}, {464449, 199971}, {32679, 9564}},
    {"mul8u_trunc6", 21.97, 648, {174.6, 51.1}, {81.3, 32.1}, {427702, 176522}, {32679, 9564}},
};

Netlist read_circuit(const std::string& name) {
  const auto file = shared_data() / "reference/circuits" / (name + ".mapped.v");
  return import_verilog(read_text_file(file), name, cells_of(default_technology()));
}

std::vector<OperandPair> read_stimulus(const std::string& circuit, bool held) {
  const std::string name = std::string("stimulus_") + (held ? "held" : "rand") +
                           (circuit.starts_with("mul8s") ? "_signed.hex" : "_unsigned.hex");
  std::ifstream stream(shared_data() / "reference/circuits" / name);
  std::vector<OperandPair> stimulus;
  for (std::string line; stream >> line;) {
    const auto value = static_cast<unsigned>(std::stoul(line, nullptr, 16));
    stimulus.push_back({static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)});
  }
  return stimulus;
}

TEST(CircuitCost, AreaAndCriticalPathAreThoseOfTheReferenceFlow) {
  NEARTILE_NEEDS_SHARED();
  for (const Reference& r : references) {
    const CircuitCost cost = circuit_cost(read_circuit(r.circuit), default_technology());
    EXPECT_EQ(std::round(cost.area_um2 * 100), std::round(r.area_um2 * 100)) << r.circuit;
    EXPECT_NEAR(cost.critical_path_ps, r.path_ps, 0.5) << r.circuit;
    EXPECT_GT(cost.leakage_nW, 0);
  }
}

// The reference counted every net of a value change dump that begins after the first transition. There a
// bit of a port and each cell pin on it are nets of their own.
TEST(CircuitCost, ZeroDelayTogglesAreThoseOfTheReferenceFlow) {
  NEARTILE_NEEDS_SHARED();
  for (const Reference& r : references) {
    const Netlist netlist = read_circuit(r.circuit);
    std::vector<unsigned> names(netlist.nets().size(), 0), pins(netlist.nets().size(), 0);
    for (const Gate& gate : netlist.gates()) {
      for (const NetIndex net : gate.inputs) ++pins[net];
      names[gate.output] = 1;
    }
    for (const NetIndex net : netlist.product()) names[net] = 2 + pins[net];
    for (unsigned bit = 0; bit < 8; ++bit) {
      names[netlist.activation()[bit]] = pins[netlist.activation()[bit]];
      names[netlist.weight()[bit]] = pins[netlist.weight()[bit]];
    }
    for (const bool held : {false, true}) {
      const std::vector<OperandPair> stimulus = read_stimulus(r.circuit, held);
      ASSERT_EQ(stimulus.size(), 4097u);
      const auto toggles = zero_delay_toggles(netlist, std::span(stimulus).subspan(1));
      std::uint64_t all = 0, inputs = 0;
      for (std::size_t net = 0; net < toggles.size(); ++net) all += names[net] * toggles[net];
      for (unsigned bit = 0; bit < 8; ++bit)
        inputs += toggles[netlist.activation()[bit]] + toggles[netlist.weight()[bit]];
      EXPECT_EQ(all, r.zero_delay_toggles[held]) << r.circuit << (held ? " held" : " random");
      EXPECT_EQ(inputs, r.input_toggles[held]) << r.circuit;
    }
  }
}

TEST(CircuitCost, EnergiesAgreeWithTheReferenceFlow) {
  NEARTILE_NEEDS_SHARED();
  for (const unsigned words : {1u, 2u}) {
    for (const bool held : {false, true}) {
      double sum_of_errors = 0;
      std::vector<std::pair<double, double>> energies;  // reference, ours
      for (const Reference& r : references) {
        const Netlist netlist = read_circuit(r.circuit);
        const CircuitCost cost = circuit_cost(netlist, default_technology());
        const StimulusCost found = stimulus_cost(netlist, cost, read_stimulus(r.circuit, held), {words});
        const double timed = found.energy_fJ_per_operation() / r.energy_fJ[held] - 1;
        const double settled = found.zero_delay_energy_fJ_per_operation() / r.zero_delay_fJ[held] - 1;
        EXPECT_LT(std::abs(settled), 0.02) << r.circuit;
        EXPECT_LT(std::abs(timed), 0.05) << r.circuit;
        sum_of_errors += std::abs(timed);
        energies.emplace_back(r.energy_fJ[held], found.energy_fJ_per_operation());
        std::printf(
            "%-13s %-6s words %u: timed %6.1f fJ (%6.1f, %+.2f %%), zero-delay %6.1f fJ (%6.1f, %+.2f %%)\n",
            r.circuit.c_str(), held ? "held" : "random", words, found.energy_fJ_per_operation(),
            r.energy_fJ[held], 100 * timed, found.zero_delay_energy_fJ_per_operation(), r.zero_delay_fJ[held],
            100 * settled);
      }
      EXPECT_LT(sum_of_errors / std::size(references), 0.03);
      std::sort(energies.begin(), energies.end());
      for (std::size_t i = 1; i < energies.size(); ++i)
        EXPECT_LT(energies[i - 1].second, energies[i].second) << "order " << i;
    }
  }
}

TEST(CircuitCost, TransitionsAddUpToTheStimulus) {
  NEARTILE_NEEDS_SHARED();
  const Netlist netlist = read_circuit("mul8u_tree");
  const CircuitCost cost = circuit_cost(netlist, default_technology());
  const std::vector<OperandPair> stimulus = read_stimulus("mul8u_tree", false);
  const std::span all(stimulus);
  const auto each = transition_energies_fJ(netlist, cost, all.first(all.size() - 1), all.subspan(1));
  const double sum = std::accumulate(each.begin(), each.end(), 0.0);
  const StimulusCost whole = stimulus_cost(netlist, cost, stimulus);
  EXPECT_GT(sum, 0);
  EXPECT_NEAR(sum / whole.energy_fJ, 1, 1e-5);
  for (std::size_t net = 0; net < whole.toggles.size(); ++net)
    EXPECT_GE(whole.toggles[net], whole.zero_delay_toggles[net]);
}

TEST(CircuitCost, AnUnmappedNetlistIsRefusedInOneLine) {
  NetlistBuilder builder("plain");
  std::array<NetIndex, 8> a, w;
  for (auto* operand : {&a, &w})
    for (NetIndex& net : *operand) net = builder.new_net();
  builder.set_activation(a);
  builder.set_weight(w);
  const NetIndex out = builder.new_net();
  builder.gate("g", builder.cell({"AND2", {"A", "B"}, "Y", {2, 8}}), {a[0], w[0]}, out);
  builder.set_product({out});
  const Netlist netlist = builder.finish();
  try {
    circuit_cost(netlist, default_technology());
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(
        error.what(),
        "plain: gate \"g\": no cell \"AND2\" in technology asap7_rvt_tt; expected a netlist that is mapped "
        "to it");
  }
}

}  // namespace
}  // namespace neartile::pe
