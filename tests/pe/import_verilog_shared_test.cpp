#include <functional>

#include "neartile/pe/base/json_text.h"
#include "neartile/pe/netlist_evaluation.h"
#include "neartile/pe/netlist_import.h"
#include "support/shared_data.h"
#include "support/standin_cells.h"

namespace neartile::pe {
namespace {

Netlist shared_circuit(const std::string& file) {
  static const CellLibrary cells = testing_support::standin_cells();
  const auto path = testing_support::shared_data() / "reference" / "circuits" / file;
  return import_verilog(read_text_file(path), file, cells);
}

// Which of the products differ first, as a sentence; empty where none does.
std::string first_difference(const Netlist& netlist, const std::function<std::uint32_t(int, int)>& expected) {
  const std::vector<std::uint32_t> products = all_products(netlist);
  for (int i = 0; i < 65536; ++i) {
    const std::uint32_t wanted = expected(i >> 8, i & 255);
    if (products[i] != wanted) {
      return std::to_string(i >> 8) + " x " + std::to_string(i & 255) + " is " + std::to_string(products[i]) +
             ", expected " + std::to_string(wanted);
    }
  }
  return {};
}

std::uint32_t exact(int a, int b) {
  return static_cast<std::uint32_t>(a * b);
}

std::uint32_t exact_signed(int a, int b) {
  return static_cast<std::uint16_t>(static_cast<std::int8_t>(a) * static_cast<std::int8_t>(b));
}

// Partial products of columns below `t` left out.
std::uint32_t truncated(int a, int b, int t) {
  std::uint32_t sum = 0;
  for (int i = 0; i < 8; ++i) {
    for (int j = 0; j < 8; ++j) {
      if (i + j >= t) sum += static_cast<std::uint32_t>((a >> i & 1) * (b >> j & 1)) << (i + j);
    }
  }
  return sum;
}

TEST(ImportVerilogShared, RtlAndMappedNetlistsOfTheStudyComputeWhatTheirNamesSay) {
  NEARTILE_NEEDS_SHARED();
  for (const std::string ending : {".v", ".mapped.v"}) {
    EXPECT_EQ(first_difference(shared_circuit("mul8u_array" + ending), exact), "") << ending;
    EXPECT_EQ(first_difference(shared_circuit("mul8u_tree" + ending), exact), "") << ending;
    EXPECT_EQ(first_difference(shared_circuit("mul8s_array" + ending), exact_signed), "") << ending;
    for (const int t : {4, 6}) {
      const auto expected = [t](int a, int b) { return truncated(a, b, t); };
      EXPECT_EQ(first_difference(shared_circuit("mul8u_trunc" + std::to_string(t) + ending), expected), "")
          << ending;
    }
  }
}

TEST(ImportVerilogShared, MappedNetlistsKeepEveryInstance) {
  NEARTILE_NEEDS_SHARED();
  const Netlist netlist = shared_circuit("mul8u_array.mapped.v");
  const auto path = testing_support::shared_data() / "reference/circuits/mul8u_array.mapped.v";
  const std::string text = read_text_file(path);
  std::size_t instances = 0;
  for (std::size_t at = text.find("_ASAP7_"); at != std::string::npos; at = text.find("_ASAP7_", at + 1)) {
    ++instances;
  }
  EXPECT_EQ(netlist.gates().size(), instances);
  EXPECT_GT(instances, 200u);
}

}  // namespace
}  // namespace neartile::pe
