#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neartile/pe/cell_library.h"

namespace neartile::pe {

/// The axes that all tables of an output share; tables are stored [slew][load].
struct TableAxes {
  std::vector<double> slew_ps;  ///< of the input, ascending
  std::vector<double> load_fF;  ///< at the output, ascending
};

/// Delays and slews through a cell from one input to one output, by the direction in which the output
/// follows the input. `slowest` is the greatest value over the conditions under which Liberty states the
/// arc, `mean` the mean over them, for rising and for falling outputs.
struct TimingArc {
  std::string related_pin;
  bool inverting = false;
  unsigned conditions = 1;  ///< how many Liberty arcs are folded into this one
  std::vector<double> slowest_rise_ps, slowest_fall_ps;
  std::vector<double> mean_rise_ps, mean_fall_ps;
  std::vector<double> rise_slew_ps, fall_slew_ps;
};

/// Energy inside a cell for one toggle of an output that a toggle of `related_pin` makes: mean over rise
/// and fall and over conditions, sum over supply pins.
struct InternalEnergy {
  std::string related_pin;
  std::vector<double> energy_fJ;
};

struct InputPin {
  std::string name;
  double capacitance_fF = 0, rise_capacitance_fF = 0, fall_capacitance_fF = 0;
  bool clock = false;
  /// Energy inside the cell for a toggle of this pin that no output follows, by slew; may be empty.
  std::vector<double> energy_slew_ps, energy_fJ;
};

struct OutputPin {
  std::string name;
  std::string expression;                ///< Liberty's function
  std::optional<CellFunction> function;  ///< of the cell's input pins in order; none for state
  TableAxes axes;
  std::vector<TimingArc> arcs;
  std::vector<InternalEnergy> energies;
};

/// A flip-flop: its state takes `next_state` when `clocked_on` rises.
struct FlipFlop {
  std::string state, inverted_state, clocked_on, next_state;
};

struct Cell {
  std::string name;
  double area_um2 = 0;
  double leakage_nW = 0;
  std::vector<InputPin> inputs;
  std::vector<OutputPin> outputs;
  std::optional<FlipFlop> flip_flop;
};

/// Estimated wires before layout: a length by fanout.
struct WireModel {
  std::string name;
  double capacitance_fF_per_um = 0;
  double beyond_um_per_fanout = 0;  ///< slope past the last length
  std::vector<double> length_um;    ///< of fanout 1, 2, ..
  double capacitance_fF(std::size_t fanout) const;
};

/// Cells at one voltage and temperature, each constant with the source it was read from.
struct Technology {
  std::string name;
  std::vector<std::string> sources;  ///< files, library names and what was taken from them
  double voltage_V = 0;
  double temperature_C = 0;
  WireModel wire;
  std::vector<Cell> cells;  ///< by name
  const Cell* find(std::string_view cell) const;
};

/// Reads Liberty (NLDM) files, plain or gzip, into one technology: name, units, voltage and wires are those
/// of the first, cells of later files are added. Throws InputError (file, line, what was expected).
Technology import_liberty(const std::vector<std::filesystem::path>& files);
/// The same for one text; `place` names it in errors and sources.
Technology import_liberty(std::string_view text, const std::string& place);

/// docs/reference/technology.md has the format; numbers have six significant digits.
std::string to_json_text(const Technology& technology);
Technology technology_from_json(std::string_view text, const std::string& place);

/// ASAP7, RVT, typical, 0.70 V, 25 C; part of the library.
const Technology& default_technology();

/// The combinational cells, for importers. Cells of more than six inputs are left out.
CellLibrary cells_of(const Technology& technology);

}  // namespace neartile::pe
