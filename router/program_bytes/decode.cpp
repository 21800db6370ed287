#include <bit>

#include "neartile/router/program_bytes.h"
#include "program_bytes/checks.h"
#include "program_bytes/layout.h"

namespace neartile::router {
namespace {

using Code = ProgramErrorCode;

std::uint64_t little_endian(std::span<const std::uint8_t> bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | bytes[i];
  return value;
}

/// Reads fields up to an end that may be drawn in. After the first error all values are 0 and lists empty.
class Reader : public ProgramVisitor {
 public:
  Reader(std::span<const std::uint8_t> bytes, std::size_t at, std::uint64_t data_base)
      : bytes_(bytes), at_(at), end_(bytes.size()), data_base_(data_base) {}

  void number(const Field& field, std::uint64_t& value) override {
    value = take(field.bytes);
    if (value > field.maximum) fail(Code::value);
    if (field.sort == Sort::memory_address && value > ~data_base_) fail(Code::address);
    if (error_ != Code::none) value = 0;
    if (field.sort == Sort::memory_address) value += data_base_;
  }
  void real(std::string_view, std::string_view, double& value) override {
    value = std::bit_cast<double>(take(8));
  }
  void count(std::string_view, std::string_view, std::size_t element_bytes, std::size_t& elements) override {
    elements = take(4);
    if (elements > (end_ - at_) / element_bytes) fail(Code::structure);
    if (error_ != Code::none) elements = 0;
  }

  std::uint32_t word() { return static_cast<std::uint32_t>(take(4)); }
  std::size_t position() const { return at_; }
  std::size_t end() const { return end_; }
  void set_end(std::size_t end) { end_ = end; }
  void fail(Code code) {
    if (error_ == Code::none) error_ = code;
  }
  Code error() const { return error_; }

 private:
  std::uint64_t take(std::size_t size) {
    if (size > end_ - at_) fail(Code::structure);
    if (error_ != Code::none) return 0;
    at_ += size;
    return little_endian(bytes_.subspan(at_ - size, size));
  }

  std::span<const std::uint8_t> bytes_;
  std::size_t at_, end_;
  std::uint64_t data_base_;
  Code error_ = Code::none;
};

void read_work(Reader& reader, std::uint32_t number, Command& command) {
  bool known = false;
  for_each_kind([&](const CommandKind& kind, auto work) {
    if (kind.number != number) return;
    known = true;
    describe(reader, work);
    command.work = std::move(work);
  });
  if (!known) reader.fail(Code::kind);
}

Code read_command(Reader& reader, Command& command) {
  const std::size_t start = reader.position(), whole = reader.end();
  const std::uint32_t length = reader.word(), kind = reader.word();
  if (length < least_command_bytes || length > whole - start) return Code::structure;
  reader.set_end(start + length);
  describe(reader, command);
  read_work(reader, kind, command);
  if (reader.position() != start + length) reader.fail(Code::structure);
  reader.set_end(whole);
  return reader.error();
}

ProgramError read_program(Reader& reader, const ChipConfig& chip, Program& program) {
  describe(reader, program);
  std::size_t layers = 0, commands = 0;
  reader.count("", "", least_layer_bytes(), layers);
  program.layers.resize(layers);
  for (ProgramLayer& layer : program.layers) describe(reader, layer);
  reader.count("", "", least_command_bytes, commands);
  if (reader.error() != Code::none) return {reader.error()};
  const ProgramChecks checks(program, chip);
  if (const Code code = checks.header(); code != Code::none) return {code};
  program.commands.reserve(commands);
  for (CommandIndex i = 0; i < commands; ++i) {
    Command command;
    Code code = read_command(reader, command);
    if (code == Code::none) code = checks.command(i, command);
    if (code != Code::none) return {code, i};
    program.commands.push_back(std::move(command));
  }
  return {reader.position() == reader.end() ? Code::none : Code::structure};
}

}  // namespace

ProgramErrorCode check_head(std::span<const std::uint8_t> head, std::size_t size) {
  if (size > most_program_bytes || size < program_head_bytes || head.size() < program_head_bytes)
    return Code::size;
  if (little_endian(head.first(4)) != program_signature) return Code::signature;
  if (little_endian(head.subspan(4, 4)) != program_version) return Code::version;
  return little_endian(head.subspan(8, 4)) == size ? Code::none : Code::size;
}

DecodedProgram decode(std::span<const std::uint8_t> bytes, const ChipConfig& chip, std::uint64_t data_base) {
  DecodedProgram decoded;
  decoded.error.code = check_head(bytes, bytes.size());
  if (decoded.error.code != Code::none) return decoded;
  if (little_endian(bytes.subspan(12, 4)) != checksum(bytes.subspan(program_head_bytes))) {
    decoded.error.code = Code::checksum;
    return decoded;
  }
  Reader reader(bytes, program_head_bytes, data_base);
  decoded.error = read_program(reader, chip, decoded.program);
  if (decoded.error.code != Code::none) decoded.program = {};
  return decoded;
}

}  // namespace neartile::router
