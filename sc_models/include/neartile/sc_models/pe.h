#pragma once

#include <systemc>

#include <cstdint>
#include <string>

#include "neartile/array/pe_registers.h"
#include "neartile/pe/pe_type.h"

namespace neartile::sc_models {

/// One processing element, register by register: docs/reference/pe.md has the next state of each. Its
/// registers are signals that its right and lower neighbours read and that sc_trace() can show.
class Pe : public sc_core::sc_module {
 public:
  template <class T>
  using Signal = sc_core::sc_signal<T>;

  sc_core::sc_in<bool> clock{"clock"}, reset{"reset"}, run{"run"};
  sc_core::sc_in<std::uint8_t> a_in{"a_in"};
  sc_core::sc_in<bool> s_in{"s_in"}, v_in{"v_in"}, e_in{"e_in"}, l_in{"l_in"}, b_in{"b_in"};
  sc_core::sc_in<std::uint8_t> w_in{"w_in"};  ///< from above: the weight to load
  sc_core::sc_in<std::int32_t> p_in{"p_in"};  ///< from above: the column's sum

  Signal<std::uint8_t> a{"a"};                          ///< activation
  Signal<bool> s{"s"}, v{"v"}, e{"e"}, l{"l"}, b{"b"};  ///< select, valid, enable, load, bank
  Signal<std::uint8_t> w0{"w0"}, w1{"w1"};              ///< weights
  Signal<std::int32_t> p{"p"};                          ///< partial sum, sign-extended
  Signal<std::int16_t> f{"f"};                          ///< net: product of a and the selected weight
  Signal<std::uint8_t> w_out{"w_out"};                  ///< net: the weight that goes down in a load

  Pe(sc_core::sc_module_name name, const pe::PeType& type);

  /// Shows all registers and the product net in a trace file, under the paths of array/pe_registers.h. Bits
  /// that the RTL twin does not build are there, and 0.
  void trace(sc_core::sc_trace_file* file) const;

 private:
  void next_state();
  void multiply();
  void pass_weight();
  void trace(sc_core::sc_trace_file* file, const array::PeRegister& net, const std::string& path) const;

  pe::PeType type_;
};

}  // namespace neartile::sc_models
