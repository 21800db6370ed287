#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "neartile/array/array_config.h"
#include "neartile/array/stimulus.h"
#include "neartile/pe/circuit.h"

namespace neartile::array {

/// An array of the bank as RTL needs it: its multiplier is a circuit with a netlist, of any operands.
struct RtlArray {
  ArrayConfig config;
  pe::Circuit multiplier;
};

/// Texts by file name.
using RtlFiles = std::map<std::string, std::string>;

/// The RTL twin: SystemVerilog of the bank, one module a file, names as pe_registers.h has them. The top
/// is `bank`; docs/reference/rtl.md describes every module. Throws InputError for circuits without a netlist.
RtlFiles rtl_files(std::span<const RtlArray> bank);

/// Names of an array's modules, each "NAME.sv" in rtl_files().
struct RtlModules {
  std::string multiplier, control, pe, row, array;
};
std::vector<RtlModules> rtl_modules(std::span<const RtlArray> bank);

/// A test bench for one array of the bank.
struct RtlBench {
  std::size_t array = 0;  ///< in the bank
  ArrayStimulus stimulus;
  double clock_MHz = 1000;
  std::string origin;  ///< what the stimulus is, for comments
};

/// testbench.sv, stimulus.hex and expected.hex: docs/reference/rtl.md has their formats.
RtlFiles rtl_bench_files(std::span<const RtlArray> bank, const RtlBench& bench);
/// stimulus.hex: a line of reset, then one for each cycle.
std::string stimulus_hex(const ArrayConfig& config, const ArrayStimulus& stimulus);
/// expected.hex: a line for each sum that leaves the array.
std::string expected_hex(const RtlArray& array, const ArrayStimulus& stimulus);

/// synth.tcl for Yosys, which maps the bank module by module to the cells of cells.lib (the default
/// technology), and README.md.
RtlFiles rtl_guide_files(std::span<const RtlArray> bank, const RtlBench& bench);

}  // namespace neartile::array
