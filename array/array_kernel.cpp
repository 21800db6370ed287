#include "neartile/array/array_kernel.h"

#include <numeric>

#include "kernel_state.h"
#include "shape_check.h"

namespace neartile::array {
namespace {

// A tile of k elements of `vectors` vectors and its weights.
void require_tile(const ArrayConfig& config, std::size_t vectors, std::size_t k,
                  MatrixView<const std::int8_t> weights) {
  require_shape(weights.rows > 0 && weights.rows <= config.rows && weights.columns > 0 &&
                    weights.columns <= config.columns,
                "array kernel: the tile does not fit in the array");
  require_shape(vectors > 0 && k == weights.rows, "array kernel: shapes do not agree");
}

void require_run(const ArrayConfig& config, std::size_t vectors, std::size_t k,
                 MatrixView<const std::int8_t> weights, MatrixView<std::int32_t> sums,
                 const KernelOptions& options) {
  require_tile(config, vectors, k, weights);
  require_shape(sums.rows == vectors && sums.columns == weights.columns, "array kernel: shapes do not agree");
  require_shape(options.pe_toggles == nullptr || (options.pe_toggles->rows == config.rows &&
                                                  options.pe_toggles->columns == config.columns),
                "array kernel: the toggles by PE are not of the array's size");
}

}  // namespace

traces::ToggleCounts PeToggles::total() const {
  const auto sum = [](const std::vector<std::uint64_t>& toggles) {
    return std::accumulate(toggles.begin(), toggles.end(), std::uint64_t{0});
  };
  return {sum(activation) * columns, sum(product), sum(partial_sum)};
}

ArrayKernel::ArrayKernel(const ArrayConfig& config) : ArrayKernel(config, pe::PeType(config.pe)) {}
ArrayKernel::ArrayKernel(const ArrayConfig& config, const pe::PeType& type)
    : state_(std::make_unique<State>(config, type)) {}
ArrayKernel::ArrayKernel(ArrayKernel&&) noexcept = default;
ArrayKernel::~ArrayKernel() = default;

traces::ToggleCounts ArrayKernel::run(MatrixView<const std::uint8_t> activations,
                                      MatrixView<const std::int8_t> weights, MatrixView<std::int32_t> sums,
                                      const KernelOptions& options) {
  require_run(state_->config(), activations.rows, activations.columns, weights, sums, options);
  return state_->run(activations, weights, sums, options);
}

traces::ToggleCounts ArrayKernel::run(const PackedActivations& activations, std::size_t tile,
                                      MatrixView<const std::int8_t> weights, MatrixView<std::int32_t> sums,
                                      const KernelOptions& options) {
  require_shape(tile < activations.tiles(), "array kernel: the activations have no such tile");
  require_run(state_->config(), activations.vectors(), activations.tile_rows(tile), weights, sums, options);
  return state_->run(activations, tile, weights, sums, options);
}

ToggleEstimate ArrayKernel::estimate(MatrixView<const std::uint8_t> activations,
                                     MatrixView<const std::int8_t> weights, const Sampling& sampling,
                                     const ParallelFor& parallel) {
  require_tile(state_->config(), activations.rows, activations.columns, weights);
  require_shape(sampling.fraction >= 0 && sampling.fraction <= 1,
                "array kernel: the sampled fraction is from 0 to 1");
  return state_->estimate(activations, weights, sampling, parallel);
}

void ArrayKernel::reset() {
  state_->reset();
}

}  // namespace neartile::array
