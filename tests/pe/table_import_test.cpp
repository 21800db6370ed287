#include "neartile/pe/table_import.h"

#include "support/netlist_checks.h"

namespace neartile::pe {
namespace {

using testing_support::error_of;

// Not commutative, and beyond 32,767.
std::uint16_t core(unsigned a, unsigned w) {
  return static_cast<std::uint16_t>(a * w + (a > w));
}

std::int16_t signed_product(unsigned a, unsigned w) {
  return static_cast<std::int16_t>(static_cast<int>(a) * static_cast<std::int8_t>(w) - (a == 3));
}

template <class Product>
std::string binary(Product (*product)(unsigned, unsigned), bool weight_rows) {
  std::string bytes;
  for (unsigned row = 0; row < 256; ++row) {
    for (unsigned column = 0; column < 256; ++column) {
      const auto bits = static_cast<std::uint16_t>(weight_rows ? product(column, row) : product(row, column));
      bytes += static_cast<char>(bits & 255);
      bytes += static_cast<char>(bits >> 8);
    }
  }
  return bytes;
}

template <class Product>
std::string text(Product (*product)(unsigned, unsigned), bool weight_rows, const std::string& separator) {
  std::string lines = "# products\n\n";
  for (unsigned row = 0; row < 256; ++row) {
    for (unsigned column = 0; column < 256; ++column) {
      lines += std::to_string(weight_rows ? product(column, row) : product(row, column)) + separator;
    }
    lines += "\r\n";
  }
  return lines;
}

TEST(TableImport, CoresAreReadWithEitherOperandInTheRows) {
  for (const bool weight_rows : {false, true}) {
    const TableRows rows = weight_rows ? TableRows::weight : TableRows::activation;
    for (const std::string& bytes :
         {binary(core, weight_rows), text(core, weight_rows, " "), text(core, weight_rows, ",\t")}) {
      const std::vector<std::uint16_t> products = import_core_table(bytes, "t", rows);
      ASSERT_EQ(products.size(), 65536u);
      for (unsigned i = 0; i < 65536; ++i) ASSERT_EQ(products[i], core(i >> 8, i & 255)) << i;
    }
  }
}

TEST(TableImport, SignedTablesAreReadWithEitherOperandInTheRows) {
  for (const bool weight_rows : {false, true}) {
    const TableRows rows = weight_rows ? TableRows::weight : TableRows::activation;
    for (const std::string& bytes :
         {binary(signed_product, weight_rows), text(signed_product, weight_rows, "; ")}) {
      const std::vector<std::int16_t> products = import_signed_table(bytes, "t", rows);
      for (unsigned i = 0; i < 65536; ++i) ASSERT_EQ(products[i], signed_product(i >> 8, i & 255)) << i;
    }
  }
}

TEST(TableImport, RefusesWithFileAndLine) {
  const auto core_error = [](const std::string& bytes) {
    return error_of([&] { import_core_table(bytes, "t.txt"); });
  };
  const auto signed_error = [](const std::string& bytes) {
    return error_of([&] { import_signed_table(bytes, "t.txt"); });
  };
  std::string row;
  for (int i = 0; i < 255; ++i) row += "7 ";
  EXPECT_EQ(core_error(""), "t.txt: 0 lines of numbers, expected 256");
  EXPECT_EQ(core_error(row + "7\n"), "t.txt: 1 lines of numbers, expected 256");
  EXPECT_EQ(core_error("\n" + row + "\n"), "t.txt:2: 255 numbers in a line, expected 256");
  EXPECT_EQ(core_error(row + "7 7\n"), "t.txt:1: more than 256 numbers, expected 256");
  EXPECT_EQ(core_error(row + "65536\n"), "t.txt:1: found \"65536\", expected a number from 0 to 65535");
  EXPECT_EQ(core_error(row + "-1\n"), "t.txt:1: found \"-1\", expected a number from 0 to 65535");
  EXPECT_EQ(core_error(row + "7.5\n"), "t.txt:1: found \"7.5\", expected a number from 0 to 65535");
  EXPECT_EQ(core_error(row + "seven\n"), "t.txt:1: found \"seven\", expected a number from 0 to 65535");
  EXPECT_EQ(core_error(row + "99999999999999999999999\n"),
            "t.txt:1: found \"99999999999999999999999\", expected a number from 0 to 65535");
  EXPECT_EQ(signed_error(row + "32768\n"),
            "t.txt:1: found \"32768\", expected a number from -32768 to 32767");
  EXPECT_EQ(signed_error(row + "-32769\n"),
            "t.txt:1: found \"-32769\", expected a number from -32768 to 32767");
  EXPECT_EQ(core_error(binary(core, false) + "x"),
            "t.txt: 131073 bytes that are no text, expected a table of 131072 bytes");
  EXPECT_EQ(core_error(text(core, false, " ") + row + "7\n"),
            "t.txt:259: more than 256 lines of numbers, expected 256");
  EXPECT_EQ(core_error(std::string((4u << 20) + 1, ' ')),
            "t.txt: is 4194305 bytes long, expected at most 4194304");
  EXPECT_EQ(signed_error(text(core, false, " ")).substr(0, 40), "t.txt:132: found \"32895\", expected a num");
}

}  // namespace
}  // namespace neartile::pe
