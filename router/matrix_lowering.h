#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "layer_tiles.h"
#include "memory_layout.h"
#include "neartile/router/chip_config.h"
#include "neartile/router/program.h"

namespace neartile::router {

/// Where a matrix layer, or a stripe of it, finds and leaves its data, and what its commands wait for.
struct MatrixPlacement {
  LayerIndex layer = 0;
  std::uint32_t image = 0;
  std::uint64_t input_address = 0;  ///< of row input_row of the input
  std::uint64_t input_row = 0;
  std::uint64_t output_address = 0;  ///< of pixel output_m of the output
  std::uint64_t output_m = 0;
  std::uint64_t constants_address = 0;  ///< in the unified buffer
  CommandIndex constants_loaded = 0;
  std::vector<CommandIndex> ready;  ///< input and output places
};

/// A layer whose blocks come into the program one after the other: those of all parts side by side.
struct MatrixRun {
  MatrixPlacement placement;
  std::vector<PartTiles> parts;
  const std::vector<std::vector<WeightTile>>* weights = nullptr;  ///< by group of the convolution
  std::uint64_t next_block = 0;

  /// A part's block whose tiles are there, but not its requantisation.
  struct Open {
    Part part = 0;
    LayerTile tile;
    std::uint32_t half = 0;
    CommandIndex last_tile = 0;
  };
  std::deque<std::vector<Open>> open;

  std::uint64_t blocks() const { return parts.back().blocks(); }
  bool all_emitted() const { return next_block == blocks(); }
};

/// Emits the commands of layers on the arrays.
///
/// Hazards of weight slots and accumulator halves are tracked by part, so that the same program is right on
/// any group of equal shape; where groups work side by side, by array.
class MatrixLowering {
 public:
  MatrixLowering(Program& program, const ChipConfig& chip, bool by_array)
      : program_(program), chip_(chip), by_array_(by_array) {}

  MatrixRun begin(MatrixPlacement placement, const LayerTiling& tiling,
                  const std::vector<std::vector<WeightTile>>& weights);
  /// The tiles of the next block; at most two blocks may be open, one for each accumulator half.
  void emit_block(MatrixRun& run);
  /// The requantise commands of the block that has been open longest.
  std::vector<CommandIndex> emit_requantise(MatrixRun& run);
  /// The whole run; its requantise commands, after which the output is complete.
  std::vector<CommandIndex> emit_all(MatrixRun run);

 private:
  struct Slot {
    std::uint64_t tile_address = ~std::uint64_t{0};
    CommandIndex loaded = 0;
    std::optional<CommandIndex> last_use;
  };
  /// What a part's array holds, carried from layer to layer.
  struct ArrayState {
    std::vector<Slot> slots;
    std::uint32_t usable_slots = 0;  ///< of the group at hand; groups may differ in tile size
    std::uint32_t next_slot = 0;
    std::array<std::optional<CommandIndex>, 2> drained;  ///< the requantise command that read a half last
    std::uint32_t half = 0;                              ///< of the block at hand
  };

  ArrayState& state_of(const MatrixPlacement& placement, Part part);
  std::uint32_t weights_in_slot(const MatrixPlacement& placement, Part part, const WeightTile& weights);
  CommandIndex emit_tile(const MatrixPlacement& placement, Part part, const LayerTile& tile,
                         const WeightTile& weights);
  CommandIndex emit_requantise(const MatrixPlacement& placement, const MatrixRun::Open& block);

  Program& program_;
  const ChipConfig& chip_;
  bool by_array_;
  std::vector<ArrayState> states_;
};

}  // namespace neartile::router
