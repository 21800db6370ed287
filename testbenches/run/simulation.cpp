#include "run/simulation.h"

#include <fmt/format.h>

#include "neartile/pe/base/error.h"
#include "neartile/router/compiler.h"
#include "neartile/workloads/executor.h"
#include "text/progress.h"

namespace neartile {
namespace {

std::vector<std::uint8_t> in_chw_order(const std::vector<std::uint8_t>& outputs,
                                       const array::TensorShape& shape) {
  std::vector<std::uint8_t> ordered(outputs.size());
  for (std::size_t first = 0; first < outputs.size(); first += shape.elements())
    for (std::size_t p = 0; p < shape.pixels(); ++p)
      for (std::size_t c = 0; c < shape.channels; ++c)
        ordered[first + c * shape.pixels() + p] = outputs[first + p * shape.channels + c];
  return ordered;
}

sc_models::ExecutionObserver observer_of(TimelineFile* timeline) {
  if (timeline == nullptr) return {};
  return [timeline](const auto& program, const auto& times) { timeline->add(program, times); };
}

}  // namespace

sc_models::RunResult simulate(const workloads::Workload& workload, const workloads::QuantisedNetwork& network,
                              const ChosenRouting& routing, const router::ChipConfig& chip,
                              std::uint32_t images_in_flight, TimelineFile* timeline) {
  if (workload.images.count % images_in_flight != 0)
    throw InputError("--images-in-flight", fmt::format("is {}, expected a divisor of the {} images",
                                                       images_in_flight, workload.images.count));
  const router::Program program =
      router::compile(network, routing.groups, chip, routing.mapping, images_in_flight);
  std::vector<std::vector<std::uint8_t>> inputs;
  for (std::size_t i = 0; i < workload.images.count; ++i)
    inputs.push_back(encode_image(workload.images, i, workload.preprocessing, network.encodings.front()));
  Progress progress("chip", inputs.size());
  sc_models::RunResult result =
      sc_models::run(program, chip, inputs, progress.counter(), observer_of(timeline));
  result.outputs = in_chw_order(result.outputs, network.network.nodes.back().shape);
  return result;
}

sc_models::RunResult simulate(const workloads::QuantisedNetwork& network, const ChosenRouting& routing,
                              const router::ChipConfig& chip, std::vector<std::uint8_t> input,
                              TimelineFile* timeline) {
  const router::Program program = router::compile(network, routing.groups, chip, routing.mapping);
  const std::vector<std::vector<std::uint8_t>> inputs(1, std::move(input));
  return sc_models::run(program, chip, inputs, {}, observer_of(timeline));
}

}  // namespace neartile
