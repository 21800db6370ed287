#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "neartile/pe/mapping.h"
#include "neartile/pe/technology.h"
#include "rtl/design.h"
#include "rtl/text.h"

namespace neartile::array {
namespace rtl {
namespace {

constexpr std::string_view script_comment = R"(# Maps the bank to gates, module by module. In this folder:
#   yosys -c synth.tcl
# Settings, in the environment: LIBERTY (cells.lib), TOP (bank), RESET_DATA (1), DELAY_ps (800: what ABC aims
# at), LOAD_fF (3.898: at each output), DRIVER (the cell that drives inputs; of cells.lib the smallest buffer,
# else none: ABC then sizes no gate for its load). Writes area.txt, by module, and mapped.v.
)";

constexpr std::string_view script_settings = R"(yosys -import
proc setting {name usual} {
  global env
  return [expr {[info exists env($name)] ? $env($name) : $usual}]
}
set liberty [setting LIBERTY cells.lib]
if {![file exists $liberty]} { error "no file $liberty, expected a Liberty file in LIBERTY" }
set driver [setting DRIVER [expr {$liberty eq "cells.lib" ? $smallest_buffer : ""}]]
set top [setting TOP bank]
set reset_data [setting RESET_DATA 1]

set constraints "synth.constr"
set file [open $constraints w]
if {$driver ne ""} { puts $file "set_driving_cell $driver" }
puts $file "set_load [setting LOAD_fF 3.898]"
close $file

)";

constexpr std::string_view script_tail = R"(
if {[info exists below($top)]} { chparam -set RESET_DATA 1'b$reset_data $top } else { set below($top) {} }
hierarchy -check -top $top
# Modules that the parameter was handed to get their own names back.
foreach module $below($top) {
  chtype -set $module "t:\$paramod?$module?RESET_DATA=*"
  yosys rename "\$paramod\\$module\\RESET_DATA=1'$reset_data" $module
}
synth -top $top
dfflibmap -liberty $liberty
opt
abc -D [setting DELAY_ps 800] -constr $constraints -liberty $liberty
clean
tee -o area.txt stat -top $top -liberty $liberty
write_verilog -noattr mapped.v
)";

// Modules that take RESET_DATA, each with those below it that do; the bank is one of them.
using Below = std::map<std::string, std::set<std::string>>;
Below with_parameter(const std::vector<Design>& designs) {
  Below below;
  for (const Design& design : designs) {
    const auto& [multiplier, control, pe, row, array] = design.modules;
    below["bank"].insert({array, row, pe});
    below[array].insert({row, pe});
    below[row].insert(pe);
    below[pe];
  }
  return below;
}

void read_modules(Text& text, const std::vector<Design>& designs) {
  std::set<std::string> modules{"bank"};
  bool has_gates = false;
  for (const Design& design : designs) {
    const auto& [multiplier, control, pe, row, array] = design.modules;
    modules.insert({multiplier, control, pe, row, array});
    has_gates |= design.config.clock_gating;
  }
  if (has_gates) {
    text.line("# A black box, whose area is not counted: put your library's cell in its place.");
    text.line("read_verilog -sv -lib clock_gate.sv");
  }
  for (const std::string& name : modules) text.line("read_verilog -sv {}.sv", name);
}

std::string synthesis_script(const std::vector<Design>& designs) {
  const pe::Cell* const buffer = pe::driving_cell(pe::default_technology());
  Text text;
  text.line("set smallest_buffer \"{}\"", buffer ? buffer->name : "");
  std::string out = std::string(script_comment) + text.take() + std::string(script_settings);
  read_modules(text, designs);
  text.line("# Modules that take RESET_DATA, and which of them are below each.");
  for (const auto& [module, below] : with_parameter(designs))
    text.line("set below({}) [list {}]", module, fmt::join(below, " "));
  return out + text.take() + std::string(script_tail);
}

constexpr std::string_view readme_tools = R"(
## Simulate
Icarus Verilog (11 or later):

```sh
iverilog -g2012 -s testbench -o testbench.vvp *.sv
vvp -n testbench.vvp +vcd=waves.vcd
```

Verilator (5.006 or later):

```sh
verilator --binary --trace --timescale 1ps/1ps --top-module testbench *.sv
obj_dir/Vtestbench +vcd=waves.vcd
```

The last line is `PASS: N sums in M cycles`, or FAIL with the first ten differences, and the exit status says the same.
`+vcd=FILE` may be left out. `verilator --lint-only -Wall --top-module bank` has nothing to say about the design's files.

## Synthesise
```sh
yosys -c synth.tcl
```

maps module by module: `area.txt` has the area of each module without its submodules and the total, `mapped.v` the
gates. `synth.tcl` names its settings. `clock_gate` is a black box there, whose area is not counted. The cells are those of `cells.lib`,
made from Neartile's default technology; others come with `LIBERTY=FILE.lib yosys -c synth.tcl`.

## Names
A PE is `bank/array_I/row_R/pe_C`, row 0 on top, column 0 on the left. In it:
)";

