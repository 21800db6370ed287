#include "neartile/pe/transition_table.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "held_program.h"
#include "transition_table_maker.h"

namespace neartile::pe {
namespace {

constexpr std::size_t transitions = 65536;  // of a weight

// Runs body(0 .. count - 1) on several threads; the first exception is thrown again here.
template <class Body>
void in_parallel(unsigned threads, unsigned count, Body body) {
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  std::atomic<unsigned> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto work = [&] {
    try {
      for (unsigned i = next++; i < count; i = next++) body(i);
    } catch (...) {
      next = count;
      const std::lock_guard lock(failure_mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < std::min(threads, count); ++i) helpers.emplace_back(work);
  work();
  helpers.clear();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

void TransitionTableMaker::set(TransitionTable& table, unsigned weight,
                               const std::vector<std::uint64_t>& energies, double unit_fJ) {
  const std::uint64_t most = std::max<std::uint64_t>(1, *std::max_element(energies.begin(), energies.end()));
  const double scale = 65535.0 / static_cast<double>(most);
  table.scale_fJ_[weight] = unit_fJ / scale;
  std::uint16_t* entries = table.entries_.data() + transitions * weight;
  for (std::size_t i = 0; i < transitions; ++i)
    entries[i] = static_cast<std::uint16_t>(static_cast<double>(energies[i]) * scale + 0.5);
}

TransitionTable transition_table(const Netlist& netlist, const CircuitCost& cost,
                                 const TimedSettings& settings, unsigned threads) {
  TransitionTable table;
  TransitionTableMaker::entries(table).resize(256 * transitions);
  const double step_ps = timed_step_ps(netlist, cost, settings);
  const TimedKernel kernel = timed_kernels().front().kernel;
  in_parallel(threads, 256, [&](unsigned weight) {
    const HeldProgram held =
        compile_held(netlist, cost, settings, step_ps, static_cast<std::uint8_t>(weight));
    TransitionTableMaker::set(table, weight, held_energies(held, kernel), held.program.unit_fJ);
  });
  return table;
}

double held_energy_fJ_per_operation(const TransitionTable& table, std::span<const OperandPair> stimulus) {
  double sum = 0;
  std::size_t held = 0;
  for (std::size_t i = 1; i < stimulus.size(); ++i) {
    if (stimulus[i].weight != stimulus[i - 1].weight) continue;
    sum += table.energy_fJ(stimulus[i].weight, stimulus[i - 1].activation, stimulus[i].activation);
    ++held;
  }
  return held ? sum / static_cast<double>(held) : 0;
}

}  // namespace neartile::pe
