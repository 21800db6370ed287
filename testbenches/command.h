#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace neartile {

/// A command of the program: `neartile NAME args..`. Bad input is thrown as InputError.
struct Command {
  std::string_view name;
  std::string_view help;
  void (*run)(const std::vector<std::string>& arguments);
};

extern const Command run_command;
extern const Command multipliers_command;
extern const Command technology_command;
extern const Command rtl_command;

}  // namespace neartile
