#include "run/report_layers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "neartile/array/gemm.h"
#include "text/numbers.h"
#include "text/printable.h"
#include "text/table.h"

namespace neartile {
namespace {

std::string type_name(const router::GroupConfig& group) {
  return fitted(pe::name_of(group.array.pe), name_width);
}

std::string bank(const router::ChipConfig& chip) {
  std::vector<std::string> groups;
  for (const auto& group : chip.arrays)
    groups.push_back(
        fmt::format("{} x {}x{} {}", group.count, group.array.rows, group.array.columns, type_name(group)));
  return fmt::format("{}", fmt::join(groups, ", "));
}

// Rows of the layer table. The group's column is left out where groups are called like their types.
class LayerTable {
 public:
  explicit LayerTable(const ActivityReport& report) : r_(report), table_(columns(report)) {
    for (const auto& layer : r_.layers)
      if (layer.matrix) add(layer);
    if (r_.counted) add_sums();
  }
  std::string text() const { return table_.text(); }

 private:
  static bool shows_groups(const ActivityReport& r) {
    for (const auto& group : r.chip.arrays)
      if (group.name != pe::name_of(group.array.pe)) return true;
    return false;
  }

  static std::vector<Table::Column> columns(const ActivityReport& r) {
    using enum Table::Align;
    std::vector<Table::Column> columns{{"layer", left}, {"type", left}};
    if (shows_groups(r)) columns.push_back({"group", left});
    columns.push_back({"PE type", left});
    columns.push_back({"MACs"});
    if (!r.counted) return columns;
    for (const char* title : {"cycles", "utilisation\n%", "activation\ntoggles", "product\ntoggles",
                              "partial-sum\ntoggles", "weight\ntoggles", "control\ntoggles"})
      columns.push_back({title});
    return columns;
  }

  std::vector<std::string> names(const std::string& name, const std::string& type, const std::string& group,
                                 const std::string& pe_type) const {
    std::vector<std::string> cells{fitted(name, name_width), fitted(type, name_width)};
    if (shows_groups(r_)) cells.push_back(fitted(group, name_width));
    cells.push_back(fitted(pe_type, name_width));
    return cells;
  }

  void add(const LayerReport& layer) {
    const router::GroupConfig& group = r_.chip.arrays[layer.group];
    const bool on_arrays = !layer.on_vector_unit;
    auto cells = names(layer.name, layer.type, on_arrays ? group.name : "",
                       on_arrays ? type_name(group) : std::string(vector_unit_name));
    cells.push_back(thousands(layer.macs));
    if (r_.counted)
      add_counts(cells, layer.cycles,
                 has_utilisation(r_, layer) ? fmt::format("{:.1f}", utilisation_percent(r_, layer)) : "",
                 layer.toggles);
    table_.add(std::move(cells));
  }

  void add_counts(std::vector<std::string>& cells, Cycles cycles, std::string utilisation,
                  const traces::ToggleCounts& toggles) const {
    cells.push_back(mean(cycles.count, r_.images));
    cells.push_back(std::move(utilisation));
    for (const std::uint64_t count :
         {toggles.activation, toggles.product, toggles.partial_sum, toggles.weight, toggles.control})
      cells.push_back(thousands((count + r_.images / 2) / r_.images));
  }

  void add_sums() {
    Cycles vector_cycles;
    std::size_t vectors = 0;
    for (const auto& layer : r_.layers) {
      if (layer.matrix) continue;
      vector_cycles += layer.cycles;
      ++vectors;
    }
    auto cells = names(fmt::format("{} vector layers", vectors), "", "", "");
    cells.insert(cells.end(), {"", mean(vector_cycles.count, r_.images), "", "", "", "", "", ""});
    if (vector_cycles.count > 0) table_.add(std::move(cells));
    table_.add_rule();
    cells = names("total", "", "", "");
    cells.push_back(thousands(r_.macs()));
    add_counts(cells, r_.cycles, fmt::format("{:.1f}", utilisation_percent(r_)), r_.toggles());
    table_.add(std::move(cells));
  }

  const ActivityReport& r_;
  Table table_;
};

}  // namespace

std::size_t matrix_layers(const ActivityReport& r) {
  return static_cast<std::size_t>(std::ranges::count(r.layers, true, &LayerReport::matrix));
}

std::string chip_line(const ActivityReport& r) {
  return fmt::format("chip      {}: {:g} MHz; {}\n", printable(r.chip.name), r.chip.clock_MHz, bank(r.chip));
}

std::string routing_line(const ActivityReport& r, const std::string& more) {
  const auto on_vector_unit = std::ranges::count(r.layers, true, &LayerReport::on_vector_unit);
  return fmt::format(
      "routing   {}{}\nmapping   {}{}\n", printable(r.routing), more, printable(r.mapping),
      on_vector_unit == 0
          ? ""
          : fmt::format("; {} depthwise layers on the vector unit, with exact products", on_vector_unit));
}

std::string host_line() {
  return fmt::format("host      neartile {}, SIMD target {}\n", NEARTILE_VERSION, array::simd_target());
}

std::string layers_text(const ActivityReport& report) {
  return LayerTable(report).text();
}

std::string toggles_line(const ActivityReport& r) {
  const traces::ToggleCounts toggles = r.toggles();
  return fmt::format(
      "toggles   {} = {} activation + {} product + {} partial sum + {} weight + {} control\n"
      "          (registers and product nets, no glitches)\n",
      thousands(toggles.total()), thousands(toggles.activation), thousands(toggles.product),
      thousands(toggles.partial_sum), thousands(toggles.weight), thousands(toggles.control));
}

std::string clocks_line(const ActivityReport& r) {
  const traces::ClockCounts& edges = r.clock_edges;
  return fmt::format(
      "clocks    {} = {} activation + {} partial sum + {} weight + {} control\n"
      "          (rising edges at flip-flops of PEs)\n",
      thousands(edges.total()), thousands(edges.activation), thousands(edges.partial_sum),
      thousands(edges.weight), thousands(edges.control));
}

}  // namespace neartile
