#include "pe/technology/three_inputs.h"

#include <gtest/gtest.h>

#include <random>

namespace neartile::pe {
namespace {

// The steps that are needed for a function, after they were compared with it on all rows.
std::size_t checked_steps(const CellFunction& function) {
  TimedProgram program;
  program.registers = function.inputs;
  std::vector<std::uint32_t> inputs(function.inputs);
  for (std::uint32_t i = 0; i < function.inputs; ++i) inputs[i] = i;
  const CellFunction last = to_three_inputs(function, inputs, program);
  EXPECT_LE(last.inputs, 3u);
  EXPECT_EQ(inputs.size(), last.inputs);
  program.steps.push_back(logic_step(last, inputs, program));
  for (unsigned row = 0; row < 1u << function.inputs; ++row) {
    std::vector<unsigned> value(program.registers, 0);
    for (unsigned i = 0; i < function.inputs; ++i) value[i] = row >> i & 1;
    for (const TimedStep& step : program.steps)
      value[step.out] = step.function >> (value[step.a] | value[step.b] << 1 | value[step.c] << 2) & 1;
    EXPECT_EQ(value[program.steps.back().out], function.table >> row & 1) << "row " << row;
  }
  return program.steps.size();
}

template <class Function>
CellFunction table_of(unsigned inputs, Function function) {
  CellFunction f{inputs, 0};
  for (unsigned row = 0; row < 1u << inputs; ++row) {
    const auto bit = [&](unsigned i) { return bool(row >> i & 1); };
    f.table |= std::uint64_t{function(bit(0), bit(1), bit(2), bit(3), bit(4), bit(5))} << row;
  }
  return f;
}

TEST(ThreeInputs, CellsOfFourToSixInputsTakeTwoOrThreeSteps) {
  using B = bool;
  const auto and4 = [](B a, B b, B c, B d, B, B) { return a && b && c && d; };
  const auto aoi22 = [](B a, B b, B c, B d, B, B) { return !((a && b) || (c && d)); };
  const auto oa31 = [](B a, B b, B c, B d, B, B) { return (a || b || c) && d; };
  const auto and5 = [](B a, B b, B c, B d, B e, B) { return a && b && c && d && e; };
  const auto ao32 = [](B a, B b, B c, B d, B e, B) { return (a && b && c) || (d && e); };
  const auto aoi221 = [](B a, B b, B c, B d, B e, B) { return !((a && b) || (c && d) || e); };
  const auto ao222 = [](B a, B b, B c, B d, B e, B f) { return (a && b) || (c && d) || (e && f); };
  EXPECT_EQ(checked_steps(table_of(4, and4)), 2u);
  EXPECT_EQ(checked_steps(table_of(4, aoi22)), 2u);
  EXPECT_EQ(checked_steps(table_of(4, oa31)), 2u);
  EXPECT_EQ(checked_steps(table_of(5, and5)), 2u);
  EXPECT_EQ(checked_steps(table_of(5, ao32)), 2u);
  EXPECT_EQ(checked_steps(table_of(5, aoi221)), 2u);
  EXPECT_EQ(checked_steps(table_of(6, ao222)), 3u);
}

TEST(ThreeInputs, AnyFunctionOfUpToSixInputsIsKept) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 300; ++round) {
    const auto inputs = static_cast<unsigned>(1 + random() % 6);
    const std::uint64_t all = inputs == 6 ? ~std::uint64_t{0} : (std::uint64_t{1} << (1u << inputs)) - 1;
    checked_steps({inputs, random() & all});
    checked_steps({inputs, random() & random() & random() & random() & all});
  }
}

}  // namespace
}  // namespace neartile::pe
