#pragma once

#include <systemc>

#include <cstdint>
#include <vector>

#include "neartile/array/array_config.h"

namespace neartile::sc_models {

/// Skew registers behind an array: column c's sums wait C - 1 - c cycles, so that all sums of a vector leave
/// in the same cycle.
class Drain : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clock{"clock"}, reset{"reset"}, run{"run"};
  sc_core::sc_vector<sc_core::sc_in<std::int32_t>> p;  ///< [C] partial-sum registers of the bottom row
  sc_core::sc_in<bool> v{"v"};                         ///< valid register of the bottom row's last PE

  sc_core::sc_signal<bool> valid{"valid"};                    ///< a vector's sums are here
  sc_core::sc_vector<sc_core::sc_signal<std::int32_t>> sums;  ///< [C]

  Drain(sc_core::sc_module_name name, const array::ArrayConfig& config);

 private:
  void shift();
  void drive();

  sc_core::sc_event shifted_;
  std::vector<std::vector<std::int32_t>> columns_;  ///< [c] C - 1 - c registers, the newest first
};

}  // namespace neartile::sc_models
