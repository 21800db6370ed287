#include <fmt/format.h>

#include <bit>

#include "neartile/pe/base/error.h"
#include "neartile/router/program_bytes.h"
#include "program_bytes/layout.h"

namespace neartile::router {
namespace {

class Writer : public ProgramVisitor {
 public:
  void number(const Field& field, std::uint64_t& value) override {
    if (value > field.maximum)
      throw InputError("program",
                       fmt::format("{} is {}, expected at most {}", field.name, value, field.maximum));
    put(value, field.bytes);
  }
  void real(std::string_view, std::string_view, double& value) override {
    put(std::bit_cast<std::uint64_t>(value), 8);
  }
  void count(std::string_view, std::string_view, std::size_t, std::size_t& elements) override {
    put(elements, 4);
  }

  void put(std::uint64_t value, unsigned size) {
    for (unsigned i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  void replace(std::size_t at, std::uint32_t value) {
    for (unsigned i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
  }

  std::vector<std::uint8_t> bytes;
};

void write_command(Writer& writer, Command command) {
  const std::size_t start = writer.bytes.size();
  writer.put(0, 4);
  writer.put(kind_of(command).number, 4);
  describe(writer, command);
  std::visit([&](auto& work) { describe(writer, work); }, command.work);
  writer.replace(start, static_cast<std::uint32_t>(writer.bytes.size() - start));
}

}  // namespace

std::vector<std::uint8_t> encode(const Program& program) {
  Writer writer;
  for (const std::uint32_t word : {program_signature, program_version, 0u, 0u}) writer.put(word, 4);
  Program header;  // visitors take what they could change
  header.input_address = program.input_address;
  header.input_bytes = program.input_bytes;
  header.input_encoding = program.input_encoding;
  header.output_address = program.output_address;
  header.output_bytes = program.output_bytes;
  header.output_encoding = program.output_encoding;
  header.images = program.images;
  header.input_stride = program.input_stride;
  header.output_stride = program.output_stride;
  describe(writer, header);
  writer.put(program.layers.size(), 4);
  for (ProgramLayer layer : program.layers) describe(writer, layer);
  writer.put(program.commands.size(), 4);
  for (const Command& command : program.commands) {
    write_command(writer, command);
    if (writer.bytes.size() > most_program_bytes)
      throw InputError("program", fmt::format("is longer than {} MiB", most_program_bytes >> 20));
  }
  writer.replace(8, static_cast<std::uint32_t>(writer.bytes.size()));
  writer.replace(12, checksum(std::span(writer.bytes).subspan(program_head_bytes)));
  return std::move(writer.bytes);
}

}  // namespace neartile::router
