#include "arithmetic.h"

namespace neartile::pe {
namespace {

// Adds the first three bits of a column, or the two that it has; the carry goes to `carries`.
void reduce(Gates& gates, std::vector<NetIndex>& column, std::vector<NetIndex>* carries) {
  const bool full = column.size() > 2;
  const auto s =
      full ? gates.full_add(column[0], column[1], column[2]) : gates.half_add(column[0], column[1]);
  column.erase(column.begin(), column.begin() + (full ? 3 : 2));
  if (s.sum != Netlist::zero) column.push_back(s.sum);
  if (carries != nullptr && s.carry != Netlist::zero) carries->push_back(s.carry);
}

// Dadda: brings every column down to the next of the heights .., 9, 6, 4, 3, 2, with as few adders as do it.
void bring_to_height(Gates& gates, Columns& columns, std::size_t height) {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    while (columns[c].size() > height) {
      auto& column = columns[c];
      const auto end = column.begin() + (column.size() == height + 1 ? 2 : 3);
      std::vector<NetIndex> part(column.begin(), end);
      column.erase(column.begin(), end);
      reduce(gates, part, c + 1 < columns.size() ? &columns[c + 1] : nullptr);
      columns[c].insert(columns[c].end(), part.begin(), part.end());
    }
  }
}

// Sklansky's parallel prefix adder of two rows.
Bus add_fast(Gates& gates, const Bus& x, const Bus& y) {
  const std::size_t width = x.size();
  Bus half(width), generate(width), propagate(width);
  for (std::size_t i = 0; i < width; ++i) {
    const auto s = gates.half_add(x[i], y[i]);
    half[i] = propagate[i] = s.sum;
    generate[i] = s.carry;
  }
  for (std::size_t span = 1; span < width; span *= 2)
    for (std::size_t i = 0; i < width; ++i) {
      if ((i & span) == 0) continue;
      const std::size_t below = (i | (span - 1)) - span;  // end of the block under this one
      generate[i] = gates.or_(generate[i], gates.and_(propagate[i], generate[below]));
      propagate[i] = gates.and_(propagate[i], propagate[below]);
    }
  Bus sum(width);
  for (std::size_t i = 0; i < width; ++i) sum[i] = i == 0 ? half[0] : gates.xor_(half[i], generate[i - 1]);
  return sum;
}

}  // namespace

Bus sum_tree(Gates& gates, Columns columns) {
  std::vector<std::size_t> heights{2};
  while (heights.back() < 64) heights.push_back(heights.back() * 3 / 2);
  for (auto height = heights.rbegin(); height != heights.rend(); ++height)
    bring_to_height(gates, columns, *height);
  Bus x(columns.size(), Netlist::zero), y = x;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!columns[c].empty()) x[c] = columns[c][0];
    if (columns[c].size() > 1) y[c] = columns[c][1];
  }
  return add_fast(gates, x, y);
}

void ArraySum::add_row(const Bus& row) {
  Columns next(columns_.size());
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::vector<NetIndex> column = columns_[c];
    if (bit(row, c) != Netlist::zero) {
      column.insert(column.begin(), row[c]);
      if (column.size() > 1) reduce(gates_, column, c + 1 < next.size() ? &next[c + 1] : nullptr);
    }
    next[c].insert(next[c].end(), column.begin(), column.end());
  }
  columns_ = std::move(next);
}

Bus ArraySum::finish() {
  Bus sum(columns_.size(), Netlist::zero);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    auto& column = columns_[c];
    while (column.size() > 1) reduce(gates_, column, c + 1 < columns_.size() ? &columns_[c + 1] : nullptr);
    if (!column.empty()) sum[c] = column[0];
  }
  return sum;
}

}  // namespace neartile::pe