constexpr std::string_view readme_formats = R"(
Activity that Neartile reports has the same names. In waves of the test bench, `testbench` comes before `bank`.

## Signals
An array's inputs hold one part for each row, row 0 lowest: `a_in` activation, `v_in` valid, `e_in` the row belongs to
the tile, `l_in` load a weight, and of PEs with two weight registers `s_in` which one the activation works with and
`b_in` which one the load writes. `w_in` holds one weight for each column. Row r wants its inputs r cycles after row 0, column c its
weights c cycles after column 0. Where `v[c]` is 1, the next edge that runs brings column c's next sum in `sum`. `run` = 0 holds every register;
`rst` is synchronous and wins over `run`. RESET_DATA = 0 builds data registers without reset.

## stimulus.hex
One line for each cycle, hex fields with `_` between them: reset and run (2 and 1), `w_in`, then)";

std::string readme(const std::vector<Design>& designs, const RtlBench& bench) {
  const Design& driven = designs[bench.array];
  Text text;
  text.line("# RTL of a bank of {} arrays", designs.size()).line();
  text.line("SystemVerilog that Neartile wrote. One module a file; `bank` is the top.").line();
  text.line("| array | rows x columns | PE type | module | PE | multiplier |");
  text.line("|---|---|---|---|---|---|");
  for (std::size_t i = 0; i < designs.size(); ++i) {
    const Design& one = designs[i];
    text.line("| `{}` | {} x {} | {} | `{}` | `{}` | `{}` |", array_scope(i), one.rows, one.columns,
              pe::name_of(one.config), one.modules.array, one.modules.pe, one.modules.multiplier);
  }
  text.line().line("| file | what it is |").line("|---|---|");
  text.line("| `bank.sv` | all arrays; ports of array I begin with `array_I_` |");
  text.line("| `array_TYPE_RxC.sv` | an array: instances `row_0`, `row_1`, .. |");
  text.line("| `row_TYPE_C.sv` | a row: instances `pe_0`, `pe_1`, .. |");
  text.line("| `pe_TYPE.sv` | a PE: data registers, adder; instances `control`, `multiplier` |");
  text.line("| `control_*.sv` | a PE's control registers, by weight registers and clock gating |");
  text.line("| `clock_gate.sv` | a clock gate, where PE types have any |");
  text.line("| all other modules | multipliers: A activation, B weight, O product |");
  text.line("| `testbench.sv` | drives `{}` and checks its sums |", array_scope(bench.array));
  text.line("| `stimulus.hex` | what it is driven with: {} |", bench.origin);
  text.line("| `expected.hex` | the sums that must come |");
  text.line("| `synth.tcl` | a script for Yosys |");
  text.line("| `cells.lib` | the cells that it maps to: {} |", pe::default_technology().name);
  std::string out = text.take() + std::string(readme_tools);
  Text names;
  for (const PeRegister& one : driven.registers)
    names.line("- `{}{}`: {}{}", one.path(),
               one.width == 1 ? "" : fmt::format("[{}:{}]", one.high(), one.low), to_string(one.net_class),
               one.is_register() ? " register" : " net");
  out += names.take() + std::string(readme_formats);
  for (const PeRegister& one : driven.travelling())
    out += fmt::format("{} `{}_in`", one.name == "a" ? "" : ",", one.name);
  return out +
         ". The first line is\nreset.\n\n## expected.hex\nOne line for each sum: the number of the line of "
         "stimulus.hex whose edge brings it (from 0), its column, the sum\nin two's complement. Columns "
         "beside "
         "the tile give sums, too.\n";
}

}  // namespace
}  // namespace rtl

RtlFiles rtl_guide_files(std::span<const RtlArray> bank, const RtlBench& bench) {
  const std::vector<rtl::Design> designs = rtl::designs_of(bank);
  return {{"synth.tcl", rtl::synthesis_script(designs)},
          {"cells.lib", pe::to_liberty(pe::default_technology())},
          {"README.md", rtl::readme(designs, bench)}};
}

}  // namespace neartile::array
