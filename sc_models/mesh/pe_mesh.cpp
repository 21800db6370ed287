#include "neartile/sc_models/pe_mesh.h"

#include <string>

namespace neartile::sc_models {

PeRow::PeRow(sc_core::sc_module_name name, const array::ArrayConfig& config, const pe::PeType& type)
    : sc_module(name),
      pes("pe", config.columns, [&](const char* pe_name, std::size_t) { return new Pe(pe_name, type); }) {
  for (std::size_t c = 1; c < pes.size(); ++c) {
    Pe& left = pes[c - 1];
    pes[c].a_in(left.a);
    pes[c].s_in(left.s);
    pes[c].v_in(left.v);
    pes[c].e_in(left.e);
    pes[c].l_in(left.l);
    pes[c].b_in(left.b);
  }
}

PeMesh::PeMesh(sc_core::sc_module_name name, const array::ArrayConfig& config, const pe::PeType& type)
    : sc_module(name),
      a("a", config.rows),
      s("s", config.rows),
      v("v", config.rows),
      e("e", config.rows),
      l("l", config.rows),
      b("b", config.rows),
      w("w", config.columns),
      rows_("row", config.rows,
            [&](const char* row_name, std::size_t) { return new PeRow(row_name, config, type); }) {
  for (std::size_t r = 0; r < config.rows; ++r) {
    Pe& first = rows_[r].pes[0];
    first.a_in(a[r]);
    first.s_in(s[r]);
    first.v_in(v[r]);
    first.e_in(e[r]);
    first.l_in(l[r]);
    first.b_in(b[r]);
    for (std::size_t c = 0; c < config.columns; ++c) {
      Pe& pe = rows_[r].pes[c];
      pe.clock(clock);
      pe.reset(reset);
      pe.run(run);
      if (r == 0) {
        pe.w_in(w[c]);
        pe.p_in(no_sum_);
      } else {
        pe.w_in(rows_[r - 1].pes[c].w_out);
        pe.p_in(rows_[r - 1].pes[c].p);
      }
    }
  }
}

}  // namespace neartile::sc_models
