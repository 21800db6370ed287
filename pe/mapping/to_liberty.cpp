#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "neartile/pe/mapping.h"

namespace neartile::pe {
namespace {

class Writer {
 public:
  explicit Writer(const Technology& technology) {
    line("/* {} */", in_a_comment(technology));
    line("library (neartile) {{");
    line("  delay_model : table_lookup;");
    line("  time_unit : \"1ps\";");
    line("  capacitive_load_unit (1, ff);");
    line("  voltage_unit : \"1V\";");
    line("  leakage_power_unit : \"1nW\";");
    line("  nom_voltage : {};", technology.voltage_V);
    for (const char* side : {"rise", "fall"}) {
      line("  input_threshold_pct_{} : 50;", side);
      line("  output_threshold_pct_{} : 50;", side);
      line("  slew_lower_threshold_pct_{} : 10;", side);
      line("  slew_upper_threshold_pct_{} : 90;", side);
    }
    templates(technology);
    for (const Cell& cell : technology.cells)
      if (is_combinational(cell) || is_flip_flop(cell)) write(cell);
    line("}}");
  }
  std::string run() { return std::move(text_); }

 private:
  static bool is_combinational(const Cell& cell) {
    return !cell.flip_flop && !cell.inputs.empty() && !cell.outputs.empty() &&
           std::all_of(cell.outputs.begin(), cell.outputs.end(),
                       [](const OutputPin& pin) { return pin.function.has_value(); });
  }

  static bool is_flip_flop(const Cell& cell) {
    return cell.flip_flop && !cell.inputs.empty() && !cell.outputs.empty();
  }

  // Where the constants come from. Names of files are foreign text.
  static std::string in_a_comment(const Technology& technology) {
    std::string text = fmt::format("{}: {}", technology.name, fmt::join(technology.sources, "; "));
    for (auto at = text.find("*/"); at != std::string::npos; at = text.find("*/")) text[at] = ' ';
    return text;
  }

  // ABC wants the template of a table to have as many points as the table.
  void templates(const Technology& technology) {
    std::set<std::pair<std::size_t, std::size_t>> sizes;
    for (const Cell& cell : technology.cells)
      for (const OutputPin& pin : cell.outputs) {
        const TableAxes& axes = pin.axes;
        if (!sizes.emplace(axes.slew_ps.size(), axes.load_fF.size()).second) continue;
        line("  lu_table_template ({}) {{", name_of(axes));
        line("    variable_1 : input_net_transition;");
        line("    variable_2 : total_output_net_capacitance;");
        indexes("    ", axes);
        line("  }}");
      }
  }

  static std::string name_of(const TableAxes& axes) {
    return fmt::format("delay_{}x{}", axes.slew_ps.size(), axes.load_fF.size());
  }

  void indexes(const char* indent, const TableAxes& axes) {
    line("{}index_1 (\"{}\");", indent, fmt::join(axes.slew_ps, ", "));
    line("{}index_2 (\"{}\");", indent, fmt::join(axes.load_fF, ", "));
  }

  void write(const Cell& cell) {
    line("  cell ({}) {{", cell.name);
    line("    area : {};", cell.area_um2);
    line("    cell_leakage_power : {};", cell.leakage_nW);
    if (cell.flip_flop) {
      line("    ff ({}, {}) {{", cell.flip_flop->state, cell.flip_flop->inverted_state);
      line("      clocked_on : \"{}\";", cell.flip_flop->clocked_on);
      line("      next_state : \"{}\";", cell.flip_flop->next_state);
      line("    }}");
    }
    for (const InputPin& pin : cell.inputs) {
      line("    pin ({}) {{", pin.name);
      line("      direction : input;");
      if (pin.clock) line("      clock : true;");
      line("      capacitance : {};", pin.capacitance_fF);
      line("      rise_capacitance : {};", pin.rise_capacitance_fF);
      line("      fall_capacitance : {};", pin.fall_capacitance_fF);
      line("    }}");
    }
    for (const OutputPin& pin : cell.outputs) write(pin, cell.flip_flop.has_value());
    line("  }}");
  }

  void write(const OutputPin& pin, bool clocked) {
    line("    pin ({}) {{", pin.name);
    line("      direction : output;");
    line("      function : \"{}\";", pin.expression);
    if (!pin.axes.load_fF.empty()) line("      max_capacitance : {};", pin.axes.load_fF.back());
    for (const TimingArc& arc : pin.arcs) {
      line("      timing () {{");
      line("        related_pin : \"{}\";", arc.related_pin);
      if (clocked)
        line("        timing_type : rising_edge;");
      else
        line("        timing_sense : {};", arc.inverting ? "negative_unate" : "positive_unate");
      table("cell_rise", pin.axes, arc.slowest_rise_ps);
      table("cell_fall", pin.axes, arc.slowest_fall_ps);
      table("rise_transition", pin.axes, arc.rise_slew_ps);
      table("fall_transition", pin.axes, arc.fall_slew_ps);
      line("      }}");
    }
    line("    }}");
  }

  void table(const char* name, const TableAxes& axes, const std::vector<double>& values) {
    line("        {} ({}) {{", name, name_of(axes));
    indexes("          ", axes);
    std::string rows;
    const std::size_t width = axes.load_fF.size();
    for (std::size_t at = 0; at + width <= values.size() && width > 0; at += width) {
      const auto row = values.begin() + static_cast<std::ptrdiff_t>(at);
      rows += fmt::format("{}\"{}\"", rows.empty() ? "" : ", ",
                          fmt::join(row, row + static_cast<std::ptrdiff_t>(width), ", "));
    }
    line("          values ({});", rows);
    line("        }}");
  }

  template <class... Arguments>
  void line(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Arguments>(arguments)...);
    text_ += '\n';
  }

  std::string text_;
};

}  // namespace

std::string to_liberty(const Technology& technology) {
  return Writer(technology).run();
}

}  // namespace neartile::pe
