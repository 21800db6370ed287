#pragma once

#include <systemc>

#include <cstdint>
#include <vector>

#include "neartile/array/pe_waves.h"
#include "neartile/array/stimulus.h"
#include "neartile/sc_models/array_mesh.h"

namespace neartile::sc_models::testing_support {

/// A vector's sums, and the cycle from which on they are in the drain.
struct MeshOutput {
  std::uint64_t cycle = 0;
  std::vector<std::int32_t> sums;
};

/// What a mesh did with one stimulus, from its reset on.
struct MeshRun {
  std::vector<array::PeWaves> waves;  ///< [row * columns + column]
  std::vector<MeshOutput> outputs;
  std::uint64_t feed_faults = 0;  ///< cycles in which the mesh's inputs were not those of edges_of()
};

/// A stimulus, and after how many cycles of the clock the next reset ends it.
struct MeshCase {
  array::ArrayStimulus stimulus;
  std::uint64_t cycles = 0;
};

/// Streams cases one after the other through a mesh, a cycle of reset before each, and watches every
/// register after every edge of the clock. Inputs change on falling edges.
class MeshBench : public sc_core::sc_module {
 public:
  MeshBench(sc_core::sc_module_name name, sc_core::sc_clock& clock, const array::ArrayConfig& config,
            const pe::PeType& type, std::vector<MeshCase> cases);

  std::vector<MeshRun> runs;  ///< one a case
  bool finished = false;
  ArrayMesh array;

 private:
  void stream();
  void stream_case(const MeshCase& drawn);
  void drive(const array::ArrayStimulus& stimulus, std::uint64_t time);
  bool feeds(const array::ArrayEdge& edge) const;
  void watch(std::uint64_t cycle);
  void watch_pe(const Pe& pe, std::uint64_t cycle, array::PeWaves& waves) const;

  array::ArrayConfig config_;
  std::vector<MeshCase> cases_;
  sc_core::sc_clock& clock_;
  sc_core::sc_signal<bool> reset_{"reset"}, run_{"run"}, valid_{"valid"}, select_{"select"}, load_{"load"},
      bank_{"bank"};
  sc_core::sc_signal<std::uint32_t> used_rows_{"used_rows"}, load_row_{"load_row"};
  sc_core::sc_vector<sc_core::sc_signal<std::uint8_t>> vector_, weights_;
};

}  // namespace neartile::sc_models::testing_support
