#include <fmt/format.h>

#include <bit>
#include <type_traits>

#include "neartile/router/program_bytes.h"
#include "program_bytes/checks.h"
#include "program_bytes/layout.h"

namespace neartile::router {
namespace {

constexpr const char* introduction = R"(# Program bytes

<!-- Made from router/program_bytes/layout.cpp:
     NEARTILE_ACCEPT=1 build/release/bin/router_tests --gtest_filter=ProgramBytes.ThePage* -->

What the controller fetches from memory and executes once for each ring of the doorbell ([registers](registers.md)). Numbers
are little endian and unsigned unless said; fields follow each other without gaps. `router::encode` writes these bytes,
`router::decode` reads and checks them.

Memory addresses are relative to `DATA_BASE`; buffer addresses begin with the unified buffer. Weights, constants and tensors
are data in memory; [the chip model](../explanation/chip-model.md) says what commands do with them.

A program is a head, a header, a list of layers and a list of commands; each list is its length (4 bytes), then the parts.
)";

constexpr const char* head = R"(
## Head
| offset | bytes | field | meaning |
|---|---|---|---|
| 0 | 4 | `signature` | the letters NTPR |
| 4 | 4 | `version` | of this layout: {} |
| 8 | 4 | `size` | of the whole program in bytes: what `QUEUE_SIZE` says, at most {} MiB |
| 12 | 4 | `checksum` | CRC-32 of all bytes from offset 16 on: polynomial 0x04c11db7, reflected, all ones before and after (zlib's) |
)";

constexpr const char* limits = R"(
## What is checked
The chip executes nothing of a program before all of it is found good. `ERROR_CODE` says what is wrong, `ERROR_COMMAND`
with which command.

- Signature, version, size and checksum; then that each length and list ends where it should, and every field has a value
  that it may have.
- Ranges in the unified buffer, slots, accumulator halves and tiles keep to the sizes that this chip has; memory addresses
  do not pass the end of 64 bits. Whether memory is there shows when it is accessed (`ACCESS`).
- A command's layer is one of the program's, and a matrix layer where an array works; its group and part exist.
- A command waits for earlier ones only. So a program ends.
- Tensors have 1 to 2^{} elements, windows no size, stride or dilation of 0; inputs make their output; a pooling has at
  most 2^{} window places x taps.
- Scales are positive and finite; zero points are integers of their encoding; clamps have no not-a-number.

What is not checked is whether a program waits for all that it needs: one that does not may compute from operands that are
not there yet. Its numbers are then wrong, and nothing else.

| code | name | meaning |
|---|---|---|
)";

/// Writes a table row for each field; of a list, for the fields of one element.
class Page : public ProgramVisitor {
 public:
  explicit Page(std::size_t offset) : offset_(offset) {}

  void number(const Field& field, std::uint64_t&) override {
    const bool usual = field.bytes == 8 || field.maximum == (std::uint64_t{1} << (8 * field.bytes)) - 1;
    std::string meaning(field.meaning);
    if (!usual) meaning += fmt::format("{}at most {}", meaning.empty() ? "" : "; ", field.maximum);
    if (field.sort == Sort::buffer_address) meaning += " (buffer address)";
    if (field.sort == Sort::memory_address) meaning += " (memory address)";
    row(field.bytes, field.name, meaning);
  }
  void real(std::string_view name, std::string_view meaning, double&) override {
    row(8, name, fmt::format("{} (double)", meaning));
  }
  void count(std::string_view name, std::string_view meaning, std::size_t, std::size_t& elements) override {
    row(4, name, fmt::format("how many {}; then for each:", meaning));
    in_list_ = true;
    elements = 1;
  }
  void end_of_list() override {
    is_after_list_ = true;
    in_list_ = false;
  }

  std::string text = "| offset | bytes | field | meaning |\n|---|---|---|---|\n";

 private:
  void row(unsigned bytes, std::string_view name, std::string_view meaning) {
    const std::string offset = in_list_ || is_after_list_ ? "" : fmt::to_string(offset_);
    text += fmt::format("| {} | {} | {}`{}` | {} |\n", offset, bytes, in_list_ ? "- " : "", name, meaning);
    offset_ += bytes;
  }

  std::size_t offset_;
  bool in_list_ = false, is_after_list_ = false;
};

template <class Part>
std::string table(std::size_t offset, Part part) {
  Page page(offset);
  describe(page, part);
  return page.text;
}

std::string command_tables() {
  std::string text =
      "\n## Command\nEach begins so, and goes on with the fields of its kind.\n\n"
      "| offset | bytes | field | meaning |\n|---|---|---|---|\n"
      "| 0 | 4 | `length` | of the whole command in bytes |\n| 4 | 4 | `kind` | number of its kind |\n";
  const std::string common = table(8, Command{});
  text += common.substr(common.find("| 8 |"));
  text += "\n| kind | name | does |\n|---|---|---|\n";
  for_each_kind([&](const CommandKind& kind, const auto&) {
    text += fmt::format("| {} | `{}` | {} |\n", kind.number, kind.name, kind.meaning);
  });
  text += "\nOffsets below are those after the list of `after`.\n";
  for_each_kind([&](const CommandKind& kind, const auto& work) {
    if (std::is_same_v<std::decay_t<decltype(work)>, Fence>) return;
    text += fmt::format("\n### {}\n{}", kind.name, table(0, work));
  });
  return text;
}

}  // namespace

std::string program_bytes_page() {
  const auto exponent = [](std::uint64_t power) { return std::bit_width(power) - 1; };
  std::string text = introduction + fmt::format(head, program_version, most_program_bytes >> 20);
  text += "\n## Header\n" + table(program_head_bytes, Program{});
  text += "\n## Layer\n" + table(0, ProgramLayer{});
  text += command_tables();
  text += fmt::format(limits, exponent(most_elements), exponent(most_window_steps));
  for (const ProgramErrorText& error : program_error_texts())
    text += fmt::format("| {} | `{}` | {} |\n", static_cast<unsigned>(error.code), error.name, error.meaning);
  return text;
}

}  // namespace neartile::router
