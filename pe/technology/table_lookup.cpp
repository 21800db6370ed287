#include "table_lookup.h"

#include <algorithm>

namespace neartile::pe {

AxisPlace place_on_axis(const std::vector<double>& axis, double at) {
  if (axis.size() < 2) return {};
  const auto above = std::upper_bound(axis.begin() + 1, axis.end() - 1, at);
  const auto high = static_cast<std::size_t>(above - axis.begin());
  return {high - 1, high, (at - axis[high - 1]) / (axis[high] - axis[high - 1])};
}

TablePlace::TablePlace(const TableAxes& axes, double slew_ps, double load_fF)
    : slew(place_on_axis(axes.slew_ps, slew_ps)),
      load(place_on_axis(axes.load_fF, load_fF)),
      loads(axes.load_fF.size()) {}

double TablePlace::of(const std::vector<double>& values) const {
  const auto row = [&](std::size_t at) {
    const double* v = values.data() + at * loads;
    return v[load.low] + (v[load.high] - v[load.low]) * load.share;
  };
  const double low = row(slew.low);
  return slew.low == slew.high ? low : low + (row(slew.high) - low) * slew.share;
}

}  // namespace neartile::pe
