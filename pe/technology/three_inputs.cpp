#include "three_inputs.h"

#include <bit>

namespace neartile::pe {
namespace {

// The function of the other inputs when those of the mask have the values that are the low bits of `row`.
CellFunction cofactor(const CellFunction& f, unsigned mask, unsigned row) {
  CellFunction rest{f.inputs - static_cast<unsigned>(std::popcount(mask)), 0};
  for (unsigned i = 0; i < 1u << rest.inputs; ++i) {
    unsigned index = 0, of_mask = row, of_rest = i;
    for (unsigned pin = 0; pin < f.inputs; ++pin) {
      unsigned& from = mask >> pin & 1 ? of_mask : of_rest;
      index |= (from & 1) << pin;
      from >>= 1;
    }
    rest.table |= (f.table >> index & 1) << i;
  }
  return rest;
}

// If the inputs of the mask matter by one bit only, `bit` is that function of theirs and `low` and `high`
// are what is left where it is 0 or 1.
bool comes_together(const CellFunction& f, unsigned mask, CellFunction& bit, CellFunction& low,
                    CellFunction& high) {
  bit = {static_cast<unsigned>(std::popcount(mask)), 0};
  low = high = cofactor(f, mask, 0);
  for (unsigned row = 1; row < 1u << bit.inputs; ++row) {
    const CellFunction here = cofactor(f, mask, row);
    if (here.table == low.table) continue;
    if (high.table == low.table) high = here;
    if (here.table != high.table) return false;
    bit.table |= std::uint64_t{1} << row;
  }
  return true;
}

std::vector<std::uint32_t> chosen(const std::vector<std::uint32_t>& inputs, unsigned mask) {
  std::vector<std::uint32_t> some;
  for (unsigned pin = 0; pin < inputs.size(); ++pin)
    if (mask >> pin & 1) some.push_back(inputs[pin]);
  return some;
}

std::uint32_t append(const CellFunction& f, const std::vector<std::uint32_t>& inputs, TimedProgram& program) {
  program.steps.push_back(logic_step(f, inputs, program));
  return program.steps.back().out;
}

// Makes one input of two or three, if some come together.
bool join_inputs(CellFunction& f, std::vector<std::uint32_t>& inputs, TimedProgram& program) {
  const unsigned all = (1u << f.inputs) - 1;
  for (const int size : {3, 2}) {
    for (unsigned mask = 1; mask < all; ++mask) {
      CellFunction bit, low, high;
      if (std::popcount(mask) != size || !comes_together(f, mask, bit, low, high)) continue;
      const std::uint32_t joined = append(bit, chosen(inputs, mask), program);
      inputs = chosen(inputs, all & ~mask);
      inputs.push_back(joined);
      f = {low.inputs + 1, low.table | high.table << (1u << low.inputs)};
      return true;
    }
  }
  return false;
}

}  // namespace

CellFunction to_three_inputs(CellFunction function, std::vector<std::uint32_t>& inputs,
                             TimedProgram& program) {
  while (function.inputs > 3) {
    if (join_inputs(function, inputs, program)) continue;
    // Shannon's expansion over the last input.
    const unsigned last = function.inputs - 1;
    const auto half = [&](unsigned row) {
      std::vector<std::uint32_t> others(inputs.begin(), inputs.end() - 1);
      const CellFunction rest = to_three_inputs(cofactor(function, 1u << last, row), others, program);
      return append(rest, others, program);
    };
    const std::uint32_t low = half(0), high = half(1);
    inputs = {low, high, inputs.back()};
    return {3, 0b11001010};
  }
  return function;
}

std::uint8_t widened(const CellFunction& function) {
  std::uint8_t table = 0;
  for (unsigned i = 0; i < 8; ++i) table |= (function.table >> (i & ((1u << function.inputs) - 1)) & 1) << i;
  return table;
}

TimedStep logic_step(const CellFunction& function, const std::vector<std::uint32_t>& inputs,
                     TimedProgram& program) {
  TimedStep step;
  step.function = widened(function);
  step.a = inputs[0];
  step.b = inputs.size() > 1 ? inputs[1] : inputs[0];
  step.c = inputs.size() > 2 ? inputs[2] : inputs[0];
  step.out = program.registers++;
  return step;
}

}  // namespace neartile::pe
