#pragma once

#include <systemc>

#include <cstdint>
#include <vector>

#include "neartile/array/array_config.h"

namespace neartile::sc_models {

/// Skew registers in front of an array: takes a whole vector, and a whole row of weights, in one cycle, and
/// hands row r its element r cycles later, column c its weight c cycles later. Row 0 and column 0 pass.
class Feed : public sc_core::sc_module {
 public:
  template <class T>
  using Ports = sc_core::sc_vector<sc_core::sc_in<T>>;
  template <class T>
  using Signals = sc_core::sc_vector<sc_core::sc_signal<T>>;

  sc_core::sc_in<bool> clock{"clock"}, reset{"reset"}, run{"run"};
  sc_core::sc_in<bool> valid{"valid"};                   ///< a vector is here
  sc_core::sc_in<bool> select{"select"};                 ///< the weight register that it works with
  sc_core::sc_in<std::uint32_t> used_rows{"used_rows"};  ///< rows of its tile
  Ports<std::uint8_t> vector;                            ///< [R]
  sc_core::sc_in<bool> load{"load"};                     ///< a row of weights is here
  sc_core::sc_in<bool> bank{"bank"};                     ///< the weight register that it goes to
  sc_core::sc_in<std::uint32_t> load_row{"load_row"};    ///< which row: R - 1 first, 0 last
  Ports<std::uint8_t> weights;                           ///< [C]

  Signals<std::uint8_t> a;      ///< [R]
  Signals<bool> s, v, e, l, b;  ///< [R]
  Signals<std::uint8_t> w;      ///< [C]

  Feed(sc_core::sc_module_name name, const array::ArrayConfig& config);

 private:
  struct Element {
    std::uint8_t a = 0;
    bool s = false, v = false, e = false;
  };
  Element element(std::size_t row) const;
  void shift();
  void drive();

  sc_core::sc_event shifted_;
  std::vector<std::vector<Element>> rows_;          ///< [r] r registers, the newest first
  std::vector<std::vector<std::uint8_t>> columns_;  ///< [c] c registers, the newest first
};

}  // namespace neartile::sc_models
