#include "matrix_lowering.h"

namespace neartile::router {

CommandIndex MatrixLowering::emit(Command command) {
  program_.commands.push_back(std::move(command));
  return static_cast<CommandIndex>(program_.commands.size() - 1);
}

void MatrixLowering::open_part(Part part, std::uint64_t slots) {
  if (parts_.size() <= part) parts_.resize(part + 1);
  PartState& state = parts_[part];
  if (state.slots.size() < slots) state.slots.resize(slots);
  state.usable_slots = static_cast<std::uint32_t>(slots);
}

// The slot that holds the tile: where it is already, or the next in turn, after a load.
std::uint32_t MatrixLowering::weights_in_slot(const MatrixPlacement& placement, Part part,
                                              const WeightTile& weights) {
  PartState& state = parts_[part];
  for (std::uint32_t s = 0; s < state.usable_slots; ++s) {
    if (state.slots[s].tile_address == weights.address) return s;
  }
  const std::uint32_t s = state.next_slot++ % state.usable_slots;
  Command load{placement.layer, {}, LoadWeights{part, weights.address, s, weights.bytes()}};
  if (state.slots[s].last_use) load.after.push_back(*state.slots[s].last_use);
  state.slots[s] = {weights.address, emit(std::move(load)), {}};
  return s;
}

void MatrixLowering::emit_tile(const MatrixPlacement& placement, Part part, const LayerTile& tile,
                               const WeightTile& weights) {
  PartState& state = parts_[part];
  Matmul matmul;
  matmul.part = part;
  matmul.slot = weights_in_slot(placement, part, weights);
  matmul.group = static_cast<std::uint32_t>(tile.group);
  matmul.first_m = tile.vectors.first;
  matmul.m = tile.vectors.count;
  matmul.first_k = tile.first_k;
  matmul.k = tile.k;
  matmul.n = tile.n;
  matmul.input_address = placement.input_address;
  matmul.half = state.half;
  matmul.first_tile = tile.first_k == 0;
  Slot& slot = state.slots[matmul.slot];
  Command command{placement.layer, {slot.loaded}, matmul};
  if (placement.inputs_ready) command.after.push_back(*placement.inputs_ready);
  const auto& drained = state.halves[state.half].drained;
  if (matmul.first_tile && drained) command.after.push_back(*drained);
  state.last_tile = slot.last_use = emit(std::move(command));
}

// After the block's last tile, which is the part's last that was emitted.
CommandIndex MatrixLowering::emit_requantise(const MatrixPlacement& placement, Part part,
                                             const LayerTile& tile) {
  const std::uint64_t group_channels = program_.layers[placement.layer].shape.n();
  PartState& state = parts_[part];
  Requantise work;
  work.part = part;
  work.half = state.half;
  work.first_m = tile.vectors.first;
  work.m = tile.vectors.count;
  work.first_channel = tile.group * group_channels + tile.first_n;
  work.n = tile.n;
  work.constants_address = placement.constants_address;
  work.output_address = placement.output_address;
  const CommandIndex index = emit({placement.layer, {*state.last_tile, placement.constants_loaded}, work});
  state.halves[state.half].drained = index;
  return index;
}

std::vector<CommandIndex> MatrixLowering::lower(const MatrixPlacement& placement, const LayerTiling& tiling,
                                                const std::vector<std::vector<WeightTile>>& tiles_of_groups) {
  const GroupConfig& group = chip_.arrays[program_.layers[placement.layer].group];
  const std::uint64_t slots = chip_.weight_buffer_KiB * 1024 / (group.array.rows * group.array.columns);
  std::vector<PartTiles> parts;
  for (std::uint64_t part = 0; part < tiling.parts(); ++part) {
    parts.push_back(tiling.part(part));
    open_part(static_cast<Part>(part), slots);
  }
  const std::uint64_t k_tiles = parts.front().k_tiles(), blocks = parts.back().blocks();
  const auto weights_of = [&](const LayerTile& tile) -> const WeightTile& {
    const std::uint64_t n_tile = tile.first_n / group.array.columns, k_tile = tile.first_k / group.array.rows;
    return tiles_of_groups[tile.group][n_tile * k_tiles + k_tile];
  };
  std::vector<CommandIndex> requantised;
  for (std::uint64_t block = 0; block < blocks; ++block) {
    for (std::uint64_t t = block * k_tiles; t < (block + 1) * k_tiles; ++t) {
      for (Part part = 0; part < parts.size(); ++part) {
        if (block >= parts[part].blocks()) continue;
        const LayerTile tile = parts[part].at(t);
        if (tile.first_k == 0) parts_[part].half ^= 1;
        emit_tile(placement, part, tile, weights_of(tile));
      }
    }
    for (Part part = 0; part < parts.size(); ++part) {
      if (block < parts[part].blocks())
        requantised.push_back(emit_requantise(placement, part, parts[part].at(block * k_tiles)));
    }
  }
  return requantised;
}

}  // namespace neartile::router
