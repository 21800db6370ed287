#include "neartile/pe/circuit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "neartile/pe/base/error.h"
#include "neartile/pe/netlist_evaluation.h"
#include "support/error_of.h"

namespace neartile::pe {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string error_of(std::string_view name) {
  return testing_support::error_of([&] { make_circuit(name); });
}

// Every family, with parameters over their ranges.
const char* const shelf[] = {"exact",
                             "exact_tree",
                             "truncated(0)",
                             "truncated(1)",
                             "truncated(4)",
                             "truncated(6)",
                             "truncated(8)",
                             "truncated(9)",
                             "truncated(15)",
                             "truncated(4,12)",
                             "truncated(6,80)",
                             "truncated(8,1793)",
                             "truncated(15,65025)",
                             "broken_array(0,0)",
                             "broken_array(4,4)",
                             "broken_array(2,6)",
                             "broken_array(7,15)",
                             "broken_array(7,0)",
                             "operand_truncation(0)",
                             "operand_truncation(3)",
                             "operand_truncation(7)",
                             "perforated(0,1)",
                             "perforated(0,2)",
                             "perforated(3,4)",
                             "perforated(7,1)",
                             "perforated(0,8)",
                             "booth(0)",
                             "booth(4)",
                             "booth(7)",
                             "booth(8)",
                             "udm",
                             "drum(2)",
                             "drum(3)",
                             "drum(4)",
                             "drum(5)",
                             "drum(6)",
                             "drum(7)",
                             "drum(8)",
                             "mitchell",
                             "iterative_mitchell(0)",
                             "iterative_mitchell(1)",
                             "iterative_mitchell(3)",
                             "iterative_mitchell(7)",
                             "roba",
                             "etm(1)",
                             "etm(3)",
                             "etm(4)",
                             "etm(5)",
                             "etm(7)"};

class OnTheShelf : public testing::TestWithParam<const char*> {};

TEST_P(OnTheShelf, GatesEqualTheDefinitionInEveryForm) {
  const std::string name = GetParam();
  const auto family = name.substr(0, name.find('('));
  const auto found = std::find_if(multiplier_families().begin(), multiplier_families().end(),
                                  [&](auto* f) { return f->name == family; });
  ASSERT_NE(found, multiplier_families().end());
  for (const std::string form : {".u8u8", ".u8s8.sm", ".s8s8.sm", ".s8s8.native"}) {
    if (form == ".s8s8.native" && (*found)->native == nullptr) continue;
    const Circuit circuit = make_circuit(name + form);
    const auto expected = defined_products(name + form);
    for (std::size_t i = 0; i < expected.size(); ++i)
      ASSERT_EQ(circuit.product(static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i)), expected[i])
          << circuit.name << ": " << (i >> 8) << " x " << (i & 0xff);
  }
}

INSTANTIATE_TEST_SUITE_P(Families, OnTheShelf, testing::ValuesIn(shelf));

TEST(Circuit, TheShelfHasEveryFamily) {
  for (const auto* family : multiplier_families())
    EXPECT_TRUE(std::any_of(std::begin(shelf), std::end(shelf), [&](std::string_view name) {
      return name.substr(0, name.find('(')) == family->name;
    })) << family->name;
}

// No gate has a constant or repeated input or an output that nobody reads, and none is there twice.
TEST_P(OnTheShelf, NetlistsAreLean) {
  const Circuit circuit = make_circuit(std::string(GetParam()) + ".u8s8.sm");
  const Netlist& netlist = *circuit.netlist;
  std::vector<bool> read(netlist.nets().size(), false);
  for (const NetIndex bit : netlist.product()) read[bit] = true;
  for (const Gate& gate : netlist.gates())
    for (std::size_t i = 0; i < gate.inputs.size(); ++i) {
      read[gate.inputs[i]] = true;
      ASSERT_GT(gate.inputs[i], Netlist::one) << gate.instance;
      ASSERT_EQ(std::count(gate.inputs.begin(), gate.inputs.end(), gate.inputs[i]), 1) << gate.instance;
    }
  for (const Gate& gate : netlist.gates()) ASSERT_TRUE(read[gate.output]) << gate.instance;
}

