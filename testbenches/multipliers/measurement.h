#pragma once

#include <string>
#include <vector>

#include "neartile/pe/circuit.h"
#include "neartile/pe/mapping.h"
#include "neartile/pe/technology.h"

namespace neartile::multipliers {

/// Energy of the operations of one stimulus, means over its transitions, fJ: with glitches and without.
struct Energy {
  double timed_fJ = 0, zero_delay_fJ = 0;
};

/// What a mapped circuit costs. Energies are the circuit's own: the drivers of its operands are not in it.
struct Measurement {
  std::string name;
  std::string operands;
  std::string hash;         ///< of the truth table
  std::string mapped_hash;  ///< of the mapped netlist's text
  double area_um2 = 0, leakage_nW = 0, critical_path_ps = 0;
  std::size_t cells = 0;
  Energy random, held;
  std::string liberty;          ///< the file that Yosys chose cells from, if not the technology's
  bool from_verilog = false;    ///< Yosys mapped the file's own text, not the netlist
  std::string verilog_refused;  ///< why it did not, where there is such a text
};

/// A circuit, and how to map it.
struct Source {
  pe::Circuit circuit;
  std::string verilog;  ///< what it was imported from, if it was Verilog
  pe::PortBinding ports;
};

/// A circuit in cells of a technology, and what it costs there.
struct Mapped {
  pe::Netlist netlist;
  Measurement cost;
};

/// Maps and measures. Says in one line on standard error where Yosys refuses the Verilog that the circuit
/// was imported from, and the imported netlist is mapped instead. Throws InputError.
Mapped map_and_measure(const Source& source, const pe::Technology& technology,
                       const pe::MappingSettings& settings = {});

}  // namespace neartile::multipliers
