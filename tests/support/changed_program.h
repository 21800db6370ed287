#pragma once

#include <algorithm>
#include <random>

#include "neartile/router/program.h"
#include "router/program_bytes/layout.h"

namespace neartile::testing_support {

/// Changes about one field in `rarity`: to what limits are made of, to a neighbour, or to anything.
class FieldChanger : public router::ProgramVisitor {
 public:
  FieldChanger(std::mt19937_64& random, unsigned rarity) : random_(random), rarity_(rarity) {}

  void number(const Field& field, std::uint64_t& value) override {
    if (random_() % rarity_ != 0) return;
    const std::uint64_t choices[] = {0,         1,         value + 1,       value - 1,         2 * value,
                                     value + 4, random_(), random_() % 100, random_() % 5'000, field.maximum};
    value = choices[random_() % std::size(choices)] & field.maximum;
  }
  void real(std::string_view, std::string_view, double& value) override {
    if (random_() % rarity_ != 0) return;
    const double choices[] = {0.0, -value, 1e-310, 1e308, 0.5, 1.0 / 0.0, 0.0 / 0.0};
    value = choices[random_() % std::size(choices)];
  }
  void count(std::string_view, std::string_view, std::size_t, std::size_t& elements) override {
    if (random_() % rarity_ == 0) elements = random_() % 2 == 0 ? elements + 1 : elements - elements / 2;
  }

 private:
  std::mt19937_64& random_;
  unsigned rarity_;
};

/// A copy of the program with a few fields changed, and sometimes commands exchanged, doubled or left out.
inline router::Program changed(router::Program program, std::mt19937_64& random) {
  if (random() % 8 == 0) {
    FieldChanger few(random, 30);
    describe(few, program);
    for (router::ProgramLayer& layer : program.layers) describe(few, layer);
  }
  auto& commands = program.commands;
  const auto any = [&] { return commands.begin() + static_cast<std::ptrdiff_t>(random() % commands.size()); };
  switch (random() % 8) {
    case 0:
      commands.erase(any());
      break;
    case 1:
      std::iter_swap(any(), any());
      break;
    case 2:
      commands.push_back(*any());
      break;
    default:
      break;
  }
  for (std::size_t changes = 1 + random() % 3; changes > 0; --changes) {
    router::Command& command = *any();
    FieldChanger some(random, 6);
    if (random() % 4 == 0) describe(some, command);
    std::visit([&](auto& work) { describe(some, work); }, command.work);
  }
  return program;
}

}  // namespace neartile::testing_support
