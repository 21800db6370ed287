#include <fmt/format.h>

#include <algorithm>

#include "neartile/pe/base/child_process.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/mapping.h"
#include "neartile/pe/netlist_evaluation.h"
#include "neartile/pe/netlist_import.h"
#include "technology/gzip.h"

namespace neartile::pe {
namespace {

constexpr std::size_t most_verilog = std::size_t{16} << 20;

// A cell of no inputs that gives a constant: "NAME PIN" as hilomap takes it.
std::string tie_cell(const Technology& technology, bool one) {
  for (const Cell& cell : technology.cells) {
    if (!cell.inputs.empty() || cell.outputs.size() != 1) continue;
    const auto& function = cell.outputs.front().function;
    if (function && (function->table & 1) == one) return cell.name + " " + cell.outputs.front().name;
  }
  return {};
}

// The flow of docs/reference/technology.md. There is no state to map, so no dfflibmap.
std::string script(const Technology& technology, const MappingSettings& settings) {
  const std::string high = tie_cell(technology, true), low = tie_cell(technology, false);
  std::string text =
      "read_verilog circuit.v\n"
      "synth -flatten -auto-top\n"
      "rename -top circuit\n"
      "opt\n";
  text += fmt::format("abc -D {} -constr circuit.constr -liberty cells.lib\n", settings.delay_ps);
  if (!high.empty() && !low.empty()) text += fmt::format("hilomap -hicell {} -locell {}\n", high, low);
  return text + "clean\nwrite_verilog -noattr -noexpr mapped.v\n";
}

std::string constraints(const Technology& technology, const MappingSettings& settings) {
  const Cell* driver = driving_cell(technology);
  return (driver ? fmt::format("set_driving_cell {}\n", driver->name) : "") +
         fmt::format("set_load {}\n", settings.load_fF);
}

// Foreign text: one line, printable and not long.
std::string last_line(const std::string& output) {
  const auto end = output.find_last_not_of(" \n\r\t");
  if (end == std::string::npos) return "nothing";
  const auto before = output.rfind('\n', end);
  const auto begin = before == std::string::npos ? 0 : before + 1;
  std::string line = output.substr(begin, std::min<std::size_t>(end + 1 - begin, 200));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return line;
}

void check(const ChildResult& result, const Netlist& netlist, const MappingSettings& settings) {
  if (!result.started)
    throw InputError("yosys is not installed, expected it for mapping: apt-get install yosys");
  if (result.timed_out)
    throw InputError(netlist.name(),
                     fmt::format("yosys did not end, expected it within {} s", settings.time_limit.count()));
  if (result.status != 0)
    throw InputError(netlist.name(), fmt::format("yosys failed and said last: {}", last_line(result.output)));
}

}  // namespace

bool can_map() {
  return run_child({"yosys", "-V"}, std::chrono::seconds(10)).status == 0;
}

const Cell* driving_cell(const Technology& technology) {
  const Cell* smallest = nullptr;
  for (const Cell& cell : technology.cells) {
    const bool buffer = cell.inputs.size() == 1 && cell.outputs.size() == 1 && !cell.flip_flop &&
                        cell.outputs.front().function == CellFunction{1, 0b10};
    if (buffer && (!smallest || cell.area_um2 < smallest->area_um2)) smallest = &cell;
  }
  return smallest;
}

Netlist map_netlist(const Netlist& netlist, const Technology& technology, const MappingSettings& settings) {
  return map_verilog(to_verilog(netlist), {}, netlist, technology, settings);
}

Netlist map_verilog(const std::string& verilog, const PortBinding& ports, const Netlist& netlist,
                    const Technology& technology, const MappingSettings& settings) {
  const ScratchFolder folder;
  folder.write("circuit.v", verilog);
  folder.write("cells.lib",
               settings.liberty.empty() ? to_liberty(technology) : read_maybe_gzip(settings.liberty));
  folder.write("circuit.constr", constraints(technology, settings));
  folder.write("map.ys", script(technology, settings));
  const ChildResult result = run_child({"yosys", "-q", "-s", "map.ys"}, settings.time_limit, folder.path());
  check(result, netlist, settings);
  const std::string text = read_text_file(folder.file("mapped.v"), most_verilog);
  Netlist mapped = import_verilog(text, "mapped " + netlist.name(), cells_of(technology), ports);
  if (all_products(mapped) != all_products(netlist))
    throw InputError(netlist.name(), "products changed by mapping, expected the same");
  return mapped;
}

}  // namespace neartile::pe
