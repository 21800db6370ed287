#include "neartile/pe/base/json_text.h"
#include "neartile/pe/netlist_evaluation.h"
#include "neartile/pe/netlist_import.h"
#include "support/netlist_checks.h"
#include "support/shared_data.h"
#include "support/standin_cells.h"

namespace neartile::pe {
namespace {

using testing_support::first_difference;

Netlist shared_circuit(const std::string& file) {
  static const CellLibrary cells = testing_support::standin_cells();
  const auto path = testing_support::shared_data() / "reference" / "circuits" / file;
  return import_verilog(read_text_file(path), file, cells);
}

std::uint32_t exact(unsigned a, unsigned b) {
  return a * b;
}

std::uint32_t exact_signed(unsigned a, unsigned b) {
  return static_cast<std::uint16_t>(static_cast<std::int8_t>(a) * static_cast<std::int8_t>(b));
}

// Partial products of columns below `t` left out.
std::uint32_t truncated(unsigned a, unsigned b, unsigned t) {
  std::uint32_t sum = 0;
  for (unsigned i = 0; i < 8; ++i) {
    for (unsigned j = 0; j < 8; ++j) {
      if (i + j >= t) sum += ((a >> i & 1) * (b >> j & 1)) << (i + j);
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
    for (const unsigned t : {4u, 6u}) {
      const auto expected = [t](unsigned a, unsigned b) { return truncated(a, b, t); };
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
