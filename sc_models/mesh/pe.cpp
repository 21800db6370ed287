#include "neartile/sc_models/pe.h"

namespace neartile::sc_models {

Pe::Pe(sc_core::sc_module_name name, const pe::PeType& type) : sc_module(name), type_(type) {
  SC_HAS_PROCESS(Pe);
  SC_METHOD(next_state);
  sensitive << clock.pos();
  dont_initialize();
  SC_METHOD(multiply);
  sensitive << a << s << w0 << w1;
  SC_METHOD(pass_weight);
  sensitive << b_in << w0 << w1;
}

// On the right are values from before the edge: a signal takes what is written to it after all have read.
void Pe::next_state() {
  if (reset) {
    for (Signal<bool>* bit : {&s, &v, &e, &l, &b}) bit->write(false);
    for (Signal<std::uint8_t>* byte : {&a, &w0, &w1}) byte->write(0);
    p = 0;
    return;
  }
  if (!run) return;
  v = v_in;
  if (v_in) s = s_in;
  if (v_in) e = e_in;
  if (v_in && e_in) a = a_in;
  if (v) {
    const std::int64_t sum = std::int64_t{p_in} + (e ? f.read() : 0);
    p = pe::accumulate(sum, type_.config.accumulator_bits, type_.config.overflow);
  }
  l = l_in;
  if (l_in) b = b_in;
  if (l_in && b_in) w1 = w_in;
  if (l_in && !b_in) w0 = w_in;
}

void Pe::multiply() {
  f = type_.multiplier.table->product(a, s ? w1 : w0);
}

void Pe::pass_weight() {
  w_out = b_in ? w1 : w0;
}

void Pe::trace(sc_core::sc_trace_file* file) const {
  const std::string prefix = std::string(name()) + ".";
  const bool two_weights = type_.config.weight_registers == 2;
  for (const Signal<std::uint8_t>* byte : {&a, &w0}) sc_trace(file, *byte, prefix + byte->basename(), 8);
  for (const Signal<bool>* bit : {&v, &e, &l}) sc_trace(file, *bit, prefix + bit->basename());
  if (two_weights) {
    sc_trace(file, w1, prefix + w1.basename(), 8);
    for (const Signal<bool>* bit : {&s, &b}) sc_trace(file, *bit, prefix + bit->basename());
  }
  sc_trace(file, p, prefix + p.basename(), static_cast<int>(type_.config.accumulator_bits));
  sc_trace(file, f, prefix + f.basename(), 16);
}

}  // namespace neartile::sc_models
