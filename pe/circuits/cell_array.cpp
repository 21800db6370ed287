#include "cell_array.h"

namespace neartile::pe {
namespace {

// Row j of the array at its place in the product.
Bus row_of_cells(Gates& gates, const CellArray& array, const Bus& a, const Bus& b, int j) {
  Bus row(2 * static_cast<std::size_t>(array.width), Netlist::zero);
  for (int i = 0; i < array.width; ++i) {
    if (!array.has(i, j)) continue;
    const auto place = static_cast<std::size_t>(i + j);
    const NetIndex cell =
        gates.and_(bit(a, static_cast<std::size_t>(i)), bit(b, static_cast<std::size_t>(j)));
    row[place] = array.complements(i, j) ? gates.invert(cell) : cell;
  }
  return row;
}

// Cells that are constant 1, as complemented ones of an operand bit 0 are, join the constants.
void take_ones(Bus& row, std::uint32_t& constant) {
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (row[c] != Netlist::one) continue;
    constant += 1u << c;
    row[c] = Netlist::zero;
  }
}

}  // namespace

std::uint32_t sum_of_cells(const CellArray& array, std::uint32_t a, std::uint32_t b) {
  std::uint32_t sum = array.offset();
  for (int j = 0; j < 8; ++j)
    for (int i = 0; i < 8; ++i)
      if (array.has(i, j)) sum += ((a >> i & b >> j & 1u) ^ (array.complements(i, j) ? 1u : 0u)) << (i + j);
  return sum & 0xffff;
}

std::int32_t signed_sum_of_cells(const CellArray& array, std::int32_t a, std::int32_t b) {
  return static_cast<std::int16_t>(
      sum_of_cells(array, static_cast<std::uint32_t>(a) & 0xff, static_cast<std::uint32_t>(b) & 0xff));
}

Bus array_multiplier(Gates& gates, const CellArray& array, const Bus& a, const Bus& b) {
  const auto width = 2 * static_cast<std::size_t>(array.width);
  std::uint32_t ones = array.offset();
  std::vector<Bus> rows;
  for (int j = 0; j < array.width; ++j) {
    rows.push_back(row_of_cells(gates, array, a, b, j));
    take_ones(rows.back(), ones);
  }
  ArraySum sum(gates, width);
  sum.add_row(constant(ones, width));
  for (const Bus& row : rows) sum.add_row(row);
  return sum.finish();
}

Bus tree_multiplier(Gates& gates, const CellArray& array, const Bus& a, const Bus& b) {
  const auto width = 2 * static_cast<std::size_t>(array.width);
  std::uint32_t ones = array.offset();
  Columns columns(width);
  for (int j = 0; j < array.width; ++j) {
    Bus row = row_of_cells(gates, array, a, b, j);
    take_ones(row, ones);
    for (std::size_t c = 0; c < width; ++c)
      if (row[c] != Netlist::zero) columns[c].push_back(row[c]);
  }
  for (std::size_t c = 0; c < width; ++c)
    if (ones >> c & 1) columns[c].push_back(Netlist::one);
  return sum_tree(gates, std::move(columns));
}

}  // namespace neartile::pe
