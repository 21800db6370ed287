#include "neartile/pe/netlist.h"

#include <functional>
#include <random>

#include "neartile/pe/netlist_evaluation.h"
#include "support/error_of.h"

namespace neartile::pe {
namespace {

std::array<NetIndex, 8> operand(NetlistBuilder& builder, const std::string& name) {
  std::array<NetIndex, 8> bits{};
  for (int i = 0; i < 8; ++i) bits[i] = builder.net(name + std::to_string(i));
  return bits;
}

NetlistBuilder with_operands() {
  NetlistBuilder builder("circuit");
  builder.set_activation(operand(builder, "a"));
  builder.set_weight(operand(builder, "w"));
  return builder;
}

const CellType and2{"AND2", {"A", "B"}, "Y", {2, 0x8}};
const CellType inverter{"INV", {"A"}, "Y", {1, 0x1}};

/// Gates of random functions of 0 to 6 inputs on random nets.
Netlist random_netlist(unsigned seed) {
  std::mt19937_64 random(seed);
  NetlistBuilder builder = with_operands();
  std::vector<NetIndex> nets{Netlist::zero, Netlist::one};
  for (const char* name : {"a", "w"}) {
    for (const NetIndex bit : operand(builder, name)) nets.push_back(bit);
  }
  for (int g = 0; g < 120; ++g) {
    CellType type;
    type.name = "C" + std::to_string(g);
    type.output_pin = "Y";
    type.function.inputs = static_cast<unsigned>(random() % 7);
    type.function.table = random();
    std::vector<NetIndex> inputs;
    for (unsigned i = 0; i < type.function.inputs; ++i) {
      type.input_pins.push_back("I" + std::to_string(i));
      inputs.push_back(nets[random() % nets.size()]);
    }
    const NetIndex output = builder.new_net();
    builder.gate("u" + std::to_string(g), builder.cell(type), inputs, output);
    nets.push_back(output);
  }
  builder.set_product({nets.end() - 16, nets.end()});
  return builder.finish();
}

TEST(Netlist, BitParallelProductsAreThoseOfTheCellsTables) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const Netlist netlist = random_netlist(seed);
    const auto products = all_products(netlist);
    std::mt19937 random(seed);
    for (int i = 0; i < 200; ++i) {
      const auto pair = random() % 65536;
      ASSERT_EQ(products[pair],
                product_of(netlist, static_cast<std::uint8_t>(pair >> 8), static_cast<std::uint8_t>(pair)))
          << "seed " << seed << " pair " << pair;
    }
  }
}

TEST(Netlist, ZeroDelayTogglesOfProductBitsAreChangesOfTheProduct) {
  const Netlist netlist = random_netlist(7);
  const auto products = all_products(netlist);
  for (const std::size_t operations : {0, 1, 2, 64, 65, 511, 512, 513, 2000}) {
    std::mt19937 random(11);
    std::vector<OperandPair> stimulus(operations);
    for (auto& pair : stimulus) {
      pair = {static_cast<std::uint8_t>(random()), static_cast<std::uint8_t>(random())};
    }
    const auto toggles = zero_delay_toggles(netlist, stimulus);
    for (std::size_t bit = 0; bit < netlist.product().size(); ++bit) {
      std::uint64_t expected = 0;
      for (std::size_t i = 1; i < operations; ++i) {
        const auto at = [&](std::size_t k) {
          return products[stimulus[k].activation << 8 | stimulus[k].weight] >> bit & 1;
        };
        expected += at(i) != at(i - 1);
      }
      EXPECT_EQ(toggles[netlist.product()[bit]], expected) << operations << " operations, bit " << bit;
    }
  }
}

TEST(Netlist, GatesMayComeInAnyOrder) {
  NetlistBuilder builder = with_operands();
  builder.gate("late", builder.cell(inverter), {builder.net("x")}, builder.net("y"));
  builder.gate("early", builder.cell(and2), {builder.net("a0"), builder.net("w0")}, builder.net("x"));
  builder.set_product({builder.net("y")});
  const Netlist netlist = builder.finish();
  EXPECT_EQ(netlist.gates().front().instance, "early");
  EXPECT_EQ(product_of(netlist, 1, 1), 0u);
  EXPECT_EQ(product_of(netlist, 1, 2), 1u);
}

TEST(Netlist, GatesThatNothingNeedsCanBeDropped) {
  NetlistBuilder builder = with_operands();
  builder.gate("used", builder.cell(and2), {builder.net("a0"), builder.net("w0")}, builder.net("x"));
  builder.gate("unused", builder.cell(and2), {builder.net("a1"), builder.net("x")}, builder.net("y"));
  builder.set_product({builder.net("x")});
  EXPECT_EQ(builder.finish(true).gates().size(), 1u);
}

std::string error_of(const std::function<void(NetlistBuilder&)>& build) {
  NetlistBuilder builder = with_operands();
  return testing_support::error_of([&] {
    build(builder);
    builder.set_product({builder.net("y")});
    builder.finish();
  });
}

TEST(Netlist, BadCircuitsAreErrorsThatNameTheNet) {
  EXPECT_EQ(error_of([](auto& b) { b.gate("u", b.cell(inverter), {b.net("x")}, b.net("y"), "f.v:3"); }),
            "f.v:3: net 'x' is read but not driven");
  EXPECT_EQ(error_of([](auto& b) {
              b.gate("u", b.cell(inverter), {b.net("a0")}, b.net("y"), "f.v:3");
              b.gate("v", b.cell(inverter), {b.net("a1")}, b.net("y"), "f.v:4");
            }),
            "f.v:4: net 'y' is driven twice, first by f.v:3");
  EXPECT_EQ(error_of([](auto& b) { b.gate("u", b.cell(inverter), {b.net("a0")}, b.net("a1"), "f.v:3"); }),
            "f.v:3: net 'a1' is driven twice, first by the activation");
  EXPECT_EQ(error_of([](auto& b) {
              b.gate("u", b.cell(inverter), {b.net("y")}, b.net("x"), "f.v:3");
              b.gate("v", b.cell(inverter), {b.net("x")}, b.net("y"), "f.v:4");
            }),
            "f.v:3: net 'x' is part of a combinational loop, or behind one");
  EXPECT_EQ(error_of([](auto&) {}), "circuit: the product: net 'y' is read but not driven");
}

}  // namespace
}  // namespace neartile::pe
