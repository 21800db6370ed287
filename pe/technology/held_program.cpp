#include "held_program.h"

#include <algorithm>
#include <bit>

#include "timed_registers.h"

namespace neartile::pe {
namespace {

// The activation bits that steps depend on, as masks. [step]
std::vector<std::uint8_t> bits_of_steps(const TimedProgram& program) {
  std::vector<std::uint8_t> of_register(program.registers, 0), of_step;
  for (unsigned bit = 0; bit < 8; ++bit)
    of_register[program.operands[8 + bit]] = static_cast<std::uint8_t>(1u << bit);
  for (const TimedStep& step : program.steps) {
    of_register[step.out] = of_register[step.a] | of_register[step.b] | of_register[step.c];
    of_step.push_back(of_register[step.out]);
  }
  return of_step;
}

// Runs of a step that depends on the first `bits` bits of the order.
std::size_t runs(unsigned bits) {
  return std::size_t{1} << 2 * (std::max(bits, HeldProgram::tile_bits) - HeldProgram::tile_bits);
}

// The order in which the steps' runs are fewest. The best order of a set of bits ends in one of them and
// begins with the best order of the others; each step within the first n bits saves what n + 1 would cost.
std::array<std::uint8_t, 8> cheapest_order(const std::vector<std::uint8_t>& bits_of_step) {
  std::array<std::size_t, 256> within{}, saved{};  // steps, runs; [set of bits]
  std::array<std::uint8_t, 256> last{};
  for (const std::uint8_t bits : bits_of_step)
    for (unsigned set = 0; set < 256; ++set) within[set] += (bits & ~set) == 0;
  for (unsigned set = 1; set < 256; ++set) {
    for (std::uint8_t bit = 0; bit < 8; ++bit) {
      if (!(set >> bit & 1)) continue;
      const std::size_t others = saved[set ^ 1u << bit];
      if (others >= saved[set]) {
        saved[set] = others;
        last[set] = bit;
      }
    }
    const auto size = static_cast<unsigned>(std::popcount(set));
    saved[set] += within[set] * (runs(size + 1) - runs(size));
  }
  std::array<std::uint8_t, 8> order{};
  for (unsigned set = 255, i = 8; i-- > 0; set ^= 1u << order[i]) order[i] = last[set];
  return order;
}

// All four transitions of an activation bit: 0 -> 0, 1 -> 0, 0 -> 1, 1 -> 1.
bool before(std::size_t transition) {
  return transition & 1;
}
bool after(std::size_t transition) {
  return transition & 2;
}
// Its share of an index from << 8 | to.
std::size_t index_of(std::size_t transition, unsigned bit) {
  return std::size_t{before(transition)} << (8 + bit) | std::size_t{after(transition)} << bit;
}

class Evaluation {
 public:
  Evaluation(const HeldProgram& held, TimedKernel kernel)
      : held_(held),
        kernel_(kernel),
        memory_(held.program, HeldProgram::tile),
        sums_(aligned_words(sums_of_level / 2 * HeldProgram::levels)),
        energies_(65536) {}

  std::vector<std::uint64_t> run() {
    for (unsigned i = 0; i < HeldProgram::tile_bits; ++i) {
      const unsigned bit = held_.order[i];
      std::array<std::size_t, HeldProgram::tile> transition;
      for (std::size_t lane = 0; lane < HeldProgram::tile; ++lane) {
        transition[lane] = lane >> 2 * i & 3;
        lane_index_[lane] |= index_of(transition[lane], bit);
      }
      set_wave(bit, transition);
    }
    descend(0, 0);
    return std::move(energies_);
  }

 private:
  static constexpr std::size_t sums_of_level = 4 * HeldProgram::tile;

  void set_wave(unsigned bit, const std::array<std::size_t, HeldProgram::tile>& transition) {
    std::array<std::uint16_t, HeldProgram::tile> from, to;
    for (std::size_t lane = 0; lane < HeldProgram::tile; ++lane) {
      from[lane] = before(transition[lane]);
      to[lane] = after(transition[lane]);
    }
    memory_.set_wave(held_.program.operands[8 + bit], from, to, 0);
  }

  // Adds the steps of a level to the sums of the level below it, then runs through the next level's bit.
  void descend(unsigned level, std::size_t index) {
    std::uint32_t* const sums = reinterpret_cast<std::uint32_t*>(sums_.get()) + sums_of_level * level;
    TimedWork work;
    work.steps = held_.program.steps.data() + held_.level_start[level];
    work.step_count = held_.level_start[level + 1] - held_.level_start[level];
    memory_.prepare(work);
    work.energies = sums;
    kernel_(work);
    if (level + 1 == HeldProgram::levels) {
      for (std::size_t lane = 0; lane < HeldProgram::tile; ++lane)
        energies_[index | lane_index_[lane]] = energy_of(sums, HeldProgram::tile, lane);
      return;
    }
    const unsigned bit = held_.order[HeldProgram::tile_bits + level];
    for (std::size_t transition = 0; transition < 4; ++transition) {
      std::array<std::size_t, HeldProgram::tile> everywhere;
      everywhere.fill(transition);
      set_wave(bit, everywhere);
      std::copy_n(sums, sums_of_level, sums + sums_of_level);
      descend(level + 1, index | index_of(transition, bit));
    }
  }

  const HeldProgram& held_;
  TimedKernel kernel_;
  TimedMemory memory_;
  AlignedWords sums_;  // halves of words, [level][sums_of_level]
  std::array<std::size_t, HeldProgram::tile> lane_index_{};
  std::vector<std::uint64_t> energies_;
};

}  // namespace

HeldProgram compile_held(const Netlist& netlist, const CircuitCost& cost, const TimedSettings& settings,
                         double step_ps, std::uint8_t weight) {
  HeldProgram held;
  held.program = timed_steps(netlist, cost, settings, step_ps, weight);
  const std::vector<std::uint8_t> bits_of_step = bits_of_steps(held.program);
  held.order = cheapest_order(bits_of_step);
  // A step never depends on one of a higher level: sorted by level, with their order kept, they may run.
  std::vector<TimedStep> steps;
  std::vector<std::uint8_t> level_of_step;
  unsigned before_level = 0, bits = 0;
  for (unsigned i = 0; i < HeldProgram::tile_bits; ++i) bits |= 1u << held.order[i];
  for (std::uint8_t level = 0; level < HeldProgram::levels; ++level) {
    for (std::size_t i = 0; i < bits_of_step.size(); ++i) {
      const bool in_lower = level > 0 && (bits_of_step[i] & ~before_level) == 0;
      if (in_lower || (bits_of_step[i] & ~bits) != 0) continue;
      steps.push_back(held.program.steps[i]);
      level_of_step.push_back(level);
    }
    held.level_start[level + 1u] = steps.size();
    before_level = bits;
    if (level + 1u < HeldProgram::levels) bits |= 1u << held.order[HeldProgram::tile_bits + level];
  }
  held.program.steps = std::move(steps);
  reuse_registers(held.program, level_of_step);
  return held;
}

std::vector<std::uint64_t> held_energies(const HeldProgram& program, TimedKernel kernel) {
  return Evaluation(program, kernel).run();
}

}  // namespace neartile::pe
