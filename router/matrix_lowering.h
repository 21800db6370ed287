#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "layer_tiles.h"
#include "memory_layout.h"
#include "neartile/router/chip_config.h"
#include "neartile/router/program.h"

namespace neartile::router {

/// Where a matrix layer finds and leaves its data, and what its commands wait for.
struct MatrixPlacement {
  LayerIndex layer = 0;
  std::uint64_t input_address = 0;
  std::uint64_t output_address = 0;
  std::uint64_t constants_address = 0;  ///< in the unified buffer
  CommandIndex constants_loaded = 0;
  std::optional<CommandIndex> inputs_ready;  ///< fence of the layer before
};

/// Emits the commands of layers on the arrays: block after block, those of all parts side by side.
///
/// Hazards are tracked by part, not by array: the same program is right on any group of equal shape.
class MatrixLowering {
 public:
  MatrixLowering(Program& program, const ChipConfig& chip) : program_(program), chip_(chip) {}

  /// Returns the requantise commands, after which the output is complete.
  std::vector<CommandIndex> lower(const MatrixPlacement& placement, const LayerTiling& tiling,
                                  const std::vector<std::vector<WeightTile>>& tiles_of_groups);

 private:
  struct Slot {
    std::uint64_t tile_address = ~std::uint64_t{0};
    CommandIndex loaded = 0;
    std::optional<CommandIndex> last_use;
  };
  struct Half {
    std::optional<CommandIndex> drained;  ///< the requantise command that read it last
  };
  /// What a part's array holds, carried from layer to layer.
  struct PartState {
    std::vector<Slot> slots;
    std::uint32_t usable_slots = 0;  ///< of the group at hand; groups may differ in tile size
    std::uint32_t next_slot = 0;
    std::array<Half, 2> halves;
    std::uint32_t half = 0;                 ///< of the block at hand
    std::optional<CommandIndex> last_tile;  ///< that was emitted
  };
  CommandIndex emit(Command command);
  void open_part(Part part, std::uint64_t slots);
  std::uint32_t weights_in_slot(const MatrixPlacement& placement, Part part, const WeightTile& weights);
  void emit_tile(const MatrixPlacement& placement, Part part, const LayerTile& tile,
                 const WeightTile& weights);
  CommandIndex emit_requantise(const MatrixPlacement& placement, Part part, const LayerTile& tile);

  Program& program_;
  const ChipConfig& chip_;
  std::vector<PartState> parts_;
};

}  // namespace neartile::router
