#include "neartile/workloads/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "float/plan.h"
#include "neartile/pe/base/error.h"
#include "neartile/workloads/parallel.h"

namespace neartile::workloads {
namespace {

constexpr Range nothing_seen{std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()};

void widen(Range& range, const Range& other) {
  range.minimum = std::min(range.minimum, other.minimum);
  range.maximum = std::max(range.maximum, other.maximum);
}

/// Throws where a value is infinite or not a number: no range could hold it.
Range range_of(std::span<const float> values, const Network& network, TensorIndex tensor, std::size_t image) {
  Range range = nothing_seen;
  bool finite = true;
  for (const float value : values) {
    finite = finite && std::isfinite(value);
    widen(range, {value, value});
  }
  if (!finite) {
    const std::string name = tensor == 0 ? "input" : network.nodes[tensor - 1].output;
    throw InputError(network.name,
                     fmt::format("tensor '{}' is not finite on calibration image {}", name, image));
  }
  return range;
}

}  // namespace

Calibration calibrate(const Network& network, const Images& images, const Preprocessing& preprocessing) {
  if (images.count == 0) throw InputError(network.name, "no calibration images, expected at least 1");
  const FloatPlan plan(network);
  const Calibration empty(network.nodes.size() + 1, nothing_seen);
  std::vector<Calibration> by_worker(worker_count(), empty);
  parallel_for(images.count, [&](std::size_t worker, std::size_t i) {
    plan.run(preprocessing.apply(images, i), [&](TensorIndex tensor, std::span<const float> values) {
      widen(by_worker[worker][tensor], range_of(values, network, tensor, i));
    });
  });
  Calibration result = empty;
  for (const Calibration& seen : by_worker) {
    for (TensorIndex tensor = 0; tensor < result.size(); ++tensor) widen(result[tensor], seen[tensor]);
  }
  return result;
}

}  // namespace neartile::workloads
