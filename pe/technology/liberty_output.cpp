#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "liberty_cell.h"
#include "neartile/pe/base/error.h"

namespace neartile::pe {
namespace {

using Table = LibertyTables::Table;

// The mean of tables at common axes, which are those of the first.
struct Mean {
  std::vector<double> sum, most;
  unsigned count = 0;

  void add(const Table& table, TableAxes& axes, LibertyContext& context) {
    if (axes.slew_ps.empty()) axes = table.axes;
    const std::vector<double> values = resampled(table, axes);
    if (count == 0) {
      context.count(2 * values.size());
      sum.assign(values.size(), 0);
      most = values;
    }
    ++count;
    for (std::size_t i = 0; i < values.size(); ++i) {
      sum[i] += values[i];
      most[i] = std::max(most[i], values[i]);
    }
  }
  std::vector<double> mean() const {
    std::vector<double> values = sum;
    for (double& value : values) value = six_digits(value / count);
    return values;
  }
  std::vector<double> slowest() const {
    std::vector<double> values = most;
    for (double& value : values) value = six_digits(value);
    return values;
  }
};

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = text.find_first_not_of(" \t\n", at);
    if (start == std::string_view::npos) break;
    at = std::min(text.find_first_of(" \t\n", start), text.size());
    found.emplace_back(text.substr(start, at - start));
  }
  return found;
}

struct ArcSums {
  unsigned conditions = 0;
  Mean tables[4];  // delay and slew, rising; delay and slew, falling
};
constexpr std::string_view arc_tables[] = {"cell_rise", "rise_transition", "cell_fall", "fall_transition"};

using ArcKey = std::pair<std::string, bool>;  // related pin, inverting

bool is_delay(std::string_view type) {
  return type.empty() || type == "combinational" || type == "combinational_rise" ||
         type == "combinational_fall" || type == "rising_edge" || type == "falling_edge";
}

void add_timing(const LibertyGroup& timing, LibertyContext& context, TableAxes& axes,
                std::map<ArcKey, ArcSums>& arcs) {
  const std::string_view type = timing.text("timing_type"), sense = timing.text("timing_sense");
  if (!is_delay(type)) return;
  const bool edge = type == "rising_edge" || type == "falling_edge";
  for (const std::string& related : words(timing.text("related_pin"))) {
    for (const bool inverting : {false, true}) {
      if (edge ? inverting : sense == (inverting ? "positive_unate" : "negative_unate")) continue;
      ArcSums& sums = arcs[{related, inverting}];
      ++sums.conditions;
      for (const LibertyGroup& group : timing.groups) {
        const auto* which = std::find(arc_tables, arc_tables + 4, group.kind);
        if (which == arc_tables + 4) continue;
        sums.tables[which - arc_tables].add(context.tables.read(group, context.units.time), axes, context);
      }
    }
  }
}

TimingArc finished(const ArcKey& key, const ArcSums& sums) {
  TimingArc arc;
  arc.related_pin = key.first;
  arc.inverting = key.second;
  arc.conditions = sums.conditions;
  for (const bool fall : {false, true}) {
    const Mean &delay = sums.tables[2 * fall], &slew = sums.tables[2 * fall + 1];
    if (delay.count == 0 || slew.count == 0) continue;
    (fall ? arc.slowest_fall_ps : arc.slowest_rise_ps) = delay.slowest();
    (fall ? arc.mean_fall_ps : arc.mean_rise_ps) = delay.mean();
    (fall ? arc.fall_slew_ps : arc.rise_slew_ps) = slew.slowest();
  }
  return arc;
}

// Energies by related pin and supply: means over conditions and over rise and fall.
struct EnergySums {
  std::map<std::string, std::map<std::string, Mean>> by_pin;

  void add(const LibertyGroup& power, LibertyContext& context, TableAxes& axes) {
    const std::string supply(power.text("related_pg_pin"));
    std::vector<std::string> related = words(power.text("related_pin"));
    if (related.empty()) related.emplace_back();
    for (const LibertyGroup& group : power.groups) {
      if (group.kind != "rise_power" && group.kind != "fall_power" && group.kind != "power") continue;
      const Table table = context.tables.read(group, context.units.energy);
      for (const std::string& pin : related) by_pin[pin][supply].add(table, axes, context);
    }
  }
  static std::vector<double> over_supplies(const std::map<std::string, Mean>& supplies) {
    std::vector<double> total;
    for (const auto& [name, mean] : supplies) {
      const std::vector<double> values = mean.mean();
      total.resize(values.size());
      for (std::size_t i = 0; i < values.size(); ++i) total[i] += values[i];
    }
    for (double& value : total) value = six_digits(value);
    return total;
  }
};

}  // namespace

void LibertyContext::count(std::size_t more) {
  constexpr std::size_t most = 20'000'000;
  numbers += more;
  if (numbers > most)
    throw InputError(place, fmt::format("too many tables, expected at most {} numbers", most));
}

void read_liberty_output(const LibertyGroup& group, LibertyContext& context, OutputPin& pin) {
  std::map<ArcKey, ArcSums> arcs;
  EnergySums energies;
  for (const LibertyGroup& inner : group.groups) {
    if (inner.kind == "timing") add_timing(inner, context, pin.axes, arcs);
    if (inner.kind == "internal_power") energies.add(inner, context, pin.axes);
  }
  for (const auto& [key, sums] : arcs) pin.arcs.push_back(finished(key, sums));
  for (const auto& [related, supplies] : energies.by_pin)
    pin.energies.push_back({related, EnergySums::over_supplies(supplies)});
}

void read_liberty_input_energy(const LibertyGroup& group, LibertyContext& context, InputPin& pin) {
  EnergySums energies;
  TableAxes axes;
  for (const LibertyGroup& inner : group.groups)
    if (inner.kind == "internal_power") energies.add(inner, context, axes);
  if (energies.by_pin.empty() || axes.load_fF.size() != 1) return;
  pin.energy_slew_ps = axes.slew_ps;
  pin.energy_fJ = EnergySums::over_supplies(energies.by_pin.begin()->second);
}

}  // namespace neartile::pe
