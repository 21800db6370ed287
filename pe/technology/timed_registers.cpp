#include "timed_registers.h"

#include <algorithm>

namespace neartile::pe {
namespace {

std::array<std::uint32_t, 3> inputs_of(const TimedStep& step) {
  return {step.a, step.b, step.c};
}

// The places of operands, behind the constants. [register]
std::vector<std::uint32_t> fix_operands(TimedProgram& program) {
  std::vector<std::uint32_t> place(program.registers, 0);
  place[1] = 1;
  for (std::uint32_t i = 0; i < program.operands.size(); ++i) {
    place[program.operands[i]] = i + 2;
    program.operands[i] = i + 2;
  }
  return place;
}

}  // namespace

void reuse_registers(TimedProgram& program, std::span<const std::uint8_t> level) {
  const auto level_of = [&](std::uint32_t step) { return level.empty() ? 0 : level[step]; };
  std::vector<std::uint32_t> last(program.registers, 0), made(program.registers, 0);
  for (std::uint32_t i = 0; i < program.steps.size(); ++i) {
    made[program.steps[i].out] = last[program.steps[i].out] = i;
    for (const std::uint32_t reg : inputs_of(program.steps[i])) last[reg] = i;
  }
  std::vector<std::uint32_t> place = fix_operands(program);
  std::vector<std::uint32_t> free;
  std::uint32_t next = fixed_registers;
  for (std::uint32_t i = 0; i < program.steps.size(); ++i) {
    TimedStep& step = program.steps[i];
    const auto before = inputs_of(step);
    for (std::uint32_t* reg : {&step.a, &step.b, &step.c}) *reg = place[*reg];
    for (std::size_t j = 0; j < before.size(); ++j) {
      const std::uint32_t reg = before[j];
      const bool first_mention = std::find(before.begin(), before.begin() + j, reg) == before.begin() + j;
      if (last[reg] == i && place[reg] >= fixed_registers && first_mention &&
          level_of(made[reg]) == level_of(i))
        free.push_back(place[reg]);
    }
    if (free.empty()) free.push_back(next++);
    place[step.out] = free.back();
    free.pop_back();
    if (last[step.out] == i) free.push_back(place[step.out]);  // nobody reads it
    step.out = place[step.out];
  }
  program.registers = next;
}

}  // namespace neartile::pe
