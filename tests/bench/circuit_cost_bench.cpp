#include "neartile/pe/circuit_cost.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <random>

#include "neartile/pe/base/json_text.h"
#include "neartile/pe/netlist_import.h"
#include "neartile/pe/transition_table.h"

namespace neartile::pe {
namespace {

// A mapped circuit of the shared reference, or nothing where that is not at hand.
std::optional<Netlist> read_circuit(const std::string& name, benchmark::State& state) {
  const char* shared = std::getenv("NEARTILE_SHARED");
  const auto file =
      std::filesystem::path(shared ? shared : "../shared") / "reference/circuits" / (name + ".mapped.v");
  if (std::filesystem::exists(file))
    return import_verilog(read_text_file(file), name, cells_of(default_technology()));
  state.SkipWithError("set NEARTILE_SHARED to the folder of reference circuits");
  return std::nullopt;
}

std::vector<OperandPair> random_pairs(std::size_t count) {
  std::mt19937 random(1);
  std::vector<OperandPair> pairs(count);
  for (OperandPair& pair : pairs)
    pair = {static_cast<std::uint8_t>(random()), static_cast<std::uint8_t>(random())};
  return pairs;
}

void rate(benchmark::State& state, std::size_t transitions) {
  state.counters["transitions/s"] =
      benchmark::Counter(static_cast<double>(transitions), benchmark::Counter::kIsIterationInvariantRate);
}

void zero_delay(benchmark::State& state, const char* name) {
  const auto netlist = read_circuit(name, state);
  if (!netlist) return;
  const std::vector<OperandPair> stimulus = random_pairs(1 << 20);
  for (auto _ : state) benchmark::DoNotOptimize(fast_zero_delay_toggles(*netlist, stimulus));
  rate(state, stimulus.size() - 1);
}
BENCHMARK_CAPTURE(zero_delay, array, "mul8u_array");

void timed(benchmark::State& state, const char* name, unsigned words) {
  const auto netlist = read_circuit(name, state);
  if (!netlist) return;
  const CircuitCost cost = circuit_cost(*netlist, default_technology());
  const std::vector<OperandPair> from = random_pairs(1 << 18), to(from.rbegin(), from.rend());
  for (auto _ : state) benchmark::DoNotOptimize(transition_energies_fJ(*netlist, cost, from, to, {words}));
  rate(state, from.size());
}
BENCHMARK_CAPTURE(timed, array_64_steps, "mul8u_array", 1);
BENCHMARK_CAPTURE(timed, tree_64_steps, "mul8u_tree", 1);
BENCHMARK_CAPTURE(timed, array_128_steps, "mul8u_array", 2);
BENCHMARK_CAPTURE(timed, tree_128_steps, "mul8u_tree", 2);

void whole_table(benchmark::State& state, const char* name, unsigned words) {
  const auto netlist = read_circuit(name, state);
  if (!netlist) return;
  const CircuitCost cost = circuit_cost(*netlist, default_technology());
  for (auto _ : state) benchmark::DoNotOptimize(transition_table(*netlist, cost, {words}));
  rate(state, std::size_t{1} << 24);
}
BENCHMARK_CAPTURE(whole_table, array_64_steps, "mul8u_array", 1)
    ->Unit(benchmark::kSecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(whole_table, array_128_steps, "mul8u_array", 2)
    ->Unit(benchmark::kSecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace neartile::pe
