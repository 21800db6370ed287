#include "neartile/workloads/float_executor.h"

#include <algorithm>
#include <mutex>

#include "float/plan.h"
#include "neartile/workloads/parallel.h"

namespace neartile::workloads {

std::vector<float> run_float(const Network& network, std::span<const float> input,
                             const TensorObserver& observe) {
  return FloatPlan(network).run({input.begin(), input.end()}, observe);
}

std::vector<float> run_float(const Network& network, const Images& images, const Preprocessing& preprocessing,
                             const std::function<void(std::size_t)>& progress) {
  const FloatPlan plan(network);
  const std::size_t outputs = network.shape_of(network.nodes.size()).elements();
  std::vector<float> results(images.count * outputs);
  std::mutex mutex;
  std::size_t finished = 0;
  parallel_for(images.count, [&](std::size_t, std::size_t i) {
    const auto output = plan.run(preprocessing.apply(images, i), {});
    std::copy(output.begin(), output.end(), results.begin() + static_cast<std::ptrdiff_t>(i * outputs));
    if (!progress) return;
    const std::lock_guard lock(mutex);
    progress(++finished);
  });
  return results;
}

}  // namespace neartile::workloads