TEST(Circuit, ExactFormsMultiplyWhatTheirNamesSay) {
  for (const std::string family : {"exact", "exact_tree", "booth(0)", "drum(8)", "iterative_mitchell(7)"})
    for (const std::string form : {".u8u8", ".u8s8.sm", ".s8s8.sm"})
      EXPECT_TRUE(make_circuit(family + form).exact);
  for (const std::string family : {"exact", "exact_tree", "truncated(0)", "booth(0)", "drum(8)"})
    EXPECT_TRUE(make_circuit(family + ".s8s8.native").exact);
  EXPECT_EQ(make_circuit("exact.u8u8").product(255, 255), 65025);
  EXPECT_EQ(make_circuit("exact.u8s8").product(255, 0x80), 255 * -128);
  EXPECT_EQ(make_circuit("exact.s8s8.native").product(0x80, 0x80), 16384);
}

TEST(Circuit, NativeAndWrappedFormsDiffer) {
  // Dropped cells count as 0: the wrapper keeps the sign of a product apart from them.
  EXPECT_NE(make_circuit("truncated(6).s8s8.native").table->hash(),
            make_circuit("truncated(6).s8s8.sm").table->hash());
  EXPECT_EQ(make_circuit("exact.s8s8.native").table->hash(), make_circuit("exact.s8s8.sm").table->hash());
}

TEST(Circuit, NamesSayOperandsAndForm) {
  EXPECT_EQ(make_circuit("drum(4)").name, "drum(4).u8s8.sm");
  EXPECT_EQ(make_circuit(" drum ( 4 ) . s8s8 ").name, "drum(4).s8s8.sm");
  EXPECT_EQ(make_circuit("udm.u8u8").name, "udm.u8u8");
  EXPECT_THAT(error_of("drum(4).native"), HasSubstr("without operands"));
  EXPECT_THAT(error_of("drum(4).u8s8.native"), HasSubstr("no form"));
  EXPECT_THAT(error_of("drum(4).u8u8.sm"), HasSubstr("no form"));
  EXPECT_THAT(error_of("mitchell.s8s8.native"), AllOf(HasSubstr("exact"), HasSubstr("booth")));
  EXPECT_THAT(error_of("drum(4).s8u8"), HasSubstr("closing bracket"));
}

TEST(Circuit, PEsContainTheSignedOnes) {
  const Circuit circuit = make_circuit("drum(4).s8s8.native");
  const Multiplier multiplier = as_multiplier(circuit);
  EXPECT_EQ(multiplier.format, Format::s8s8);
  EXPECT_EQ(multiplier.table, circuit.table);
  EXPECT_EQ(as_circuit(multiplier).name, circuit.name);
  EXPECT_EQ(as_circuit(make_multiplier("udm")).name, "udm.u8s8.sm");
  EXPECT_THROW(as_multiplier(make_circuit("udm.u8u8")), InputError);
}

// A wire-only multiplier: its product is the activation, shifted.
Netlist wires(std::size_t width) {
  NetlistBuilder builder("wires");
  std::array<NetIndex, 8> a{}, b{};
  for (auto* operand : {&a, &b})
    for (auto& net : *operand) net = builder.new_net();
  builder.set_activation(a);
  builder.set_weight(b);
  std::vector<NetIndex> product(width, Netlist::zero);
  for (std::size_t i = 0; i < 8; ++i) product[width - 8 + i] = a[i];
  builder.set_product(product);
  return builder.finish();
}

TEST(Circuit, NarrowSignedProductsAreSignExtended) {
  const auto netlist = std::make_shared<const Netlist>(wires(8));
  EXPECT_EQ(circuit_of(netlist, Operands::s8s8).product(0x80, 0), -128);
  EXPECT_EQ(circuit_of(netlist, Operands::u8u8).product(0x80, 0), 128);
}

TEST(Circuit, ProductsThatNeedMoreThan16BitsAreRefused) {
  EXPECT_THROW(circuit_of(std::make_shared<const Netlist>(wires(17)), Operands::u8u8), InputError);
  EXPECT_EQ(circuit_of(std::make_shared<const Netlist>(wires(16)), Operands::u8u8).product(0xff, 0), 0xff00);
}

}  // namespace
}  // namespace neartile::pe
