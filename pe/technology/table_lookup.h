#pragma once

#include <cstddef>
#include <vector>

#include "neartile/pe/technology.h"

namespace neartile::pe {

/// A place between two points of an axis: value[low] * (1 - share) + value[low + 1] * share. Past the ends
/// the last interval is continued; an axis of one point is constant.
struct AxisPlace {
  std::size_t low = 0, high = 0;
  double share = 0;
};
AxisPlace place_on_axis(const std::vector<double>& axis, double at);

/// A table's value at (slew, load).
struct TablePlace {
  TablePlace(const TableAxes& axes, double slew_ps, double load_fF);
  double of(const std::vector<double>& values) const;

  AxisPlace slew, load;
  std::size_t loads = 1;
};

}  // namespace neartile::pe
