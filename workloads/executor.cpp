#include "neartile/workloads/executor.h"

#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "executor/steps.h"
#include "neartile/workloads/parallel.h"

namespace neartile::workloads {
namespace {

constexpr std::size_t most_images = 16;                          // of a batch
constexpr std::size_t most_batch_bytes = std::size_t{64} << 20;  // tensors of one worker

/// Images that go through the network together: enough to fill the GEMMs, few enough that memory
/// stays small and the last batch keeps no core waiting for long.
std::size_t batch_size(const Steps& steps, std::size_t images, std::size_t workers) {
  std::size_t bytes = 1;
  for (TensorIndex tensor = 0; tensor <= steps.size(); ++tensor) bytes += steps.shape(tensor).elements();
  const std::size_t fair = images / (4 * workers);
  return std::clamp<std::size_t>(std::min(most_batch_bytes / bytes, fair), 1, most_images);
}

/// What one thread keeps from batch to batch.
struct Worker {
  IntegerTensors tensors;
  Scratch scratch;
};

void encode_batch(const Images& images, std::size_t first, std::size_t count,
                  const Preprocessing& preprocessing, const array::Encoding& encoding,
                  std::vector<std::uint8_t>& patterns) {
  patterns.clear();
  for (std::size_t i = first; i < first + count; ++i) {
    const auto image = encode_image(images, i, preprocessing, encoding);
    patterns.insert(patterns.end(), image.begin(), image.end());
  }
}

/// Copies an HWC tensor in CHW order.
void to_chw(const array::TensorShape& shape, const std::uint8_t* in, std::uint8_t* out) {
  for (std::size_t p = 0; p < shape.pixels(); ++p) {
    for (std::size_t c = 0; c < shape.channels; ++c) out[c * shape.pixels() + p] = in[p * shape.channels + c];
  }
}

}  // namespace

class Executor::State : public Steps {
 public:
  using Steps::Steps;
};

Executor::Executor(const QuantisedNetwork& network, std::vector<array::ArrayConfig> arrays)
    : state_(std::make_unique<State>(network, arrays)) {}
Executor::Executor(Executor&&) noexcept = default;
Executor::~Executor() = default;

IntegerTensors Executor::run(std::span<const std::uint8_t> input) const {
  if (input.size() != state_->shape(0).elements()) throw std::invalid_argument("image of another size");
  IntegerTensors tensors{{input.begin(), input.end()}};
  Scratch scratch;
  state_->run(tensors, 1, scratch);
  return tensors;
}

std::vector<std::uint8_t> Executor::run_node(std::size_t node,
                                             std::span<const std::span<const std::uint8_t>> inputs) const {
  if (node >= state_->size()) throw std::invalid_argument("no such node");
  std::vector<std::uint8_t> output(state_->shape(node + 1).elements());
  Scratch scratch;
  state_->run_node(node, inputs, 1, output, scratch);
  return output;
}

std::vector<std::uint8_t> Executor::run(const Images& images, const Preprocessing& preprocessing,
                                        const std::function<void(std::size_t)>& progress) const {
  const Steps& steps = *state_;
  if (images.shape != steps.shape(0)) throw std::invalid_argument("images of another size");
  const array::TensorShape& shape = steps.shape(steps.size());
  std::vector<std::uint8_t> outputs(images.count * shape.elements());
  const std::size_t batch = batch_size(steps, images.count, worker_count());
  std::vector<Worker> workers(worker_count());
  std::mutex mutex;
  std::size_t finished = 0;
  parallel_for((images.count + batch - 1) / batch, [&](std::size_t worker, std::size_t i) {
    const std::size_t first = i * batch;
    const std::size_t count = std::min(batch, images.count - first);
    auto& [tensors, scratch] = workers[worker];
    tensors.resize(1);
    encode_batch(images, first, count, preprocessing, steps.encoding(0), tensors[0]);
    steps.run(tensors, count, scratch);
    for (std::size_t image = 0; image < count; ++image) {
      to_chw(shape, tensors.back().data() + image * shape.elements(),
             outputs.data() + (first + image) * shape.elements());
    }
    const std::scoped_lock lock(mutex);
    finished += count;
    if (progress) progress(finished);
  });
  return outputs;
}

std::vector<std::uint8_t> encode_image(const Images& images, std::size_t i,
                                       const Preprocessing& preprocessing, const array::Encoding& encoding) {
  const std::vector<float> reals = preprocessing.apply(images, i);
  const array::IntegerRange range = array::integer_range(encoding, {});
  std::vector<std::uint8_t> patterns(reals.size());
  std::transform(reals.begin(), reals.end(), patterns.begin(),
                 [&](float real) { return array::encode(double{real}, encoding, range); });
  return patterns;
}

std::vector<int> integers(std::span<const std::uint8_t> patterns, const array::Encoding& encoding) {
  std::vector<int> values(patterns.size());
  std::transform(patterns.begin(), patterns.end(), values.begin(),
                 [&](std::uint8_t pattern) { return encoding.integer(pattern); });
  return values;
}

}  // namespace neartile::workloads
