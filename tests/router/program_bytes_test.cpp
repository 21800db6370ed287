#include "neartile/router/program_bytes.h"

#include <functional>
#include <limits>
#include <map>
#include <random>

#include "neartile/pe/base/error.h"
#include "neartile/router/compiler.h"
#include "router/program_bytes/layout.h"
#include "support/accepted_file.h"
#include "support/damaged_bytes.h"
#include "support/sealed_program.h"
#include "support/small_networks.h"
#include "support/small_programs.h"

namespace neartile::router {
namespace {

using testing_support::sealed;
using Code = ProgramErrorCode;

struct Compiled {
  static ChipConfig small_chip() {
    ChipConfig chip;
    chip.arrays[0].count = 2;
    chip.arrays[0].array.rows = 16;
    chip.arrays[0].array.columns = 8;
    chip.unified_buffer_KiB = 64;
    chip.weight_buffer_KiB = 1;
    chip.accumulator_vectors = 40;
    complete(chip, "test");
    return chip;
  }
  workloads::QuantisedNetwork network = testing_support::network_of_everything(1).quantise();
  ChipConfig chip = small_chip();
  Program program = compile(network, Routing(network.network.nodes.size(), 0), chip);
};

TEST(ProgramBytes, ThePageIsThatOfTheLayout) {
  testing_support::expect_file("docs/reference/program-bytes.md", program_bytes_page());
}

TEST(ProgramBytes, TheChecksumIsThatOfZlib) {
  const std::string digits = "123456789";
  EXPECT_EQ(checksum(std::vector<std::uint8_t>(digits.begin(), digits.end())), 0xcbf43926);
  EXPECT_EQ(checksum({}), 0u);
}

TEST(ProgramBytes, BeginAsThePageSays) {
  const Compiled c;
  const auto bytes = encode(c.program);
  EXPECT_EQ(std::string(bytes.begin(), bytes.begin() + 4), "NTPR");
  EXPECT_EQ(bytes[4], 1);
  EXPECT_EQ(bytes[8] | bytes[9] << 8 | bytes[10] << 16, static_cast<int>(bytes.size()));
  EXPECT_EQ(sealed(bytes), bytes);
}

TEST(ProgramBytes, EachKindOfCommandHasANumberOfItsOwn) {
  std::map<std::uint32_t, std::string_view> kinds;
  for_each_kind([&](const CommandKind& kind, const auto& work) {
    EXPECT_TRUE(kinds.emplace(kind.number, kind.name).second) << kind.number;
    EXPECT_EQ(kind_of({0, {}, work}).number, kind.number);
  });
  EXPECT_EQ(kinds.size(), std::variant_size_v<decltype(Command::work)>) << "every kind has bytes";
}

// The text shows every field of every command; names are no part of the bytes.
TEST(ProgramBytes, SayAllThatACommandSays) {
  const Compiled c;
  DecodedProgram decoded = decode(encode(c.program), c.chip);
  ASSERT_EQ(decoded.error, ProgramError{});
  ASSERT_EQ(decoded.program.layers.size(), c.program.layers.size());
  for (std::size_t i = 0; i < c.program.layers.size(); ++i) {
    const ProgramLayer &layer = decoded.program.layers[i], &expected = c.program.layers[i];
    EXPECT_EQ(layer.matrix, expected.matrix);
    EXPECT_EQ(layer.group, expected.group);
    EXPECT_EQ(layer.shape.input, expected.shape.input);
    EXPECT_EQ(layer.shape.window, expected.shape.window);
    EXPECT_EQ(layer.shape.groups, expected.shape.groups);
    EXPECT_EQ(layer.shape.out_channels, expected.shape.out_channels);
    EXPECT_EQ(layer.zero_point_pattern, expected.zero_point_pattern);
    EXPECT_EQ(layer.output, expected.output);
    EXPECT_EQ(layer.clamp, expected.clamp);
    decoded.program.layers[i].name = expected.name;
  }
  EXPECT_EQ(to_text(decoded.program), to_text(c.program));
  EXPECT_EQ(decoded.program.input_address, c.program.input_address);
  EXPECT_EQ(decoded.program.output_bytes, c.program.output_bytes);
  EXPECT_EQ(decoded.program.output_encoding, c.program.output_encoding);
}

TEST(ProgramBytes, MemoryAddressesAreRelativeToTheDataBase) {
  const Compiled c;
  const auto bytes = encode(c.program);
  const DecodedProgram decoded = decode(bytes, c.chip, 0x80000000);
  ASSERT_EQ(decoded.error, ProgramError{});
  EXPECT_EQ(decoded.program.input_address, c.program.input_address + 0x80000000);
  for (std::size_t i = 0; i < c.program.commands.size(); ++i) {
    const auto* load = std::get_if<LoadWeights>(&c.program.commands[i].work);
    if (load == nullptr) continue;
    EXPECT_EQ(std::get<LoadWeights>(decoded.program.commands[i].work).memory_address,
              load->memory_address + 0x80000000);
  }
  EXPECT_EQ(decode(bytes, c.chip, std::numeric_limits<std::uint64_t>::max() - 100).error.code, Code::address);
}

TEST(ProgramBytes, AValueThatDoesNotFitItsFieldIsNotEncoded) {
  Compiled c;
  c.program.layers[0].shape.window.kernel_width = 70000;
  EXPECT_THROW(encode(c.program), InputError);
}

/// A program of one command of each kind, at `index` 0.., and what is wrong after `damage`.
struct Wrong {
  const char* what;
  Code code;
  std::function<void(Program&)> damage;
  std::uint32_t command = no_command;
};

template <class Work>
CommandIndex first_of(const Program& program) {
  for (CommandIndex i = 0; i < program.commands.size(); ++i) {
    if (std::holds_alternative<Work>(program.commands[i].work)) return i;
  }
  return no_command;
}

/// Changes the first command with this kind of work.
template <class Work, class Change>
Wrong wrong(const char* what, Code code, Change change) {
  const CommandIndex index = first_of<Work>(Compiled().program);
  return {what, code, [change, index](Program& p) { change(std::get<Work>(p.commands[index].work)); }, index};
}

constexpr std::uint64_t buffer_bytes = 64 * 1024;
constexpr std::uint64_t huge = 0xffffffff;

std::vector<Wrong> wrong_programs() {
  const double infinity = std::numeric_limits<double>::infinity(),
               nan = std::numeric_limits<double>::quiet_NaN();
  return {
      {"scale 0", Code::encoding, [](Program& p) { p.layers[0].output.scale = 0; }},
      {"infinite scale", Code::encoding, [=](Program& p) { p.input_encoding.scale = infinity; }},
      {"zero point", Code::encoding, [](Program& p) { p.output_encoding.zero_point = 256; }},
      {"clamp", Code::encoding, [=](Program& p) { p.layers[0].clamp.minimum = nan; }},
      {"group", Code::part, [](Program& p) { p.layers[0].group = 1; }},
      {"group of a vector layer", Code::part, [](Program& p) { p.layers[2].group = 1; }},
      {"no groups", Code::shape, [](Program& p) { p.layers[0].shape.groups = 0; }},
      {"uneven groups", Code::shape, [](Program& p) { p.layers[0].shape.groups = 2; }},
      {"stride 0", Code::shape, [](Program& p) { p.layers[0].shape.window.stride_width = 0; }},
      {"window too large", Code::shape, [](Program& p) { p.layers[0].shape.window.kernel_width = 1000; }},
      {"huge tensor", Code::shape,
       [](Program& p) {
         p.layers[0].shape.input = {3, huge, huge};
       }},
      {"layer", Code::layer, [](Program& p) { p.commands[0].layer = 1000; }, 0},
      {"waits for itself", Code::dependency, [](Program& p) { p.commands[3].after.push_back(3); }, 3},
      wrong<LoadTensor>("beyond the buffer", Code::address, [](auto& w) { w.buffer_address = buffer_bytes; }),
      wrong<LoadTensor>("no bytes", Code::address, [](auto& w) { w.bytes = 0; }),
      wrong<LoadTensor>("end of memory", Code::address, [](auto& w) { w.memory_address = ~0ULL; }),
      wrong<LoadWeights>("slot", Code::weights, [](auto& w) { w.slot = 8; }),
      wrong<LoadWeights>("tile", Code::weights, [](auto& w) { w.bytes = 129; }),
      wrong<LoadWeights>("part", Code::part, [](auto& w) { w.part = 2; }),
      wrong<Matmul>("part", Code::part, [](auto& w) { w.part = 2; }),
      wrong<Matmul>("slot", Code::weights, [](auto& w) { w.slot = 8; }),
      wrong<Matmul>("group", Code::tile, [](auto& w) { w.group = 1; }),
      wrong<Matmul>("m", Code::tile, [](auto& w) { w.m = 21; }),
      wrong<Matmul>("no m", Code::tile, [](auto& w) { w.m = 0; }),
      wrong<Matmul>("first m", Code::tile, [](auto& w) { w.first_m = 90; }),
      wrong<Matmul>("k", Code::tile, [](auto& w) { w.k = 17; }),
      wrong<Matmul>("first k", Code::tile, [](auto& w) { w.first_k = huge; }),
      wrong<Matmul>("n", Code::tile, [](auto& w) { w.n = 9; }),
      wrong<Matmul>("input", Code::address, [](auto& w) { w.input_address = buffer_bytes - 1; }),
      wrong<Requantise>("m", Code::tile, [](auto& w) { w.m = 21; }),
      wrong<Requantise>("n", Code::tile, [](auto& w) { w.first_channel = 5; }),
      wrong<Requantise>("constants", Code::address, [](auto& w) { w.constants_address = buffer_bytes; }),
      wrong<Requantise>("output", Code::address, [](auto& w) { w.output_address = ~0ULL; }),
      wrong<VectorCompute>("inputs", Code::vector_operation, [](auto& w) { w.inputs.clear(); }),
      wrong<VectorCompute>("shape", Code::shape, [](auto& w) { w.output.shape.width = 0; }),
      wrong<VectorCompute>("other shape", Code::vector_operation, [](auto& w) { --w.output.shape.width; }),
      wrong<VectorCompute>("encoding", Code::encoding, [](auto& w) { w.output.encoding.scale = -1; }),
      wrong<VectorCompute>("address", Code::address, [](auto& w) { w.inputs[0].address = buffer_bytes; }),
      wrong<VectorCompute>("stride", Code::shape, [](auto& w) { w.op.window.stride_height = 0; }),
      wrong<Store>("address", Code::address, [](auto& w) { w.bytes = huge; }),
  };
}

TEST(ProgramBytes, WhatIsWrongHasItsCodeAndCommand) {
  const Compiled c;
  for (const Wrong& wrong : wrong_programs()) {
    Program program = c.program;
    wrong.damage(program);
    const DecodedProgram decoded = decode(encode(program), c.chip);
    EXPECT_EQ(text_of(decoded.error.code).name, text_of(wrong.code).name) << wrong.what;
    EXPECT_EQ(decoded.error.command, wrong.command) << wrong.what;
    EXPECT_TRUE(decoded.program.commands.empty()) << wrong.what;
  }
}

TEST(ProgramBytes, AWrongHeadHasItsCode) {
  const Compiled c;
  const auto good = encode(c.program);
  const auto code_with = [&](std::size_t at, int change) {
    auto bytes = good;
    bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ change);
    return decode(bytes, c.chip).error.code;
  };
  EXPECT_EQ(code_with(0, 1), Code::signature);
  EXPECT_EQ(code_with(4, 2), Code::version);
  EXPECT_EQ(code_with(8, 1), Code::size);
  EXPECT_EQ(code_with(12, 1), Code::checksum);
  EXPECT_EQ(code_with(good.size() - 1, 0x80), Code::checksum);
  EXPECT_EQ(decode({}, c.chip).error.code, Code::size);
  EXPECT_EQ(decode(std::span(good).first(good.size() - 1), c.chip).error.code, Code::size);
}

TEST(ProgramBytes, WrongLengthsAndKindsHaveTheirCodes) {
  Compiled c;
  c.program.commands.resize(1);
  const auto good = encode(c.program);
  const std::size_t command = good.size() - 69;  // a LOAD_TENSOR that waits for nothing
  ASSERT_EQ(good[command], 69);
  const auto code_of = [&](std::vector<std::uint8_t> bytes) {
    return decode(sealed(bytes), c.chip).error.code;
  };
  const auto with = [&](std::size_t at, std::uint32_t word) {
    auto bytes = good;
    testing_support::put_word(bytes, command + at, word);
    return code_of(bytes);
  };
  EXPECT_EQ(code_of(good), Code::none);
  EXPECT_EQ(with(0, 68), Code::structure);
  EXPECT_EQ(with(0, 70), Code::structure);
  EXPECT_EQ(with(0, 0), Code::structure);
  EXPECT_EQ(with(0, 0xffffffff), Code::structure);
  EXPECT_EQ(with(4, 99), Code::kind);
  EXPECT_EQ(with(16, 0xffffffff), Code::structure) << "more dependencies than bytes";
  EXPECT_EQ(with(-4, 2), Code::structure) << "more commands than bytes";
  auto longer = good;
  longer.push_back(0);
  EXPECT_EQ(code_of(longer), Code::structure) << "bytes after the last command";
}

TEST(ProgramBytes, TheFuzzersSeedsAreGoodPrograms) {
  const auto bytes = encode(testing_support::tiny_program());
  EXPECT_EQ(decode(bytes, testing_support::tiny_chip()).error, ProgramError{});
  testing_support::expect_file("tests/fuzz/corpus/program/tiny.bin", std::string(bytes.begin(), bytes.end()));
  Program one = testing_support::tiny_program();
  one.layers.resize(1);
  one.commands.resize(6);
  const auto few = encode(one);
  testing_support::expect_file("tests/fuzz/corpus/program/six.bin", std::string(few.begin(), few.end()));
}

// Bytes are taken as a whole or not at all: what is decoded says exactly what it was decoded from.
void expect_damage_to_be_seen(int copies, unsigned seed) {
  const Compiled c;
  const auto good = encode(c.program);
  std::mt19937_64 random(seed);
  int refused = 0, taken = 0;
  for (int i = 0; i < copies; ++i) {
    const auto bytes = sealed(testing_support::damaged(good, random));
    const DecodedProgram decoded = decode(bytes, c.chip);
    if (decoded.error.code != Code::none) {
      ++refused;
      continue;
    }
    ++taken;
    ASSERT_EQ(encode(decoded.program), bytes) << "copy " << i;
  }
  EXPECT_GT(refused, copies / 4);
  EXPECT_GT(taken, copies / 50);
}

TEST(ProgramBytes, DamageIsRefusedOrMeansSomethingElse) {
  expect_damage_to_be_seen(1000, 1);
}

TEST(LongProgramBytes, DamageIsRefusedOrMeansSomethingElse) {
  expect_damage_to_be_seen(100'000, 2);
}

}  // namespace
}  // namespace neartile::router
