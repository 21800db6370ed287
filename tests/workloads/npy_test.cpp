#include "neartile/workloads/npy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <random>
#include <span>

#include "neartile/pe/base/error.h"
#include "support/error_of.h"
#include "support/temporary_folder.h"

namespace neartile::workloads {
namespace {

/// A file of the given format version, header text and elements.
std::string npy(const std::string& header, const std::string& elements, char version = 1) {
  std::string text("\x93NUMPY", 6);
  text += {version, '\0', static_cast<char>(header.size() & 255), static_cast<char>(header.size() >> 8)};
  if (version > 1) text += std::string(2, '\0');
  return text + header + elements;
}

NpyArray parse(const std::string& text) {
  const auto view = std::as_bytes(std::span(text));
  std::vector<std::byte> bytes(view.begin(), view.end());
  return read_npy(std::move(bytes), "a.npy");
}

std::string error_of(const std::string& text) {
  return testing_support::error_of([&] { parse(text); });
}

const std::string four_bytes = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }\n";

TEST(Npy, ReadsFormatsOneToThree) {
  for (const char version : {'\1', '\2', '\3'}) {
    const NpyArray array = parse(npy(four_bytes, "abcd", version));
    EXPECT_EQ(array.type, "u1");
    EXPECT_EQ(array.shape, (std::vector<std::size_t>{2, 2}));
    EXPECT_EQ(array.as<std::uint8_t>("a"), (std::vector<std::uint8_t>{'a', 'b', 'c', 'd'}));
  }
}

TEST(Npy, ReadsKeysInAnyOrderAndScalars) {
  const NpyArray array = parse(npy("{\"shape\":(),'fortran_order':False,'descr':'<i4'}", {"\x07\0\0\0", 4}));
  EXPECT_EQ(array.elements(), 1u);
  EXPECT_EQ(array.as<std::int32_t>("a"), std::vector<std::int32_t>{7});
}

TEST(Npy, WritesWhatItReads) {
  const testing_support::TemporaryFolder folder;
  EXPECT_TRUE(rc::check("any shape and type comes back", [&] {
    NpyArray array;
    array.type = *rc::gen::element<std::string>("u1", "i1", "u2", "i4", "i8", "f4", "f8");
    const auto rank = *rc::gen::inRange<std::size_t>(0, 5);
    array.shape = *rc::gen::container<std::vector<std::size_t>>(rank, rc::gen::inRange<std::size_t>(0, 4));
    array.bytes.resize(array.elements() * static_cast<std::size_t>(array.type[1] - '0'));
    for (std::byte& byte : array.bytes) byte = std::byte{*rc::gen::arbitrary<std::uint8_t>()};
    write_npy(folder / "a.npy", array);
    const NpyArray back = read_npy(folder / "a.npy");
    RC_ASSERT(back.type == array.type);
    RC_ASSERT(back.shape == array.shape);
    RC_ASSERT(back.bytes == array.bytes);
  }));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);  // nothing left beside
}

TEST(Npy, StartsItsElementsAtAMultipleOf64Bytes) {
  const testing_support::TemporaryFolder folder;
  for (std::size_t rank = 0; rank < 12; ++rank) {
    write_npy(folder / "a.npy", {"u1", std::vector<std::size_t>(rank, 1), {std::byte{5}}});
    EXPECT_EQ(std::filesystem::file_size(folder / "a.npy") % 64, 1u);
  }
}

TEST(Npy, SaysWhatIsWrongWithAFile) {
  const auto header = [](const std::string& descr, const std::string& shape,
                         const std::string& fortran = "False") {
    return npy("{'descr': '" + descr + "', 'fortran_order': " + fortran + ", 'shape': " + shape + "}",
               "abcd");
  };
  const std::vector<std::pair<std::string, std::string>> table = {
      {"", "not an .npy file (no \\x93NUMPY at its start)"},
      {"hello, I am a text", "not an .npy file (no \\x93NUMPY at its start)"},
      {npy(four_bytes, "abcd", 4), "format 4.0, expected 1.0 to 3.0"},
      {npy(four_bytes, "abc"), "3 bytes of elements, expected 4 for shape (2, 2) of u1"},
      {npy(four_bytes, "abcde"), "5 bytes of elements, expected 4 for shape (2, 2) of u1"},
      {npy(four_bytes, "").substr(0, 20), "header of 60 bytes, but the file ends after 10"},
      {header(">i4", "(1,)"), "element type '>i4', expected a little-endian number like <f4, <i4 or |u1"},
      {header("|O", "(1,)"), "element type '|O', expected a little-endian number like <f4, <i4 or |u1"},
      {header("<U1", "(1,)"), "element type '<U1', expected a little-endian number like <f4, <i4 or |u1"},
      {header("|u1", "(2, 2)", "True"), "elements in Fortran order, expected C order"},
      {header("<f8", "(4294967296, 4294967296)"), "shape (4294967296, 4294967296) is too large"},
      {header("<f4", "(1000000000000,)"),  // nothing of that size is allocated
       "4 bytes of elements, expected 4000000000000 for shape (1000000000000) of f4"},
      {header("|u1", "(-1,)"), "bad header at byte 51: expected a size, at most 32 of them"},
      {header("|u1", "(99999999999999999999999,)"),
       "bad header at byte 51: expected a size, at most 32 of them"},
      {npy("{'descr': [('a', '<i4')], }", ""),
       "bad header at byte 10: expected a string (structured types are not supported)"},
      {npy("{'descr': '|u1'}", ""), "bad header at byte 16: no descr, fortran_order or shape"},
      {npy("{'descr': '|u1', 'descr': '|u1'}", ""),
       "bad header at byte 25: a key other than descr, fortran_order, shape, once each"},
      {npy("", ""), "bad header at byte 0: expected '{'"},
  };
  for (const auto& [text, line] : table) EXPECT_EQ(error_of(text), "a.npy: " + line);
}

TEST(Npy, NamesTheFileItCannotRead) {
  const testing_support::TemporaryFolder folder;
  for (const auto& path : {folder / "nothing.npy", folder.path()}) {
    EXPECT_THAT(testing_support::error_of([&] { read_npy(path); }),
                testing::StartsWith(path.string() + ": "));
  }
  EXPECT_THROW(write_npy(folder / "no" / "such" / "folder.npy", {"u1", {}, {std::byte{1}}}), InputError);
}

TEST(Npy, RefusesToBeReadAsAnotherType) {
  const NpyArray bytes = parse(npy(four_bytes, "abcd"));
  EXPECT_EQ(testing_support::error_of([&] { bytes.as<float>("labels.npy"); }),
            "labels.npy: elements of type u1, expected f4");
}

TEST(Npy, SurvivesChangedFiles) {
  const std::string file = npy(four_bytes, "abcd");
  std::mt19937 random(1);
  int read = 0;
  for (int i = 0; i < 5000; ++i) {
    std::string changed = file;
    for (auto n = 1 + random() % 3; n > 0; --n) {
      const std::size_t at = random() % changed.size();
      if (random() % 4 == 0)
        changed.erase(at, random() % 6);
      else
        changed[at] = random() % 2 ? static_cast<char>(random()) : "0123456789(),':{}"[random() % 17];
      if (changed.empty()) changed = "x";
    }
    read += error_of(changed).empty();
  }
  EXPECT_GT(read, 50);
  EXPECT_LT(read, 4950);
}

}  // namespace
}  // namespace neartile::workloads
