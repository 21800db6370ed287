#include "neartile/array/packed_activations.h"

#include "packed_chunks.h"
#include "shape_check.h"
#include "toggle_stream.h"

namespace neartile::array {
namespace {

// Vectors whose sums, of 64 columns, stay in the second-level cache from row to row.
constexpr std::size_t most_vectors = 2048;
static_assert(most_vectors <= longest_stream);

}  // namespace

PackedActivations::PackedActivations() : chunks_(std::make_unique<Chunks>()) {}
PackedActivations::PackedActivations(MatrixView<const std::uint8_t> activations, std::size_t array_rows)
    : PackedActivations() {
  pack(activations, array_rows);
}
PackedActivations::PackedActivations(PackedActivations&&) noexcept = default;
PackedActivations& PackedActivations::operator=(PackedActivations&&) noexcept = default;
PackedActivations::~PackedActivations() = default;

void PackedActivations::pack(MatrixView<const std::uint8_t> activations, std::size_t array_rows) {
  require_shape(activations.rows > 0 && activations.columns > 0 && array_rows > 0,
                "packed activations: at least one vector, of one element, and one row");
  Chunks& chunks = *chunks_;
  chunks.vectors = activations.rows;
  chunks.count = (activations.rows + most_vectors - 1) / most_vectors;
  if (chunks.strips.size() < chunks.count) chunks.strips.resize(chunks.count);
  for (std::size_t i = 0, first = 0; i < chunks.count; ++i) {
    const std::size_t end = activations.rows * (i + 1) / chunks.count;
    chunks.strips[i].pack(activations.block(first, 0, end - first, activations.columns), array_rows);
    first = end;
  }
}

std::size_t PackedActivations::vectors() const {
  return chunks_->vectors;
}
std::size_t PackedActivations::tiles() const {
  return chunks_->count == 0 ? 0 : chunks_->strips.front().tiles();
}
std::size_t PackedActivations::tile_rows(std::size_t tile) const {
  return chunks_->strips.front().tile(tile).rows;
}

}  // namespace neartile::array
