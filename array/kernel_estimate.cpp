#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "kernel_state.h"
#include "settle.h"
#include "stratified_sample.h"

namespace neartile::array {
namespace {

// Fewer would leave the estimate of the variance to too few degrees of freedom.
constexpr std::size_t fewest_strata = 3;

// Transition i is from vector i to vector i + 1.
std::vector<std::uint32_t> activation_changes(MatrixView<const std::uint8_t> activations) {
  std::vector<std::uint32_t> changes(activations.rows - 1);
  for (std::size_t i = 0; i < changes.size(); ++i)
    changes[i] = differing_bits(activations.row(i), activations.row(i + 1), activations.columns);
  return changes;
}

std::uint64_t sum(const std::uint32_t* first, std::size_t count) {
  return std::accumulate(first, first + count, std::uint64_t{0});
}

// A panel's own transitions, so that panels err independently of each other.
class PanelSample {
 public:
  PanelSample(std::size_t transitions, std::size_t strata, std::mt19937_64& random)
      : sample_(transitions, strata, random),
        product_(2 * strata * pair_counters),
        partial_sum_(2 * strata * pair_counters) {}

  // The first vector, those of the sampled transitions, and the last.
  void pack(MatrixView<const std::uint8_t> activations) {
    std::vector<std::size_t> vectors{0};
    for (const std::size_t transition : sample_.units()) {
      vectors.push_back(transition);
      vectors.push_back(transition + 1);
    }
    vectors.push_back(activations.rows - 1);
    strips_.pack(activations, vectors);
  }
  TileStrips strips() const { return strips_.tile(0); }
  PairToggles counters() { return {product_.data(), partial_sum_.data()}; }

  void add_to(std::vector<SampledPair>& product, std::vector<SampledPair>& partial_sum,
              const std::vector<std::uint32_t>& changes) const {
    for (std::size_t h = 0; h < sample_.strata(); ++h) {
      product.push_back(pair(h, product_, changes));
      partial_sum.push_back(pair(h, partial_sum_, changes));
    }
  }

 private:
  SampledPair pair(std::size_t stratum, const AlignedVector<std::uint32_t>& counters,
                   const std::vector<std::uint32_t>& changes) const {
    SampledPair pair;
    pair.stratum_size = static_cast<double>(sample_.size_of(stratum));
    pair.stratum_x = static_cast<double>(sum(&changes[sample_.first_of(stratum)], sample_.size_of(stratum)));
    for (std::size_t i = 0; i < 2; ++i) {
      const std::size_t unit = 2 * stratum + i;
      pair.y[i] = static_cast<double>(sum(&counters[unit * pair_counters], pair_counters));
      pair.x[i] = changes[sample_.units()[unit]];
    }
    return pair;
  }

  StratifiedSample sample_;
  ActivationStrips strips_;
  AlignedVector<std::uint32_t> product_, partial_sum_;
};

Estimate exactly(std::uint64_t total) {
  Estimate estimate;
  estimate.value = static_cast<double>(total);
  return estimate;
}

}  // namespace

ToggleEstimate ArrayKernel::State::exact_estimate(MatrixView<const std::uint8_t> activations,
                                                  MatrixView<const std::int8_t> weights,
                                                  const ParallelFor& parallel) {
  std::vector<std::int32_t> sums(activations.rows * weights.columns);
  const traces::ToggleCounts counts =
      run(activations, weights, {sums.data(), activations.rows, weights.columns}, {nullptr, parallel});
  return {counts.activation, exactly(counts.product), exactly(counts.partial_sum)};
}

// Toggles of the first vector, of one column.
std::uint64_t ArrayKernel::State::keep_last_activations(MatrixView<const std::uint8_t> activations) {
  const std::uint64_t first =
      differing_bits(nets_.activations.data(), activations.row(0), activations.columns);
  std::copy_n(activations.row(activations.rows - 1), activations.columns, nets_.activations.data());
  return first;
}

ToggleEstimate ArrayKernel::State::estimate(MatrixView<const std::uint8_t> activations,
                                            MatrixView<const std::int8_t> weights, const Sampling& sampling,
                                            const ParallelFor& parallel) {
  const std::size_t transitions = activations.rows - 1;
  const double wanted = std::ceil(sampling.fraction * static_cast<double>(transitions) / 2);
  const std::size_t strata = std::max(fewest_strata, static_cast<std::size_t>(wanted));
  // Counters of pairs know no columns: groups must lie in the array as a whole, or be silent beyond it.
  const bool silent = table_.truth_table().zero_at_zero_weight();
  if (4 * strata > transitions || !(silent || config_.columns % group_columns == 0))
    return exact_estimate(activations, weights, parallel);

  toggles_.clear();
  load(weights);
  const std::vector<std::uint32_t> changes = activation_changes(activations);
  const std::uint64_t all_changes = sum(changes.data(), changes.size());
  const std::uint64_t first_changes = keep_last_activations(activations);

  const std::size_t streamed = silent ? weights.columns : config_.columns;
  const std::size_t sampled_panels = (streamed + panel_columns - 1) / panel_columns;
  std::seed_seq seed{static_cast<std::uint32_t>(sampling.seed),
                     static_cast<std::uint32_t>(sampling.seed >> 32), samples_++};
  std::mt19937_64 random(seed);
  std::vector<PanelSample> samples;
  for (std::size_t i = 0; i < panels_.size(); ++i) samples.emplace_back(transitions, strata, random);
  for_each_panel(parallel, [&](PanelStream& panel, std::size_t column) {
    PanelSample& sample = samples[column / panel_columns];
    sample.pack(activations);
    const TileStream tile{table_, format_, config_.rows, config_.columns, sample.strips(), weights};
    panel.run_sample(tile, column, nets_, toggles_, sample.counters());
  });

  std::vector<SampledPair> product, partial_sum;
  for (std::size_t i = 0; i < sampled_panels; ++i) samples[i].add_to(product, partial_sum, changes);
  ToggleEstimate result{0, estimate_total(product), estimate_total(partial_sum)};
  // What load and first vector change is known.
  std::fill(activation_toggles_.begin(), activation_toggles_.end(), 0);
  traces::ToggleCounts known;
  add_toggles(known, nullptr);
  result.activation = (all_changes + first_changes) * config_.columns;
  result.product += exactly(known.product);
  result.partial_sum += exactly(known.partial_sum);
  return result;
}

}  // namespace neartile::array
