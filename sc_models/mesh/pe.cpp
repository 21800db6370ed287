#include "neartile/sc_models/pe.h"

#include <algorithm>

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
  const unsigned low_zeros = array::low_zero_bits(*type_.multiplier.table, type_.config.overflow);
  for (const array::PeRegister& net : array::pe_registers(type_.config, low_zeros)) {
    std::string path = net.path();
    std::replace(path.begin(), path.end(), '/', '.');
    trace(file, net, std::string(name()) + "." + path);
  }
}

void Pe::trace(sc_core::sc_trace_file* file, const array::PeRegister& net, const std::string& path) const {
  for (const Signal<bool>* bit : {&s, &v, &e, &l, &b})
    if (net.name == bit->basename()) sc_trace(file, *bit, path);
  for (const Signal<std::uint8_t>* byte : {&a, &w0, &w1})
    if (net.name == byte->basename()) sc_trace(file, *byte, path, 8);
  if (net.name == p.basename()) sc_trace(file, p, path, static_cast<int>(net.high() + 1));
  if (net.name == f.basename()) sc_trace(file, f, path, static_cast<int>(net.high() + 1));
}

}  // namespace neartile::sc_models
