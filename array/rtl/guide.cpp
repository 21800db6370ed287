#include <fmt/format.h>

#include <set>

#include "rtl/design.h"
#include "rtl/text.h"

namespace neartile::array {
namespace rtl {
namespace {

constexpr std::string_view script_head = R"(# Maps the bank to gates, module by module. In this folder:
#   LIBERTY=cells.lib yosys -c synth.tcl
# Further settings, in the same way: TOP (bank), RESET_DATA (1), DELAY_ps (800: what ABC aims at), LOAD_fF
# (3.898: at each output), DRIVER (a cell: what drives inputs; without it ABC sizes no gate for its load).
# Writes area.txt, by module, and mapped.v.
yosys -import
proc setting {name usual} {
  global env
  return [expr {[info exists env($name)] ? $env($name) : $usual}]
}
if {![info exists env(LIBERTY)]} { error "LIBERTY is not set, expected a Liberty file" }
set liberty $env(LIBERTY)
set top [setting TOP bank]
set reset_data [setting RESET_DATA 1]

set constraints "synth.constr"
set file [open $constraints w]
if {[setting DRIVER ""] ne ""} { puts $file "set_driving_cell [setting DRIVER {}]" }
puts $file "set_load [setting LOAD_fF 3.898]"
close $file

)";

constexpr std::string_view script_tail = R"(
chparam -set RESET_DATA 1'b$reset_data $top
hierarchy -check -top $top
# Modules that the parameter was handed to get their own names back.
foreach module $with_parameter {
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

// Modules of the bank that take RESET_DATA, each once.
std::set<std::string> with_parameter(const std::vector<Design>& designs) {
  std::set<std::string> names;
  for (const Design& design : designs)
    names.insert({design.modules.pe, design.modules.row, design.modules.array});
  return names;
}

std::string synthesis_script(const std::vector<Design>& designs) {
  Text text;
  bool has_gates = false;
  std::set<std::string> modules = with_parameter(designs);
  std::string handed_to;
  for (const std::string& name : modules) handed_to += " " + name;
  for (const Design& design : designs) {
    modules.insert({design.modules.multiplier, design.modules.control});
    has_gates |= design.config.clock_gating;
  }
  if (has_gates) {
    text.line("# A black box, whose area is not counted: put your library's cell in its place.");
    text.line("read_verilog -sv -lib clock_gate.sv");
  }
  for (const std::string& name : modules) text.line("read_verilog -sv {}.sv", name);
  text.line("read_verilog -sv bank.sv");
  text.line("set with_parameter [list{}]", handed_to);
  return std::string(script_head) + text.take() + std::string(script_tail);
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
LIBERTY=cells.lib yosys -c synth.tcl
```

maps module by module: `area.txt` has the area of each module without its submodules and the total, `mapped.v` the
gates. `synth.tcl` names further settings. `clock_gate` is a black box there.

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
  return {{"synth.tcl", rtl::synthesis_script(designs)}, {"README.md", rtl::readme(designs, bench)}};
}

}  // namespace neartile::array
