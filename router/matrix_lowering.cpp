#include "matrix_lowering.h"

#include <algorithm>

#include "layer_tiles.h"

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

// Rounds of chunks: in each round every part that still has vectors gets one.
std::vector<std::vector<MatrixLowering::Chunk>> MatrixLowering::chunks(std::uint64_t m,
                                                                       const GroupConfig& group) const {
  const std::uint64_t parts = part_count(group, m), depth = chunk_depth(chip_);
  std::vector<std::vector<Chunk>> rounds;
  for (std::uint64_t part = 0; part < parts; ++part) {
    const VectorRange vectors = vectors_of_part(m, parts, part);
    const std::uint64_t end = vectors.first + vectors.count;
    for (std::uint64_t first = vectors.first, round = 0; first < end; first += depth, ++round) {
      if (rounds.size() <= round) rounds.emplace_back();
      rounds[round].push_back({static_cast<Part>(part), first, std::min(depth, end - first), 0});
    }
  }
  return rounds;
}

// The slot that holds the tile: where it is already, or the next in turn, after a load.
std::uint32_t MatrixLowering::weights_in_slot(const MatrixPlacement& placement, PartState& state, Part part,
                                              const WeightTile& tile) {
  for (std::uint32_t s = 0; s < state.usable_slots; ++s) {
    if (state.slots[s].tile_address == tile.address) return s;
  }
  const std::uint32_t s = state.next_slot++ % state.usable_slots;
  Command load{placement.layer, {}, LoadWeights{part, tile.address, s, tile.bytes()}};
  if (state.slots[s].last_use) load.after.push_back(*state.slots[s].last_use);
  state.slots[s] = {tile.address, emit(std::move(load)), {}};
  return s;
}

void MatrixLowering::emit_tile(const MatrixPlacement& placement, std::uint32_t group, const WeightTile& tile,
                               const Chunk& chunk) {
  PartState& state = parts_[chunk.part];
  const std::uint32_t slot = weights_in_slot(placement, state, chunk.part, tile);
  const bool first_tile = tile.first_k == 0;
  Matmul matmul{chunk.part,   slot,   group,  chunk.first_m,           chunk.m,
                tile.first_k, tile.k, tile.n, placement.input_address, chunk.half,
                first_tile};
  Command command{placement.layer, {state.slots[slot].loaded}, matmul};
  if (placement.inputs_ready) command.after.push_back(*placement.inputs_ready);
  const auto& drained = state.halves[chunk.half].drained;
  if (first_tile && drained) command.after.push_back(*drained);
  state.slots[slot].last_use = emit(std::move(command));
}

CommandIndex MatrixLowering::emit_requantise(const MatrixPlacement& placement, std::uint64_t first_channel,
                                             std::uint64_t n, const Chunk& chunk) {
  Requantise work{chunk.part,
                  chunk.half,
                  chunk.first_m,
                  chunk.m,
                  first_channel,
                  n,
                  placement.constants_address,
                  placement.output_address};
  // The chunk's last tile is the last command of the part that was emitted.
  PartState& state = parts_[chunk.part];
  CommandIndex last_tile = 0;
  for (const Slot& slot : state.slots) last_tile = std::max(last_tile, slot.last_use.value_or(0));
  const CommandIndex index = emit({placement.layer, {last_tile, placement.constants_loaded}, work});
  state.halves[chunk.half].drained = index;
  return index;
}

std::vector<CommandIndex> MatrixLowering::lower(const MatrixPlacement& placement,
                                                const std::vector<std::vector<WeightTile>>& tiles_of_groups) {
  const ProgramLayer& layer = program_.layers[placement.layer];
  const GroupConfig& group = chip_.arrays[layer.group];
  const std::uint64_t slots = chip_.weight_buffer_KiB * 1024 / (group.array.rows * group.array.columns);
  auto rounds = chunks(layer.shape.m(), group);
  for (const Chunk& chunk : rounds.front()) open_part(chunk.part, slots);

  std::vector<CommandIndex> requantised;
  for (std::size_t g = 0; g < tiles_of_groups.size(); ++g) {
    const auto& tiles = tiles_of_groups[g];
    for (std::size_t first = 0; first < tiles.size();) {
      std::size_t last = first;
      while (last < tiles.size() && tiles[last].first_n == tiles[first].first_n) ++last;
      for (auto& round : rounds) {
        for (Chunk& chunk : round) chunk.half = parts_[chunk.part].next_half++ % 2;
        for (std::size_t t = first; t < last; ++t) {
          for (const Chunk& chunk : round)
            emit_tile(placement, static_cast<std::uint32_t>(g), tiles[t], chunk);
        }
        const std::uint64_t channel = g * layer.shape.n() + tiles[first].first_n;
        for (const Chunk& chunk : round) {
          requantised.push_back(emit_requantise(placement, channel, tiles[first].n, chunk));
        }
      }
      first = last;
    }
  }
  return requantised;
}

}  // namespace neartile::router
