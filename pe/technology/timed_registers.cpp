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

void put_readers_close(TimedProgram& program) {
  const std::size_t none = program.steps.size();
  std::vector<std::size_t> maker(program.registers, none);
  std::vector<bool> read(program.registers, false), done(program.registers, false);
  for (std::size_t i = 0; i < program.steps.size(); ++i) {
    maker[program.steps[i].out] = i;
    for (const std::uint32_t reg : inputs_of(program.steps[i])) read[reg] = true;
  }
  std::vector<TimedStep> steps;
  std::vector<std::size_t> waiting;  // a stack: for the steps above it
  for (std::size_t sink = 0; sink < program.steps.size(); ++sink) {
    if (!read[program.steps[sink].out]) waiting.push_back(sink);
    while (!waiting.empty()) {
      const TimedStep& step = program.steps[waiting.back()];
      std::size_t missing = none;
      for (const std::uint32_t reg : inputs_of(step))
        if (missing == none && !done[reg]) missing = maker[reg];
      if (missing != none) {
        waiting.push_back(missing);
        continue;
      }
      waiting.pop_back();
      if (!done[step.out]) steps.push_back(step);
      done[step.out] = true;
    }
  }
  program.steps = std::move(steps);
}

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
    const std::uint32_t out = step.out;
    const auto place_output = [&] {
      if (free.empty()) free.push_back(next++);
      step.out = place[out] = free.back();
      free.pop_back();
    };
    for (std::uint32_t* reg : {&step.a, &step.b, &step.c}) *reg = place[*reg];
    const bool widens = step.from_width < step.width;
    if (widens) place_output();  // it would overwrite what it has to read yet
    for (std::size_t j = 0; j < before.size(); ++j) {
      const std::uint32_t reg = before[j];
      const bool first_mention = std::find(before.begin(), before.begin() + j, reg) == before.begin() + j;
      if (last[reg] == i && place[reg] >= fixed_registers && first_mention &&
          level_of(made[reg]) == level_of(i))
        free.push_back(place[reg]);
    }
    if (!widens) place_output();
    if (last[out] == i) free.push_back(place[out]);  // nobody reads it
  }
  program.registers = next;
}

}  // namespace neartile::pe
