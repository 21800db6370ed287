#include "neartile/pe/error_metrics.h"

#include <cmath>

#include "multiplier_name.h"

namespace neartile::pe {
namespace {

// Sums over all pairs; integers, so that no order of adding changes a figure.
class ErrorSums {
 public:
  void add(std::int64_t exact, std::int64_t product) {
    const std::int64_t error = product - exact;
    const std::int64_t absolute = std::abs(error);
    errors_ += error;
    absolutes_ += absolute;
    squares_ += error * error;
    wrong_ += error != 0;
    worst_ = std::max(worst_, absolute);
    if (exact == 0) return;
    const double relative = static_cast<double>(absolute) / static_cast<double>(std::abs(exact));
    relatives_ += relative;
    worst_relative_ = std::max(worst_relative_, relative);
    ++nonzero_;
  }

  ErrorMetrics metrics() const {
    constexpr double pairs = TruthTable::size;
    constexpr double percent_of_range = 100.0 / 65536;
    ErrorMetrics m;
    m.mean_absolute = static_cast<double>(absolutes_) / pairs;
    m.worst_case = static_cast<double>(worst_);
    m.probability_percent = 100 * static_cast<double>(wrong_) / pairs;
    m.mean_squared = static_cast<double>(squares_) / pairs;
    m.bias = static_cast<double>(errors_) / pairs;
    m.variance = m.mean_squared - m.bias * m.bias;
    m.mean_relative_percent = 100 * relatives_ / static_cast<double>(nonzero_);
    m.worst_relative_percent = 100 * worst_relative_;
    m.mean_absolute_percent = percent_of_range * m.mean_absolute;
    m.worst_case_percent = percent_of_range * m.worst_case;
    return m;
  }

 private:
  std::int64_t errors_ = 0, absolutes_ = 0, squares_ = 0, wrong_ = 0, worst_ = 0, nonzero_ = 0;
  double relatives_ = 0, worst_relative_ = 0;
};

}  // namespace

ErrorMetrics error_metrics(const Multiplier& multiplier) {
  ErrorSums sums;
  for (int a = 0; a < 256; ++a)
    for (int w = 0; w < 256; ++w) {
      const auto activation = static_cast<std::uint8_t>(a);
      const auto weight = static_cast<std::uint8_t>(w);
      sums.add(activation_value(multiplier.format, activation) * weight_value(weight),
               multiplier.table->product(activation, weight));
    }
  return sums.metrics();
}

ErrorMetrics core_error_metrics(std::string_view name) {
  const MultiplierName parsed = parse_multiplier_name(name);
  ErrorSums sums;
  for (std::uint32_t a = 0; a < 256; ++a)
    for (std::uint32_t b = 0; b < 256; ++b) sums.add(a * b, parsed.family->core(a, b, parsed.parameters));
  return sums.metrics();
}

}  // namespace neartile::pe
