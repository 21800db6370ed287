#include "neartile/sc_models/feed.h"

#include <algorithm>

#include "shift_register.h"

namespace neartile::sc_models {
Feed::Feed(sc_core::sc_module_name name, const array::ArrayConfig& config)
    : sc_module(name),
      vector("vector", config.rows),
      weights("weights", config.columns),
      a("a", config.rows),
      s("s", config.rows),
      v("v", config.rows),
      e("e", config.rows),
      l("l", config.rows),
      b("b", config.rows),
      w("w", config.columns) {
  for (std::size_t r = 0; r < config.rows; ++r) rows_.emplace_back(r);
  for (std::size_t c = 0; c < config.columns; ++c) columns_.emplace_back(c, std::uint8_t{0});
  SC_HAS_PROCESS(Feed);
  SC_METHOD(shift);
  sensitive << clock.pos();
  dont_initialize();
  SC_METHOD(drive);
  sensitive << shifted_ << valid << select << used_rows << load << bank << load_row;
  for (auto& port : vector) sensitive << port;
  for (auto& port : weights) sensitive << port;
}

Feed::Element Feed::element(std::size_t row) const {
  if (!valid) return {};
  return {vector[row], select, true, row < used_rows};
}

void Feed::shift() {
  if (reset) {
    for (auto& row : rows_) std::fill(row.begin(), row.end(), Element{});
    for (auto& column : columns_) std::fill(column.begin(), column.end(), std::uint8_t{0});
  } else if (run) {
    for (std::size_t r = 0; r < rows_.size(); ++r) shift_in(rows_[r], element(r));
    for (std::size_t c = 0; c < columns_.size(); ++c) shift_in(columns_[c], weights[c].read());
  }
  shifted_.notify(sc_core::SC_ZERO_TIME);
}

// A load's first r rows of weights are for rows below row r, which takes part from its own on.
void Feed::drive() {
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const Element out = r == 0 ? element(0) : rows_[r].back();
    a[r] = out.a;
    s[r] = out.s;
    v[r] = out.v;
    e[r] = out.e;
    l[r] = load && load_row + r < rows_.size();
    b[r] = bank;
  }
  for (std::size_t c = 0; c < columns_.size(); ++c) w[c] = c == 0 ? weights[0].read() : columns_[c].back();
}

}  // namespace neartile::sc_models
