#include "settling.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace neartile::pe {
namespace {

// The narrowest width whose last four steps, one in each word, have the settled value.
std::uint8_t width_of(unsigned last_change, std::uint8_t widest) {
  std::uint8_t width = 0;
  while (width < widest && last_change > (64u << width) - 4) ++width;
  return width;
}

class Widths {
 public:
  explicit Widths(TimedProgram& program) : program_(program), width_(program.registers, 0) {
    wide_.resize(program.registers, {0, 0, 0});
    widest_ = 0;
    while (1u << widest_ < program.words) ++widest_;
  }

  void run() {
    find_widths();
    std::vector<TimedStep> steps = std::move(program_.steps);
    program_.steps.clear();
    for (TimedStep& step : steps) {
      for (std::uint32_t* reg : {&step.a, &step.b, &step.c}) *reg = prolonged(*reg, step.width);
      program_.steps.push_back(step);
    }
  }

 private:
  void find_widths() {
    // Operands change at step 1 of time, what a gate makes of them at most its delay later.
    std::vector<unsigned> latest(program_.registers, 0);
    std::vector<bool> inner(program_.registers, false);
    for (const std::uint32_t reg : program_.operands) latest[reg] = 1;
    for (TimedStep& step : program_.steps) {
      latest[step.out] = std::max({latest[step.a], latest[step.b], latest[step.c]}) + step.delay;
      step.width = width_[step.out] = width_of(latest[step.out], widest_);
      inner[step.out] = step.delay == 0;
    }
    // Logic inside a gate is as wide as the gate.
    for (auto step = program_.steps.rbegin(); step != program_.steps.rend(); ++step) {
      if (step->delay == 0) step->width = width_[step->out];
      step->from_width = step->width;
      for (const std::uint32_t reg : {step->a, step->b, step->c})
        if (inner[reg]) width_[reg] = std::max(width_[reg], step->width);
    }
  }

  // The register that has a wave in a width.
  std::uint32_t prolonged(std::uint32_t reg, std::uint8_t width) {
    if (reg <= 1 || width_[reg] == width) return reg;
    std::uint32_t& wide = wide_[reg][width];
    if (wide != 0) return wide;
    TimedStep step;
    step.width = width;
    step.from_width = width_[reg];
    step.a = step.b = step.c = reg;
    step.out = wide = program_.registers++;
    program_.steps.push_back(step);
    return wide;
  }

  TimedProgram& program_;
  std::uint8_t widest_;
  std::vector<std::uint8_t> width_;  // [register]
  std::vector<std::array<std::uint32_t, 3>>
      wide_;  // registers that have it prolonged; 0: none; [register][width]
};

}  // namespace

void set_widths_by_settling(TimedProgram& program) {
  Widths(program).run();
}

}  // namespace neartile::pe
