// A systolic array of one's own, PE by PE, with a VCD file of one PE: docs/how-to/watch-a-pe.md explains it.
#include <cstdio>
#include <exception>
#include <systemc>
#include <vector>

#include "neartile/sc_models/array_mesh.h"

namespace {

using neartile::sc_models::ArrayMesh;

/// Loads a tile that fills the array, then streams vectors, one a cycle, without skew: the feed adds it.
class TileDriver : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clock{"clock"};
  sc_core::sc_signal<bool> reset{"reset"}, run{"run"}, valid{"valid"}, select{"select"}, load{"load"},
      bank{"bank"};
  sc_core::sc_signal<std::uint32_t> used_rows{"used_rows"}, load_row{"load_row"};
  sc_core::sc_vector<sc_core::sc_signal<std::uint8_t>> vector, weights;

  TileDriver(sc_core::sc_module_name name, ArrayMesh& array)
      : sc_module(name),
        vector("vector", array.feed.vector.size()),
        weights("weights", array.feed.weights.size()) {
    array.clock(clock);
    array.reset(reset);
    array.run(run);
    array.feed.valid(valid);
    array.feed.select(select);
    array.feed.used_rows(used_rows);
    array.feed.vector(vector);
    array.feed.load(load);
    array.feed.bank(bank);
    array.feed.load_row(load_row);
    array.feed.weights(weights);
    SC_HAS_PROCESS(TileDriver);
    SC_THREAD(stream);
  }

 private:
  void next_cycle() { wait(clock.negedge_event()); }

  void stream() {
    reset = true;
    run = true;
    next_cycle();
    reset = false;
    bank = true;  // the first tile works with register 1
    select = true;
    used_rows = static_cast<std::uint32_t>(vector.size());
    for (std::size_t i = 0; i < vector.size() + 8; ++i) {
      load = i < vector.size();  // the last row's weights come first
      load_row = static_cast<std::uint32_t>(load_steps(i));
      for (std::size_t c = 0; c < weights.size(); ++c)
        weights[c] = static_cast<std::uint8_t>(16 * load_steps(i) + c + 1);
      valid = i + 1 >= vector.size();  // the first vector enters on the last load edge
      for (std::size_t r = 0; r < vector.size(); ++r) vector[r] = static_cast<std::uint8_t>(7 * i + 3 * r);
      next_cycle();
    }
    load = false;
    valid = false;
  }

  std::size_t load_steps(std::size_t i) const { return i < vector.size() ? vector.size() - 1 - i : 0; }
};

void watch(const char* file_name) {
  neartile::array::ArrayConfig config;
  config.rows = config.columns = 4;
  config.pe.multiplier = "truncated(6)";

  sc_core::sc_clock clock("clock", 1, sc_core::SC_NS);
  ArrayMesh array("array", config);
  TileDriver driver("driver", array);
  driver.clock(clock);

  sc_core::sc_trace_file* file = sc_core::sc_create_vcd_trace_file(file_name);
  file->set_time_unit(1, sc_core::SC_PS);
  sc_core::sc_trace(file, clock, "clock");
  array.mesh.pe(2, 1).trace(file);
  sc_core::sc_start(32, sc_core::SC_NS);
  sc_core::sc_close_vcd_trace_file(file);
}

}  // namespace

int sc_main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: watch_pe FILE    (writes FILE.vcd)\n");
    return 1;
  }
  try {
    watch(argv[1]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "watch_pe: %s\n", error.what());
    return 1;
  }
}
