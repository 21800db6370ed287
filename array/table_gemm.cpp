#include <algorithm>
#include <vector>

#include "activation_strips.h"
#include "add_products.h"
#include "gemm_kernel.h"

namespace neartile::array {
namespace {

// Vectors whose sums, of 64 columns, stay in the second-level cache while values of k are added.
constexpr std::size_t most_vectors = 2048;

struct Scratch {
  AlignedVector<std::int16_t> product_rows;
  AlignedVector<std::int32_t> sums;
};

// Vectors go chunk by chunk, columns panel by panel. Product rows are made for a strip of eight values of k
// and a panel, then all vectors add theirs. Sums that can saturate start again with each tile; sums that wrap
// need no tiles.
class TableKernel : public Gemm::Kernel {
 public:
  TableKernel(const pe::PeType& type, std::size_t rows, MatrixView<const std::int8_t> weights)
      : config_(type.config), table_(type.multiplier.table), k_(weights.rows), n_(weights.columns) {
    // Sums of K products of 16 bits reach K 2^15 at most.
    const std::int64_t limit = std::int64_t{1} << (config_.accumulator_bits - 1);
    if (config_.overflow == pe::Overflow::saturate && static_cast<std::int64_t>(k_) * 32768 >= limit)
      bounds_ = {true, static_cast<std::int32_t>(-limit), static_cast<std::int32_t>(limit - 1)};
    tile_rows_ = bounds_.saturates ? rows : k_;
    for (std::size_t n = 0; n < n_; n += panel_columns)
      for (std::size_t k = 0; k < k_; k += tile_rows_) pack_tile(weights, k, n);
  }

  void run(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums,
           const ParallelFor& parallel) const override {
    thread_local ActivationStrips strips;
    const std::size_t chunks = (sums.rows + most_vectors - 1) / most_vectors;
    for (std::size_t chunk = 0, m = 0; chunk < chunks; ++chunk) {
      const std::size_t end = sums.rows * (chunk + 1) / chunks;
      strips.pack(activations.block(m, 0, end - m, k_), tile_rows_);
      run_chunk(strips, sums.block(m, 0, end - m, n_), parallel);
      m = end;
    }
  }

 private:
  std::size_t tile_end(std::size_t first_k) const { return std::min(first_k + tile_rows_, k_); }

  void pack_tile(MatrixView<const std::int8_t> weights, std::size_t first_k, std::size_t n) {
    for (std::size_t k = first_k; k < tile_end(first_k); k += strip_rows)
      weights_.push_back(pack_weights(
          weights.block(k, n, std::min(strip_rows, tile_end(first_k) - k), std::min(panel_columns, n_ - n))));
  }

  void run_chunk(const ActivationStrips& strips, MatrixView<std::int32_t> sums,
                 const ParallelFor& parallel) const {
    const std::size_t panels = (n_ + panel_columns - 1) / panel_columns;
    const auto one = [&](std::size_t, std::size_t panel) {
      const std::size_t n = panel * panel_columns;
      run_panel(&weights_[panel * (weights_.size() / panels)], strips,
                sums.block(0, n, sums.rows, std::min(panel_columns, n_ - n)));
    };
    if (parallel && panels > 1) return parallel(panels, one);
    for (std::size_t panel = 0; panel < panels; ++panel) one(0, panel);
  }

  void run_panel(const PanelWeights* weights, const ActivationStrips& strips,
                 MatrixView<std::int32_t> sums) const {
    thread_local Scratch scratch;
    for (std::size_t tile = 0; tile < strips.tiles(); ++tile) {
      add_tile(weights, strips.tile(tile), sums.columns > group_columns ? 2 : 1, scratch);
      store(scratch.sums.data(), tile == 0, sums);
      weights += strips.tile(tile).count();
    }
  }

  void add_tile(const PanelWeights* weights, const TileStrips& strips, std::size_t groups,
                Scratch& scratch) const {
    const std::size_t group_sums = strips.vectors * group_columns;
    scratch.product_rows.resize(product_rows_size);
    scratch.sums.assign(2 * group_sums, 0);
    for (std::size_t i = 0; i < strips.count(); ++i) {
      build_product_rows(table_, strips.patterns(i), weights[i], scratch.product_rows.data());
      for (std::size_t group = 0; group < groups; ++group)
        add_products(strips.strip(i), strips.rows_of(i), strips.vectors,
                     &scratch.product_rows[group * group_columns], bounds_,
                     &scratch.sums[group * group_sums]);
    }
  }

  // Tiles add in K order; sums that wrap have only one.
  void store(const std::int32_t* from, bool is_first_tile, MatrixView<std::int32_t> sums) const {
    for (std::size_t n = 0; n < sums.columns; n += group_columns)
      for (std::size_t m = 0; m < sums.rows; ++m, from += group_columns) {
        const std::size_t columns = std::min(group_columns, sums.columns - n);
        std::int32_t* to = sums.row(m) + n;
        if (!is_first_tile)
          for (std::size_t j = 0; j < columns; ++j)
            to[j] = std::clamp(to[j] + from[j], bounds_.low, bounds_.high);
        else if (config_.accumulator_bits == 32)
          std::copy_n(from, columns, to);
        else
          for (std::size_t j = 0; j < columns; ++j)
            to[j] = pe::accumulate(from[j], config_.accumulator_bits, pe::Overflow::wrap);
      }
  }

  pe::PeConfig config_;
  ProductTable table_;
  std::size_t k_, n_, tile_rows_ = 0;
  std::vector<PanelWeights> weights_;  ///< panel by panel, within each tile by tile
  Bounds bounds_;
};

}  // namespace

std::unique_ptr<const Gemm::Kernel> make_table_kernel(const pe::PeType& type, std::size_t rows,
                                                      MatrixView<const std::int8_t> weights) {
  return std::make_unique<TableKernel>(type, rows, weights);
}

}  // namespace neartile::array
