#include <algorithm>
#include <cstring>

#include "timed_run.h"

namespace neartile::pe {
namespace {

constexpr std::size_t words = 32, operations = 64;
constexpr std::size_t transitions = 63;  // of a word: it shares its last operation with the next

// Bit i of byte j becomes bit j of byte i: three rounds of swaps (Hacker's Delight, 7-3).
std::uint64_t transposed(std::uint64_t x) {
  std::uint64_t t = (x ^ (x >> 7)) & 0x00aa00aa00aa00aau;
  x ^= t ^ (t << 7);
  t = (x ^ (x >> 14)) & 0x0000cccc0000ccccu;
  x ^= t ^ (t << 14);
  t = (x ^ (x >> 28)) & 0x00000000f0f0f0f0u;
  return x ^ t ^ (t << 28);
}

// The eight bits of 64 bytes, a word a bit, `words` apart.
void cut(const std::uint8_t* bytes, std::uint64_t* bits) {
  std::uint64_t found[8] = {};
  for (std::size_t i = 0; i < 8; ++i) {
    std::uint64_t eight = 0;
    for (std::size_t j = 0; j < 8; ++j) eight |= std::uint64_t{bytes[8 * i + j]} << 8 * j;
    eight = transposed(eight);
    for (std::size_t bit = 0; bit < 8; ++bit) found[bit] |= (eight >> 8 * bit & 255) << 8 * i;
  }
  for (std::size_t bit = 0; bit < 8; ++bit) bits[bit * words] = found[bit];
}

}  // namespace

std::vector<std::uint64_t> settled_toggles(const Netlist& netlist, std::span<const OperandPair> stimulus,
                                           SettledKernel kernel) {
  CircuitCost free;  // delays and energies do not matter here
  free.delay_ps.assign(netlist.gates().size(), 1);
  free.toggle_energy_fJ.assign(netlist.nets().size(), 0);
  const TimedProgram program = compile_timed(netlist, free, {1}, 1);
  const std::size_t nets = netlist.nets().size();
  const AlignedWords registers = aligned_words(words * program.registers);
  const AlignedWords lanes = aligned_words(8 * nets);  // halves of words
  std::vector<std::uint64_t> bits(16 * words);
  std::uint32_t operand_nets[16];
  for (std::size_t bit = 0; bit < 8; ++bit) {
    operand_nets[bit] = netlist.weight()[bit];
    operand_nets[8 + bit] = netlist.activation()[bit];
  }
  SettledWork work;
  work.steps = program.steps.data();
  work.step_count = program.steps.size();
  work.operands = program.operands.data();
  work.operand_nets = operand_nets;
  std::fill_n(registers.get() + words, words, ~std::uint64_t{0});
  work.registers = registers.get();
  work.bits = bits.data();
  work.toggles = reinterpret_cast<std::uint32_t*>(lanes.get());
  for (std::size_t first = 0; first + 1 < stimulus.size(); first += words * transitions) {
    for (std::size_t word = 0; word < words; ++word) {
      // Past the end the last operation is held.
      std::uint8_t activations[operations], weights[operations];
      for (std::size_t i = 0; i < operations; ++i) {
        const OperandPair pair = stimulus[std::min(first + word * transitions + i, stimulus.size() - 1)];
        activations[i] = pair.activation;
        weights[i] = pair.weight;
      }
      cut(weights, &bits[word]);
      cut(activations, &bits[8 * words + word]);
    }
    kernel(work);
  }
  std::vector<std::uint64_t> toggles(nets, 0);
  for (std::size_t i = 0; i < 16 * nets; ++i) toggles[i / 16] += work.toggles[i];
  return toggles;
}

std::vector<std::uint64_t> fast_zero_delay_toggles(const Netlist& netlist,
                                                   std::span<const OperandPair> stimulus) {
  return settled_toggles(netlist, stimulus, timed_kernels().front().settled);
}

}  // namespace neartile::pe
