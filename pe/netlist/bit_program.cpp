#include "bit_program.h"

#include <algorithm>

namespace neartile::pe {
namespace {

using Op = BitStep::Op;

std::uint64_t mask_of(unsigned inputs) {
  return inputs == 6 ? ~std::uint64_t{0} : (std::uint64_t{1} << (1u << inputs)) - 1;
}

// The function that is left where input `pin` is `value`; its inputs are the others in order.
CellFunction cofactor(const CellFunction& f, unsigned pin, bool value) {
  CellFunction rest{f.inputs - 1, 0};
  for (unsigned i = 0; i < 1u << rest.inputs; ++i) {
    const unsigned low = i & ((1u << pin) - 1);
    const unsigned index = (i >> pin) << (pin + 1) | static_cast<unsigned>(value) << pin | low;
    rest.table |= (f.table >> index & 1) << i;
  }
  return rest;
}

// Cuts a function into steps: an input that can be split off by one operation first, else a selection
// between the cofactors of the last input.
class Cutter {
 public:
  Cutter(std::uint32_t& next, std::vector<BitStep>& steps) : next_(next), steps_(steps) {}

  std::uint32_t place(CellFunction f, std::vector<std::uint32_t> inputs) {
    f.table &= mask_of(f.inputs);
    drop_unused(f, inputs);
    if (f.inputs == 0) return f.table & 1 ? Netlist::one : Netlist::zero;
    if (f.inputs == 1) return f.table == 2 ? inputs[0] : emit(Op::invert, inputs[0]);
    for (unsigned pin = 0; pin < f.inputs; ++pin) {
      const CellFunction low = cofactor(f, pin, false), high = cofactor(f, pin, true);
      const std::uint64_t all = mask_of(low.inputs);
      std::vector<std::uint32_t> others = inputs;
      others.erase(others.begin() + pin);
      const std::uint32_t x = inputs[pin];
      if (low.table == 0) return emit(Op::and_, x, place(high, others));
      if (high.table == 0) return emit(Op::and_not, place(low, others), x);
      if (low.table == all) return emit(Op::or_not, place(high, others), x);
      if (high.table == all) return emit(Op::or_, x, place(low, others));
      if (low.table == (~high.table & all)) return emit(Op::xor_, x, place(low, others));
    }
    const unsigned pin = f.inputs - 1;
    std::vector<std::uint32_t> others = inputs;
    const std::uint32_t chooser = others.back();
    others.pop_back();
    const std::uint32_t high = place(cofactor(f, pin, true), others);
    const std::uint32_t low = place(cofactor(f, pin, false), others);
    return emit(Op::select, chooser, high, low);
  }

 private:
  static void drop_unused(CellFunction& f, std::vector<std::uint32_t>& inputs) {
    for (unsigned pin = 0; pin < f.inputs;) {
      const CellFunction low = cofactor(f, pin, false);
      if (low.table != cofactor(f, pin, true).table) {
        ++pin;
        continue;
      }
      f = low;
      inputs.erase(inputs.begin() + pin);
    }
  }

  std::uint32_t emit(Op op, std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0) {
    steps_.push_back({op, next_, a, b, c});
    return next_++;
  }

  std::uint32_t& next_;
  std::vector<BitStep>& steps_;
};

// Appends the steps that compute `function` of registers `inputs` into register `out`; intermediate results
// take registers from `next` on.
void append_function(const CellFunction& function, const std::vector<std::uint32_t>& inputs,
                     std::uint32_t out, std::uint32_t& next, std::vector<BitStep>& steps) {
  const std::size_t before = steps.size();
  const std::uint32_t result = Cutter(next, steps).place(function, inputs);
  if (steps.size() > before && steps.back().out == result) {
    steps.back().out = out;  // the last step writes the net itself
  } else {
    steps.push_back({Op::copy, out, result, 0, 0});
  }
}

template <class Operation>
void each_word(std::uint64_t* out, std::size_t words, Operation operation) {
  for (std::size_t w = 0; w < words; ++w) out[w] = operation(w);
}

}  // namespace

BitProgram compile_bits(const Netlist& netlist) {
  BitProgram program;
  program.registers = static_cast<std::uint32_t>(netlist.nets().size());
  for (const Gate& gate : netlist.gates()) {
    // Registers between the nets serve one gate after the other.
    std::uint32_t next = static_cast<std::uint32_t>(netlist.nets().size());
    append_function(netlist.cell_of(gate).function, gate.inputs, gate.output, next, program.steps);
    program.registers = std::max(program.registers, next);
  }
  return program;
}

void run_bits(const BitProgram& program, std::uint64_t* bits, std::size_t words) {
  for (const BitStep& step : program.steps) {
    std::uint64_t* out = bits + step.out * words;
    const std::uint64_t* a = bits + step.a * words;
    const std::uint64_t* b = bits + step.b * words;
    const std::uint64_t* c = bits + step.c * words;
    switch (step.op) {
      case Op::copy:
        each_word(out, words, [=](auto w) { return a[w]; });
        break;
      case Op::invert:
        each_word(out, words, [=](auto w) { return ~a[w]; });
        break;
      case Op::and_:
        each_word(out, words, [=](auto w) { return a[w] & b[w]; });
        break;
      case Op::or_:
        each_word(out, words, [=](auto w) { return a[w] | b[w]; });
        break;
      case Op::xor_:
        each_word(out, words, [=](auto w) { return a[w] ^ b[w]; });
        break;
      case Op::and_not:
        each_word(out, words, [=](auto w) { return a[w] & ~b[w]; });
        break;
      case Op::or_not:
        each_word(out, words, [=](auto w) { return a[w] | ~b[w]; });
        break;
      case Op::xnor_:
        each_word(out, words, [=](auto w) { return ~(a[w] ^ b[w]); });
        break;
      case Op::select:
        each_word(out, words, [=](auto w) { return (a[w] & b[w]) | (~a[w] & c[w]); });
        break;
    }
  }
}

}  // namespace neartile::pe
