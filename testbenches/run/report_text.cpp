#include <fmt/format.h>
#include <fmt/ranges.h>

#include "neartile/array/gemm.h"
#include "run/report.h"
#include "text/numbers.h"
#include "text/printable.h"
#include "text/table.h"

namespace neartile {
namespace {

constexpr std::size_t name_width = 36;

std::string share(std::size_t part, std::size_t whole) {
  return fmt::format("{}/{}", thousands(part), thousands(whole));
}

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

std::string header(const RunReport& r) {
  std::size_t matrices = 0;
  for (const auto& layer : r.layers) matrices += layer.matrix;
  return fmt::format(
      "workload  {}: {} images of {}x{}x{}, {} matrix layers, {} MACs an image\n"
      "chip      {}: {:g} MHz; {}\n"
      "routing   {}; activations {}, weights s8 per channel\n"
      "host      neartile {}, SIMD target {}\n",
      printable(r.workload), thousands(r.images()), r.input.channels, r.input.height, r.input.width, matrices,
      thousands(r.macs()), printable(r.chip.name), r.chip.clock_MHz, bank(r.chip), printable(r.routing),
      r.signed_activations ? "s8 symmetric" : "u8 affine", NEARTILE_VERSION, array::simd_target());
}

// Rows of the layer table. The group's column is left out where groups are called like their types.
class LayerTable {
 public:
  explicit LayerTable(const RunReport& report) : r_(report), table_(columns(report)) {
    for (const auto& layer : r_.layers)
      if (layer.matrix) add(layer);
    if (r_.simulated) add_sums();
  }
  std::string text() const { return table_.text(); }

 private:
  static bool shows_groups(const RunReport& r) {
    for (const auto& group : r.chip.arrays)
      if (group.name != pe::name_of(group.array.pe)) return true;
    return false;
  }

  static std::vector<Table::Column> columns(const RunReport& r) {
    using enum Table::Align;
    std::vector<Table::Column> columns{{"layer", left}, {"type", left}};
    if (shows_groups(r)) columns.push_back({"group", left});
    columns.push_back({"PE type", left});
    columns.push_back({"MACs"});
    if (!r.simulated) return columns;
    for (const char* title :
         {"cycles", "utilisation\n%", "activation\ntoggles", "product\ntoggles", "partial-sum\ntoggles"})
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
    auto cells = names(layer.name, layer.type, group.name, type_name(group));
    cells.push_back(thousands(layer.macs));
    if (r_.simulated) add_counts(cells, layer.cycles, utilisation_percent(r_, layer), layer.toggles);
    table_.add(std::move(cells));
  }

  void add_counts(std::vector<std::string>& cells, Cycles cycles, double utilisation,
                  const traces::ToggleCounts& toggles) const {
    cells.push_back(mean(cycles.count, r_.images()));
    cells.push_back(fmt::format("{:.1f}", utilisation));
    for (const std::uint64_t count : {toggles.activation, toggles.product, toggles.partial_sum})
      cells.push_back(thousands((count + r_.images() / 2) / r_.images()));
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
    cells.insert(cells.end(), {"", mean(vector_cycles.count, r_.images()), "", "", "", ""});
    if (vectors > 0) table_.add(std::move(cells));
    table_.add_rule();
    cells = names("total", "", "", "");
    cells.push_back(thousands(r_.macs()));
    add_counts(cells, r_.cycles, utilisation_percent(r_), r_.toggles());
    table_.add(std::move(cells));
  }

  const RunReport& r_;
  Table table_;
};

std::string accuracy_table(const RunReport& r) {
  using enum Table::Align;
  Table table({{"accuracy", left}, {"top-1"}, {"%"}, {"top-5"}, {"%"}, {"argmax as\nexact int8"}});
  const auto add = [&](const std::string& name, const workloads::Accuracy& a, const std::string& agreement) {
    const auto images = static_cast<double>(a.images);
    table.add({name, share(a.top1_correct, a.images), percent(static_cast<double>(a.top1_correct), images),
               share(a.top5_correct, a.images), percent(static_cast<double>(a.top5_correct), images),
               agreement});
  };
  add("float", r.floating, "");
  add("exact int8", r.exact, "");
  add("this chip", r.chosen, share(r.agreement_exact, r.images()));
  return table.text();
}

std::string totals(const RunReport& r) {
  const traces::ToggleCounts toggles = r.toggles();
  return fmt::format(
      "cycles    {} for {} images, {} an image\n"
      "time      {} at {:g} MHz, {} an image\n"
      "toggles   {} = {} activation + {} product + {} partial sum (registers and nets, no glitches)\n",
      thousands(r.cycles.count), thousands(r.images()), mean(r.cycles.count, r.images()),
      duration(r.seconds()), r.chip.clock_MHz, duration(r.seconds() / static_cast<double>(r.images())),
      thousands(toggles.total()), thousands(toggles.activation), thousands(toggles.product),
      thousands(toggles.partial_sum));
}

std::string sentence(const RunReport& r) {
  std::string text =
      fmt::format("result: top-1 {} ({} %) on {}, exact int8 {}", share(r.chosen.top1_correct, r.images()),
                  percent(static_cast<double>(r.chosen.top1_correct), static_cast<double>(r.images())),
                  printable(r.chip.name), share(r.exact.top1_correct, r.images()));
  if (r.simulated)
    text += fmt::format(", {} cycles an image, {} at {:g} MHz", mean(r.cycles.count, r.images()),
                        duration(r.seconds() / static_cast<double>(r.images())), r.chip.clock_MHz);
  else
    text += ", without the SystemC chip";
  return text + "\n";
}

}  // namespace

std::string to_text(const RunReport& r) {
  std::string text = header(r) + "\n";
  if (r.simulated) text += fmt::format("Per image, mean of {}:\n", thousands(r.images()));
  text += LayerTable(r).text() + "\n" + accuracy_table(r) + "\n";
  if (r.simulated) text += totals(r) + "\n";
  return text + sentence(r);
}

}  // namespace neartile
