#include "settling.h"

#include <algorithm>

namespace neartile::pe {

void set_words_by_settling(TimedProgram& program) {
  // Operands change at step 1 of time, what a gate makes of them at most its delay later.
  std::vector<unsigned> latest(program.registers, 0), needed(program.registers, 1);
  for (const std::uint32_t reg : program.operands) latest[reg] = 1;
  for (TimedStep& step : program.steps) {
    latest[step.out] = std::max({latest[step.a], latest[step.b], latest[step.c]}) + step.delay;
    step.words = static_cast<std::uint8_t>(std::min(latest[step.out] / 64 + 1, program.words));
  }
  for (auto step = program.steps.rbegin(); step != program.steps.rend(); ++step) {
    if (step->delay == 0) step->words = static_cast<std::uint8_t>(needed[step->out]);
    step->stored = static_cast<std::uint8_t>(std::max<unsigned>(step->words, needed[step->out]));
    for (const std::uint32_t reg : {step->a, step->b, step->c})
      needed[reg] = std::max<unsigned>(needed[reg], step->words);
  }
}

}  // namespace neartile::pe
