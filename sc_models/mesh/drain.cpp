#include "neartile/sc_models/drain.h"

#include <algorithm>

#include "shift_register.h"

namespace neartile::sc_models {

Drain::Drain(sc_core::sc_module_name name, const array::ArrayConfig& config)
    : sc_module(name), p("p", config.columns), sums("sums", config.columns) {
  for (std::size_t c = 0; c < config.columns; ++c) columns_.emplace_back(config.columns - 1 - c, 0);
  SC_HAS_PROCESS(Drain);
  SC_METHOD(shift);
  sensitive << clock.pos();
  dont_initialize();
  SC_METHOD(drive);
  sensitive << shifted_;
  for (auto& port : p) sensitive << port;
}

// The last column's sum is registered on the edge after its vector was valid in the bottom row.
void Drain::shift() {
  if (reset) {
    valid = false;
    for (auto& column : columns_) std::fill(column.begin(), column.end(), 0);
  } else if (run) {
    valid = v;
    for (std::size_t c = 0; c < columns_.size(); ++c) shift_in(columns_[c], p[c].read());
  }
  shifted_.notify(sc_core::SC_ZERO_TIME);
}

void Drain::drive() {
  for (std::size_t c = 0; c < columns_.size(); ++c) sums[c] = columns_[c].empty() ? p[c] : columns_[c].back();
}

}  // namespace neartile::sc_models
