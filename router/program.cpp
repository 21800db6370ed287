#include "neartile/router/program.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "program_bytes/layout.h"

namespace neartile::router {
namespace {

/// Fields as " name value", addresses in hexadecimal, lists in brackets.
class Text : public ProgramVisitor {
 public:
  void number(const Field& field, std::uint64_t& value) override {
    text += field.sort == Sort::number ? fmt::format(" {} {}", field.name, value)
                                       : fmt::format(" {} {:#x}", field.name, value);
  }
  void real(std::string_view name, std::string_view, double& value) override {
    text += fmt::format(" {} {}", name, value);
  }
  void count(std::string_view name, std::string_view, std::size_t, std::size_t&) override {
    text += fmt::format(" {} [", name);
  }
  void end_of_list() override { text += " ]"; }

  std::string text;
};

}  // namespace

std::uint64_t data_end(const Program& program) {
  std::uint64_t end =
      std::max({program.input_address + (program.images - 1) * program.input_stride + program.input_bytes,
                program.output_address + (program.images - 1) * program.output_stride + program.output_bytes,
                program.reserved_end});
  for (const MemorySegment& segment : program.memory)
    end = std::max<std::uint64_t>(end, segment.address + segment.bytes.size());
  return end;
}

std::string to_text(const Program& program) {
  std::string text;
  for (std::size_t i = 0; i < program.commands.size(); ++i) {
    Command command = program.commands[i];
    Text fields;
    std::visit([&](auto& work) { describe(fields, work); }, command.work);
    text += fmt::format("{:6} {}: {}{}; after {}\n", i, program.layers[command.layer].name,
                        kind_of(command).name, fields.text, fmt::join(command.after, " "));
  }
  return text;
}

}  // namespace neartile::router
