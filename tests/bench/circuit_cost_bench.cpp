#include "neartile/pe/circuit_cost.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <random>

#include "neartile/pe/base/json_text.h"
#include "neartile/pe/netlist_import.h"
#include "neartile/pe/transition_table.h"
#include "pe/technology/timed_run.h"

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

void truth_table(benchmark::State& state, const char* name) {
  const auto netlist = read_circuit(name, state);
  if (!netlist) return;
  for (auto _ : state) benchmark::DoNotOptimize(all_products(*netlist));
}
BENCHMARK_CAPTURE(truth_table, array, "mul8u_array")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(truth_table, tree, "mul8u_tree")->Unit(benchmark::kMillisecond);

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

// The kernel alone, on the processor target of that name.
void timed_on(benchmark::State& state, const std::string& target, const char* name, unsigned words) {
  const auto netlist = read_circuit(name, state);
  if (!netlist) return;
  const TimedSettings settings{words};
  const CircuitCost cost = circuit_cost(*netlist, default_technology());
  const TimedProgram program =
      compile_timed(*netlist, cost, settings, timed_step_ps(*netlist, cost, settings));
  std::mt19937 random(1);
  std::vector<std::uint64_t> from(1 << 16), to(from.size()), energies(from.size());
  for (auto* patterns : {&from, &to})
    for (std::uint64_t& pattern : *patterns) pattern = random() & 0xffff;
  for (const NamedTimedKernel& kernel : timed_kernels()) {
    if (kernel.name != target) continue;
    TimedRunner runner(program, kernel.kernel);
    for (auto _ : state) runner.run(from.data(), to.data(), from.size(), energies.data());
    rate(state, from.size());
    return;
  }
  state.SkipWithError("this processor has no such target");
}
BENCHMARK_CAPTURE(timed_on, avx512_array_64_steps, "avx512", "mul8u_array", 1);
BENCHMARK_CAPTURE(timed_on, avx512_array_128_steps, "avx512", "mul8u_array", 2);
BENCHMARK_CAPTURE(timed_on, avx2_array_64_steps, "avx2", "mul8u_array", 1);
BENCHMARK_CAPTURE(timed_on, avx2_array_128_steps, "avx2", "mul8u_array", 2);
BENCHMARK_CAPTURE(timed_on, portable_array_64_steps, "portable", "mul8u_array", 1);
BENCHMARK_CAPTURE(timed_on, portable_array_128_steps, "portable", "mul8u_array", 2);

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
BENCHMARK_CAPTURE(whole_table, tree_128_steps, "mul8u_tree", 2)
    ->Unit(benchmark::kSecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(whole_table, array_256_steps, "mul8u_array", 4)
    ->Unit(benchmark::kSecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace neartile::pe
