#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "activation_strips.h"
#include "aligned_vector.h"
#include "neartile/array/matrix.h"
#include "neartile/pe/truth_table.h"
#include "rank_one.h"

namespace neartile::array {

/// Columns whose products are made together, and columns whose sums stream together: a panel is two
/// groups side by side.
inline constexpr std::size_t panel_columns = 64;
inline constexpr std::size_t group_columns = 32;

/// Products of a group lie in lane order: those of columns j and j + 16 are neighbours, so that one 32-bit
/// lane of the products holds what is added to lane j of the sums of columns 0..15 and of 16..31.
constexpr std::size_t lane_of(std::size_t column) {
  return column < 16 ? 2 * column : 2 * (column - 16) + 1;
}

/// A truth table as the kernels look it up: by activation the 256 products, and their low and high bytes; by
/// weight the 256 products.
class ProductTable {
 public:
  explicit ProductTable(std::shared_ptr<const pe::TruthTable> table);
  const pe::TruthTable& truth_table() const { return *table_; }
  const std::int16_t* row(std::uint8_t activation) const { return table_->row(activation); }
  const std::uint8_t* low_bytes(std::uint8_t activation) const { return &bytes_[activation * 512u]; }
  const std::uint8_t* high_bytes(std::uint8_t activation) const { return &bytes_[activation * 512u + 256]; }
  /// Null where products are no product of two factors.
  const RankOneFactors* factors() const { return factors_ ? &*factors_ : nullptr; }
  const std::int16_t* column(std::uint8_t weight) const { return &columns_[weight * 256u]; }

 private:
  std::shared_ptr<const pe::TruthTable> table_;
  AlignedVector<std::uint8_t> bytes_;
  AlignedVector<std::int16_t> columns_;
  std::optional<RankOneFactors> factors_;
};

/// Weights of up to strip_rows rows by up to 64 columns, in the order in which their products are made;
/// the other places hold weight 0.
struct PanelWeights {
  alignas(64) std::uint8_t patterns[strip_rows][panel_columns] = {};
};

/// The weights of the block's rows and columns.
PanelWeights pack_weights(MatrixView<const std::int8_t> block);

/// Product rows of a panel: that of row i for activation pattern a at (i * 256 + a) * panel_columns, group
/// by group in lane order. They are made for the patterns that occur in the strip.
inline constexpr std::size_t product_rows_size = strip_rows * 256 * panel_columns;
void build_product_rows(const ProductTable& table, const PatternSets& patterns, const PanelWeights& weights,
                        std::int16_t* rows);

/// The same for products of two factors: factors[i * panel_columns + ..] are those of row i's weights.
void build_weight_factors(const RankOneFactors& of, const PanelWeights& weights, std::int16_t* factors);

/// products[i] = f(activation, weights[i]).
void look_up_products(const ProductTable& table, std::uint8_t activation, const std::uint8_t* weights,
                      std::size_t count, std::int16_t* products);

}  // namespace neartile::array
