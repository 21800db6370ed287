#pragma once

#include <systemc>

#include <cstdint>

#include "neartile/array/array_config.h"
#include "neartile/sc_models/pe.h"

namespace neartile::sc_models {

/// C processing elements side by side: what a row of the array is.
class PeRow : public sc_core::sc_module {
 public:
  sc_core::sc_vector<Pe> pes;  ///< pe_0, pe_1, ..

  PeRow(sc_core::sc_module_name name, const array::ArrayConfig& config, const pe::PeType& type);
};

/// R x C processing elements, weight-stationary, without skew registers: slow and obvious, the judge of the
/// array kernel and of the RTL twin. docs/reference/array.md says when what has to be at its edge.
class PeMesh : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clock{"clock"}, reset{"reset"}, run{"run"};
  sc_core::sc_vector<sc_core::sc_in<std::uint8_t>> a;
  sc_core::sc_vector<sc_core::sc_in<bool>> s, v, e, l, b;  ///< [R] column 0 of each row
  sc_core::sc_vector<sc_core::sc_in<std::uint8_t>> w;      ///< [C] the top of each column

  /// `type` is that of config.pe, or one whose multiplier has no name.
  PeMesh(sc_core::sc_module_name name, const array::ArrayConfig& config, const pe::PeType& type);

  Pe& pe(std::size_t row, std::size_t column) { return rows_[row].pes[column]; }

 private:
  sc_core::sc_vector<PeRow> rows_;
  sc_core::sc_signal<std::int32_t> no_sum_{"no_sum"};  ///< 0: what enters row 0 from above
};

}  // namespace neartile::sc_models
