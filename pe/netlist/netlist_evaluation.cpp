#include "neartile/pe/netlist_evaluation.h"

#include <algorithm>
#include <bit>

#include "bit_program.h"

namespace neartile::pe {
namespace {

constexpr std::size_t block_words = 8;
constexpr std::size_t block_bits = block_words * 64;

// Registers of a program with the constants set, for blocks of operand pairs.
class Block {
 public:
  explicit Block(const Netlist& netlist)
      : netlist_(netlist), program_(compile_bits(netlist)), bits_(program_.registers * block_words, 0) {
    std::fill_n(&bits_[Netlist::one * block_words], block_words, ~std::uint64_t{0});
  }

  std::uint64_t* net(NetIndex index) { return &bits_[index * block_words]; }

  template <class PairAt>
  void evaluate(std::size_t pairs, PairAt pair_at) {
    for (std::size_t bit = 0; bit < 8; ++bit) {
      std::fill_n(net(netlist_.activation()[bit]), block_words, 0);
      std::fill_n(net(netlist_.weight()[bit]), block_words, 0);
    }
    for (std::size_t i = 0; i < pairs; ++i) {
      const OperandPair pair = pair_at(i);
      for (std::size_t bit = 0; bit < 8; ++bit) {
        net(netlist_.activation()[bit])[i / 64] |= std::uint64_t{pair.activation >> bit & 1u} << i % 64;
        net(netlist_.weight()[bit])[i / 64] |= std::uint64_t{pair.weight >> bit & 1u} << i % 64;
      }
    }
    run_bits(program_, bits_.data(), block_words);
  }

 private:
  const Netlist& netlist_;
  BitProgram program_;
  std::vector<std::uint64_t> bits_;
};

}  // namespace

std::vector<std::uint32_t> all_products(const Netlist& netlist) {
  std::vector<std::uint32_t> products(65536, 0);
  Block block(netlist);
  for (std::size_t first = 0; first < products.size(); first += block_bits) {
    block.evaluate(block_bits, [first](std::size_t i) {
      return OperandPair{static_cast<std::uint8_t>((first + i) >> 8), static_cast<std::uint8_t>(first + i)};
    });
    for (std::size_t bit = 0; bit < netlist.product().size(); ++bit) {
      const std::uint64_t* words = block.net(netlist.product()[bit]);
      for (std::size_t i = 0; i < block_bits; ++i) {
        products[first + i] |= static_cast<std::uint32_t>(words[i / 64] >> i % 64 & 1) << bit;
      }
    }
  }
  return products;
}

std::uint32_t product_of(const Netlist& netlist, std::uint8_t activation, std::uint8_t weight) {
  std::vector<bool> values(netlist.nets().size(), false);
  values[Netlist::one] = true;
  for (std::size_t bit = 0; bit < 8; ++bit) {
    values[netlist.activation()[bit]] = activation >> bit & 1;
    values[netlist.weight()[bit]] = weight >> bit & 1;
  }
  for (const Gate& gate : netlist.gates()) {
    unsigned index = 0;
    for (std::size_t pin = 0; pin < gate.inputs.size(); ++pin)
      index |= unsigned{values[gate.inputs[pin]]} << pin;
    values[gate.output] = netlist.cell_of(gate).function.table >> index & 1;
  }
  std::uint32_t product = 0;
  for (std::size_t bit = 0; bit < netlist.product().size(); ++bit) {
    product |= std::uint32_t{values[netlist.product()[bit]]} << bit;
  }
  return product;
}

// Blocks overlap by one operation, so that each transition lies in one block.
std::vector<std::uint64_t> zero_delay_toggles(const Netlist& netlist, std::span<const OperandPair> stimulus) {
  std::vector<std::uint64_t> toggles(netlist.nets().size(), 0);
  Block block(netlist);
  for (std::size_t first = 0; first + 1 < stimulus.size(); first += block_bits - 1) {
    const std::size_t pairs = std::min(block_bits, stimulus.size() - first);
    block.evaluate(pairs, [&](std::size_t i) { return stimulus[first + i]; });
    for (NetIndex net = 0; net < toggles.size(); ++net) {
      const std::uint64_t* words = block.net(net);
      for (std::size_t w = 0; w * 64 + 1 < pairs; ++w) {
        const std::uint64_t after = words[w] >> 1 | (w + 1 < block_words ? words[w + 1] << 63 : 0);
        const std::size_t transitions = std::min<std::size_t>(64, pairs - 1 - w * 64);
        const std::uint64_t mask =
            transitions == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << transitions) - 1;
        toggles[net] += static_cast<unsigned>(std::popcount((words[w] ^ after) & mask));
      }
    }
  }
  return toggles;
}

}  // namespace neartile::pe
