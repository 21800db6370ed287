#include "neartile/pe/error_metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "multiplier_name.h"
#include "neartile/pe/base/error.h"

namespace neartile::pe {
namespace {

// Sums over pairs. Uniform pairs weigh 1: all sums but the relative ones are integers below 2^53, exact in
// whatever order.
class ErrorSums {
 public:
  void add(double weight, int exact, int product) {
    const double error = product - exact, absolute = std::abs(error);
    weights_ += weight;
    errors_ += weight * error;
    absolutes_ += weight * absolute;
    squares_ += weight * error * error;
    if (error != 0) wrong_ += weight;
    worst_ = std::max(worst_, absolute);
    if (exact == 0) return;
    const double relative = absolute / std::abs(exact);
    relatives_ += weight * relative;
    worst_relative_ = std::max(worst_relative_, relative);
    nonzero_ += weight;
  }
  void add_zero(bool wrong) { wrong_at_zero_ += wrong; }

  ErrorMetrics metrics() const {
    constexpr double percent_of_range = 100.0 / 65536;
    ErrorMetrics m;
    m.mean_absolute = absolutes_ / weights_;
    m.worst_case = worst_;
    m.probability_percent = 100 * wrong_ / weights_;
    m.mean_squared = squares_ / weights_;
    m.bias = errors_ / weights_;
    m.variance = std::max(0.0, m.mean_squared - m.bias * m.bias);
    m.mean_relative_percent = nonzero_ > 0 ? 100 * relatives_ / nonzero_ : 0;
    m.worst_relative_percent = 100 * worst_relative_;
    m.mean_absolute_percent = percent_of_range * m.mean_absolute;
    m.worst_case_percent = percent_of_range * m.worst_case;
    m.wrong_at_zero = wrong_at_zero_;
    return m;
  }

 private:
  double weights_ = 0, errors_ = 0, absolutes_ = 0, squares_ = 0, wrong_ = 0, worst_ = 0;
  double nonzero_ = 0, relatives_ = 0, worst_relative_ = 0;
  std::uint32_t wrong_at_zero_ = 0;
};

// Scaled to a largest number of 1, so that products of two neither overflow nor vanish together.
std::array<double, 256> scaled(const std::array<double, 256>& counts, const char* operand) {
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (!std::isfinite(counts[i]) || counts[i] < 0)
      throw InputError(fmt::format("histogram of {}s", operand),
                       fmt::format("pattern {} occurs {} times, expected 0 or more", i, counts[i]));
  const double largest = *std::max_element(counts.begin(), counts.end());
  if (largest == 0)
    throw InputError(fmt::format("histogram of {}s", operand),
                     "all numbers are 0, expected one at least above");
  std::array<double, 256> result{};
  std::transform(counts.begin(), counts.end(), result.begin(), [largest](double c) { return c / largest; });
  return result;
}

}  // namespace

ErrorMetrics error_metrics(const Circuit& circuit, const OperandHistograms& histograms) {
  const auto activations = scaled(histograms.activation, "activation");
  const auto weights = scaled(histograms.weight, "weight");
  ErrorSums sums;
  for (std::size_t i = 0; i < TruthTable::size; ++i) {
    const auto activation = static_cast<std::uint8_t>(i >> 8), weight = static_cast<std::uint8_t>(i);
    const double share = activations[activation] * weights[weight];
    if (share == 0) continue;
    const int product = circuit.product(activation, weight);
    sums.add(share, activation_value(circuit.operands, activation) * weight_value(circuit.operands, weight),
             product);
    if (activation == 0 || weight == 0) sums.add_zero(product != 0);
  }
  return sums.metrics();
}

ErrorMetrics error_metrics(const Circuit& circuit) {
  OperandHistograms uniform;
  uniform.activation.fill(1);
  uniform.weight.fill(1);
  return error_metrics(circuit, uniform);
}

ErrorMetrics error_metrics(const Multiplier& multiplier) {
  return error_metrics(as_circuit(multiplier));
}

ErrorMetrics core_error_metrics(std::string_view name) {
  MultiplierName parsed = parse_multiplier_name(name);
  parsed.operands = Operands::u8u8;
  parsed.form = Form::core;
  return error_metrics(make_circuit(parsed.full_text()));
}

}  // namespace neartile::pe
