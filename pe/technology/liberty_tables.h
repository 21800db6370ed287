#pragma once

#include <map>
#include <string>
#include <vector>

#include "liberty_syntax.h"
#include "neartile/pe/technology.h"

namespace neartile::pe {

/// Factors from a library's units to ps, fF, nW and fJ.
struct LibertyUnits {
  double time = 1, capacitance = 1, leakage = 1, energy = 1;
};

/// Liberty's table templates: which variable is which axis, and default axes.
class LibertyTables {
 public:
  LibertyTables(const LibertyGroup& library, const LibertyUnits& units, std::string place);

  struct Table {
    TableAxes axes;
    std::vector<double> values;  ///< [slew][load]
  };
  /// The table of a group like cell_rise or rise_power, its values times `factor`. Axes that it lacks have
  /// one point, 0.
  Table read(const LibertyGroup& group, double factor) const;

 private:
  struct Template {
    std::string variables[2];
    std::vector<double> axes[2];
  };
  std::vector<double> axis(const LibertyGroup& group, std::string_view name) const;

  LibertyUnits units_;
  std::string place_;
  std::map<std::string, Template, std::less<>> templates_;
};

/// The number that a text is, in six significant digits. Throws InputError "place:line: ..".
double liberty_number(std::string_view text, const std::string& place, std::size_t line);
double six_digits(double value);

/// The table at other axes, linear between and past its points.
std::vector<double> resampled(const LibertyTables::Table& table, const TableAxes& axes);

}  // namespace neartile::pe
