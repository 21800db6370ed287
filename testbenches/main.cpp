#include <fmt/format.h>

#include <cstdlib>
#include <new>
#include <systemc>

#include "command.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "text/printable.h"

namespace neartile {
namespace {

const Command* const commands[] = {&run_command, &multipliers_command, &technology_command, &rtl_command};

std::string help() {
  std::string text =
      "Neartile models a chip of systolic arrays whose multipliers may be approximate.\n\n"
      "usage: neartile COMMAND [options]\n"
      "       neartile --help | --version\n\n"
      "commands (neartile COMMAND --help says more):\n";
  for (const Command* command : commands) text += fmt::format("  {:<12}{}\n", command->name, command->help);
  return text;
}

void dispatch(const std::vector<std::string>& arguments) {
  const std::string word = arguments.empty() ? "" : arguments.front();
  if (word == "--help" || word == "-h") return fmt::print("{}", help());
  if (word == "--version") return fmt::print("neartile {}\n", NEARTILE_VERSION);
  for (const Command* command : commands)
    if (word == command->name) return command->run({arguments.begin() + 1, arguments.end()});
  if (word.empty()) throw InputError("no command given, see neartile --help");
  throw InputError(in_quotes(word), "no such command or option, see neartile --help");
}

int fail(const std::string& line) {
  std::fflush(stdout);
  fmt::print(stderr, "neartile: {}\n", printable(line));
  return EXIT_FAILURE;
}

int run_program(int argc, char** argv) {
  try {
    dispatch({argv + 1, argv + argc});
    if (std::fflush(stdout) != 0) return fail("standard output cannot be written");
    return EXIT_SUCCESS;
  } catch (const std::bad_alloc&) {
    return fail("not enough memory");
  } catch (const std::exception& error) {
    return fail(error.what());
  }
}

}  // namespace
}  // namespace neartile

int sc_main(int argc, char** argv) {
  return neartile::run_program(argc, argv);
}

// Takes the place of libsystemc's main(), which would print a banner first.
int main(int argc, char** argv) {
  setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 0);
  return sc_core::sc_elab_and_sim(argc, argv);
}
