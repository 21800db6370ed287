#include "functions.h"

#include <fmt/format.h>

#include <algorithm>

#include "logic.h"

namespace neartile::pe {
namespace {

using Net = Wiring::Net;
using Bits = Wiring::Bits;
constexpr std::size_t most_inputs = 6;

std::uint64_t mask_of(std::size_t inputs) {
  return inputs == 6 ? ~std::uint64_t{0} : (std::uint64_t{1} << (1u << inputs)) - 1;
}

// A gate of a function; none where it is constant or one of the inputs.
Net place_function(Wiring& wiring, const Bits& inputs, std::uint64_t table, unsigned line) {
  table &= mask_of(inputs.size());
  if (table == 0) return Wiring::zero;
  if (table == mask_of(inputs.size())) return Wiring::one;
  if (inputs.size() == 1 && table == 2) return inputs[0];
  const CellFunction function{static_cast<unsigned>(inputs.size()), table};
  const Net output = wiring.unnamed();
  wiring.gate(wiring.next_instance(), cell_of_function(function), inputs, output, line);
  return output;
}

// A tree of gates of at most six inputs; `table_of` gives the function of so many inputs.
template <class TableOf>
Net place_tree(Wiring& wiring, Bits nets, TableOf table_of, unsigned line) {
  while (nets.size() > 1) {
    Bits next;
    for (std::size_t first = 0; first < nets.size(); first += most_inputs) {
      const auto begin = nets.begin() + static_cast<std::ptrdiff_t>(first);
      const auto end = nets.begin() + static_cast<std::ptrdiff_t>(std::min(first + most_inputs, nets.size()));
      const Bits group(begin, end);
      next.push_back(group.size() == 1 ? group[0]
                                       : place_function(wiring, group, table_of(group.size()), line));
    }
    nets = std::move(next);
  }
  return nets.front();
}

// The conjunction of a cube's literals.
Net place_cube(Wiring& wiring, const Bits& inputs, const Cube& cube, unsigned line) {
  Bits parts;
  for (std::size_t first = 0; first < cube.literals.size(); first += most_inputs) {
    const std::size_t count = std::min(most_inputs, cube.literals.size() - first);
    Bits group;
    std::size_t wanted = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const auto& [position, value] = cube.literals[first + i];
      group.push_back(inputs[position]);
      wanted |= std::size_t{value} << i;
    }
    parts.push_back(place_function(wiring, group, std::uint64_t{1} << wanted, line));
  }
  if (parts.empty()) return Wiring::one;
  const auto conjunction = [](std::size_t n) { return std::uint64_t{1} << ((1u << n) - 1); };
  return place_tree(wiring, std::move(parts), conjunction, line);
}

std::uint64_t table_of(const std::vector<Cube>& cubes, std::size_t inputs) {
  std::uint64_t table = 0;
  for (const Cube& cube : cubes) {
    std::size_t fixed = 0, wanted = 0;
    for (const auto& [position, value] : cube.literals) {
      fixed |= std::size_t{1} << position;
      wanted |= std::size_t{value} << position;
    }
    for (std::size_t i = 0; i < std::size_t{1} << inputs; ++i) {
      if ((i & fixed) == wanted) table |= std::uint64_t{1} << i;
    }
  }
  return table;
}

}  // namespace

CellType cell_of_function(const CellFunction& function) {
  for (const char* name : {"INV", "BUF", "AND2", "OR2", "XOR2", "XNOR2", "NAND2", "NOR2", "AND3", "OR3",
                           "NAND3", "NOR3", "AOI21", "OAI21", "MUX2"}) {
    const CellType& generic = generic_cells().find(name)->front();
    if (generic.function == function) return generic;
  }
  CellType lut{fmt::format("LUT{}", function.inputs), {}, "Y", function};
  for (unsigned i = 0; i < function.inputs; ++i) lut.input_pins.push_back(fmt::format("I{}", i));
  return lut;
}

Net place_cover(Wiring& wiring, const Bits& inputs, const std::vector<Cube>& cubes, bool complement,
                unsigned line) {
  if (inputs.size() <= most_inputs) {
    const std::uint64_t table = table_of(cubes, inputs.size());
    return place_function(wiring, inputs, complement ? ~table : table, line);
  }
  Bits terms;
  for (const Cube& cube : cubes) terms.push_back(place_cube(wiring, inputs, cube, line));
  if (terms.empty()) return complement ? Wiring::one : Wiring::zero;
  const auto disjunction = [](std::size_t n) { return mask_of(n) & ~std::uint64_t{1}; };
  const Net any = place_tree(wiring, std::move(terms), disjunction, line);
  return complement ? Logic(wiring, line).invert(any) : any;
}

Net place_table(Wiring& wiring, const Bits& inputs, const std::vector<bool>& table, unsigned line) {
  const std::size_t low = std::min(inputs.size(), most_inputs);
  const Bits first(inputs.begin(), inputs.begin() + static_cast<std::ptrdiff_t>(low));
  Bits nets;
  for (std::size_t at = 0; at < table.size(); at += std::size_t{1} << low) {
    std::uint64_t part = 0;
    for (std::size_t i = 0; i < std::size_t{1} << low; ++i) part |= std::uint64_t{table[at + i]} << i;
    nets.push_back(place_function(wiring, first, part, line));
  }
  Logic logic(wiring, line);
  for (std::size_t input = low; input < inputs.size(); ++input) {
    Bits next;
    for (std::size_t i = 0; i < nets.size(); i += 2) {
      next.push_back(logic.choose(inputs[input], nets[i + 1], nets[i]));
    }
    nets = std::move(next);
  }
  return nets.front();
}

}  // namespace neartile::pe
