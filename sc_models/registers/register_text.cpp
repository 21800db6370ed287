#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "neartile/sc_models/host_map.h"
#include "register_map.h"

namespace neartile::sc_models {
namespace {

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

std::string access_text(RegisterAccess access) {
  switch (access) {
    case RegisterAccess::read_only:
      return "read";
    case RegisterAccess::read_write:
      return "read, write";
    case RegisterAccess::write_only:
      return "write";
    case RegisterAccess::write_1_to_clear:
      return "read, write 1 to clear";
  }
  return "";
}

std::string access_text(const RegisterEntry& entry) {
  return access_text(entry.access) + (entry.refused_while_busy ? "; writes while idle only" : "");
}

std::string define(const std::string& name, const std::string& value, const std::string& text = "") {
  return fmt::format("#define NEARTILE_{} {}{}\n", name, value, text.empty() ? "" : " /* " + text + " */");
}

std::string offset_define(const RegisterEntry& entry, const std::string& suffix, std::uint32_t offset) {
  if (entry.count == 1) return define(entry.name + suffix, fmt::format("0x{:x}u", offset));
  return define(entry.name + suffix + "(i)", fmt::format("(0x{:x}u + 0x{:x}u * (i))", offset, entry.stride));
}

std::string field_defines(const RegisterEntry& entry) {
  std::string text;
  for (const RegisterField& field : entry.fields) {
    const std::string name = entry.name + "_" + field.name;
    if (field.width == 1) {
      text += define(name, fmt::format("0x{:x}u", 1u << field.low), field.text);
      continue;
    }
    text += define(name + "_SHIFT", fmt::format("{}u", field.low));
    text += define(name + "_MASK", fmt::format("0x{:x}u", (1u << field.width) - 1), field.text);
  }
  return text;
}

std::string defines_of(const RegisterEntry& entry) {
  std::string text = fmt::format("\n/* {} ({}) */\n", entry.text, access_text(entry));
  if (entry.words == 2) {
    text += offset_define(entry, "_LOW", entry.offset) + offset_define(entry, "_HIGH", entry.offset + 4);
  } else {
    text += offset_define(entry, "", entry.offset);
  }
  if (entry.reset.value_or(0) != 0)
    text += define(entry.name + "_AFTER_RESET", fmt::format("0x{:x}u", *entry.reset));
  text += field_defines(entry);
  for (const RegisterValue& value : entry.values) {
    text += define(entry.name + "_" + upper(value.name), fmt::format("0x{:x}u", value.value), value.text);
  }
  return text;
}

std::string offset_text(const RegisterEntry& entry) {
  if (entry.count == 1) return fmt::format("0x{:05x}", entry.offset);
  return fmt::format("0x{:05x} + 0x{:x} i", entry.offset, entry.stride);
}

std::string reset_text(const RegisterEntry& entry) {
  if (!entry.reset) return "the chip's";
  return *entry.reset == 0 ? "0" : fmt::format("0x{:08x}", *entry.reset);
}

std::string row_of(const RegisterEntry& entry) {
  return fmt::format("| `{}`{} | {} | {} | {} | {} |\n", entry.name, entry.words == 2 ? ", 64 bits" : "",
                     offset_text(entry), access_text(entry), reset_text(entry), entry.text);
}

std::string details_of(const RegisterEntry& entry) {
  std::string text;
  if (!entry.fields.empty()) {
    text += fmt::format("\n### {}\n| bits | field | meaning |\n|---|---|---|\n", entry.name);
    for (const RegisterField& field : entry.fields) {
      const unsigned last = field.low + field.width - 1;
      text +=
          fmt::format("| {} | `{}` | {} |\n",
                      field.width == 1 ? fmt::to_string(field.low) : fmt::format("{}:{}", last, field.low),
                      field.name, field.text);
    }
  }
  if (!entry.values.empty()) {
    text += fmt::format("\n### {}\n| value | name | meaning |\n|---|---|---|\n", entry.name);
    for (const RegisterValue& value : entry.values) {
      text += fmt::format("| {:#x} | `{}` | {} |\n", value.value, upper(value.name), value.text);
    }
  }
  return text;
}

constexpr const char* page_introduction = R"(# Registers

<!-- Made from sc_models/registers/register_map.cpp, as neartile_registers.h is:
     NEARTILE_ACCEPT=1 build/release/bin/sc_models_tests --gtest_filter=RegisterMap.* -->

The chip's registers are words of 32 bits, little endian, at these offsets from the start of its host socket's window.
Firmware includes `neartile/sc_models/driver/neartile_registers.h`, which has each name with `NEARTILE_` before it; of a
register of 64 bits the low word is `.._LOW` and the high one, 4 bytes on, `.._HIGH`. Tables are indexed from 0 by group,
array or layer. The unified buffer follows at `NEARTILE_BUFFER_WINDOW`.

| access | answer |
|---|---|
| to an offset without a register, an entry that the chip has not, or not to a whole word | `TLM_ADDRESS_ERROR_RESPONSE` |
| a read of a register that is written only, a write to one that is read only | `TLM_COMMAND_ERROR_RESPONSE` |
| a write that is refused while the chip is busy, or of a `ROUTE` to a group that the chip has not | `TLM_GENERIC_ERROR_RESPONSE` |

A refused access changes nothing. Reading the low word of a 64-bit counter keeps its high word for the next read of it, so
that the two belong together; debug reads keep nothing. Entries of layers that the last program has not read 0.

| register | offset | access | after reset | meaning |
|---|---|---|---|---|
)";

}  // namespace

std::string register_header() {
  std::string text =
      "/* The registers of a Neartile chip, for firmware: C99 and C++. Made from "
      "sc_models/registers/register_map.cpp;\n"
      "   docs/reference/registers.md says the same in a table, and how to make both again. */\n"
      "#ifndef NEARTILE_REGISTERS_H\n#define NEARTILE_REGISTERS_H\n";
  for (const RegisterEntry& entry : register_map()) text += defines_of(entry);
  text += "\n/* the unified buffer, byte for byte (host_map.h) */\n";
  text += define("BUFFER_WINDOW", fmt::format("{:#x}u", host_map::buffer_window));
  return text + "\n#endif\n";
}

std::string register_page() {
  std::string text = page_introduction;
  for (const RegisterEntry& entry : register_map()) text += row_of(entry);
  text += "\n## Bits and values\n";
  for (const RegisterEntry& entry : register_map()) text += details_of(entry);
  return text;
}

}  // namespace neartile::sc_models
