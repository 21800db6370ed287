#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "neartile/array/array_config.h"
#include "neartile/router/chip_config.h"
#include "neartile/router/routing.h"
#include "neartile/workloads/network.h"

namespace neartile::router {

/// Which of a layer's tiles come first: all M chunks of an N tile, or all N tiles of an M chunk.
enum class TileOrder : std::uint8_t { n_outer, m_outer };

/// What the arrays of a group share: the layer's vectors, or its N tiles.
enum class Split : std::uint8_t { m, n };

/// Which unit computes a layer; the vector unit takes depthwise convolutions, with exact products.
enum class LayerUnit : std::uint8_t { arrays, vector_unit };

/// How a matrix layer is computed, beside where.
struct LayerMapping {
  TileOrder order = TileOrder::n_outer;
  std::uint64_t m_chunk = 0;  ///< vectors that accumulate side by side; 0: as many as an accumulator half has
  Split split = Split::m;
  LayerUnit unit = LayerUnit::arrays;
  friend bool operator==(const LayerMapping&, const LayerMapping&) = default;
};

/// By node of the network; vector nodes have no entry of meaning. Empty: every layer by LayerMapping{}.
using Mapping = std::vector<LayerMapping>;

LayerMapping mapping_of(const Mapping& mapping, std::size_t node);

/// Each layer as it takes the fewest cycles: the larger of what its group's arrays, the DMA of its weights
/// and the vector unit need (docs/explanation/chip-model.md has the reasons).
Mapping default_mapping(const workloads::Network& network, const Routing& routing, const ChipConfig& chip);

void describe(ConfigVisitor& visitor, LayerMapping& mapping);

/// default_mapping() with what the file changes, {"layers": {"conv1": {"split": "n"}, ..}, "default":
/// {"order": "m-outer"}}. Throws InputError, also where the accumulators cannot hold an M chunk or the vector
/// unit cannot compute a layer.
Mapping read_mapping(const std::filesystem::path& file, const workloads::Network& network,
                     const Routing& routing, const ChipConfig& chip);

/// One array a node, for an Executor that is to equal the chip: of the routed group, or with exact products
/// and sums for layers of the vector unit.
std::vector<array::ArrayConfig> arrays_of(const Routing& routing, const Mapping& mapping,
                                          const ChipConfig& chip);

}  // namespace neartile::router
