#include "matrix_lowering.h"

#include "command_list.h"

namespace neartile::router {

MatrixLowering::ArrayState& MatrixLowering::state_of(const MatrixPlacement& placement, Part part) {
  const std::uint64_t state =
      part + (by_array_ ? first_array(chip_, program_.layers[placement.layer].group) : 0);
  if (states_.size() <= state) states_.resize(state + 1);
  return states_[state];
}

MatrixRun MatrixLowering::begin(MatrixPlacement placement, const LayerTiling& tiling,
                                const std::vector<std::vector<WeightTile>>& weights) {
  const array::ArrayConfig& array = chip_.arrays[program_.layers[placement.layer].group].array;
  const std::uint64_t slots = chip_.weight_buffer_KiB * 1024 / (array.rows * array.columns);
  MatrixRun run{std::move(placement), {}, &weights, 0, {}};
  for (std::uint64_t part = 0; part < tiling.parts(); ++part) {
    run.parts.push_back(tiling.part(part));
    ArrayState& state = state_of(run.placement, static_cast<Part>(part));
    if (state.slots.size() < slots) state.slots.resize(slots);
    state.usable_slots = static_cast<std::uint32_t>(slots);
  }
  return run;
}

void MatrixLowering::emit_block(MatrixRun& run) {
  const array::ArrayConfig& array = chip_.arrays[program_.layers[run.placement.layer].group].array;
  const std::uint64_t k_tiles = run.parts.front().k_tiles(), block = run.next_block++;
  std::vector<MatrixRun::Open>& open = run.open.emplace_back();
  for (Part part = 0; part < run.parts.size(); ++part) {
    if (block < run.parts[part].blocks())
      open.push_back({part, {}, state_of(run.placement, part).half ^= 1, 0});
  }
  for (std::uint64_t k_tile = 0; k_tile < k_tiles; ++k_tile) {
    for (MatrixRun::Open& its : open) {
      its.tile = run.parts[its.part].at(block * k_tiles + k_tile);
      const auto& weights = (*run.weights)[its.tile.group];
      its.last_tile = emit_tile(run.placement, its.part, its.tile,
                                weights[its.tile.first_n / array.columns * k_tiles + k_tile]);
    }
  }
}

// The slot that holds the tile: where it is already, or the next in turn, after a load.
std::uint32_t MatrixLowering::weights_in_slot(const MatrixPlacement& placement, Part part,
                                              const WeightTile& weights) {
  ArrayState& state = state_of(placement, part);
  for (std::uint32_t s = 0; s < state.usable_slots; ++s) {
    if (state.slots[s].tile_address == weights.address) return s;
  }
  const std::uint32_t s = state.next_slot++ % state.usable_slots;
  const LoadWeights work{part, weights.address, s, weights.bytes()};
  Command load{placement.layer, {}, work, placement.image};
  if (state.slots[s].last_use) load.after.push_back(*state.slots[s].last_use);
  state.slots[s] = {weights.address, emit(program_, std::move(load)), {}};
  return s;
}

CommandIndex MatrixLowering::emit_tile(const MatrixPlacement& placement, Part part, const LayerTile& tile,
                                       const WeightTile& weights) {
  ArrayState& state = state_of(placement, part);
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
  matmul.input_row = placement.input_row;
  matmul.half = state.half;
  matmul.first_tile = tile.first_k == 0;
  Slot& slot = state.slots[matmul.slot];
  Command command{placement.layer, {slot.loaded}, matmul, placement.image};
  command.after.insert(command.after.end(), placement.ready.begin(), placement.ready.end());
  if (matmul.first_tile && state.drained[state.half]) command.after.push_back(*state.drained[state.half]);
  slot.last_use = emit(program_, std::move(command));
  return *slot.last_use;
}

std::vector<CommandIndex> MatrixLowering::emit_requantise(MatrixRun& run) {
  std::vector<CommandIndex> commands;
  for (const MatrixRun::Open& block : run.open.front())
    commands.push_back(emit_requantise(run.placement, block));
  run.open.pop_front();
  return commands;
}

CommandIndex MatrixLowering::emit_requantise(const MatrixPlacement& placement, const MatrixRun::Open& block) {
  Requantise work;
  work.part = block.part;
  work.half = block.half;
  work.first_m = block.tile.vectors.first;
  work.m = block.tile.vectors.count;
  work.first_channel = block.tile.group * program_.layers[placement.layer].shape.n() + block.tile.first_n;
  work.n = block.tile.n;
  work.constants_address = placement.constants_address;
  work.output_address = placement.output_address;
  work.output_m = placement.output_m;
  const CommandIndex index =
      emit(program_, {placement.layer, {block.last_tile, placement.constants_loaded}, work, placement.image});
  state_of(placement, block.part).drained[block.half] = index;
  return index;
}

std::vector<CommandIndex> MatrixLowering::emit_all(MatrixRun run) {
  std::vector<CommandIndex> requantised;
  while (!run.all_emitted()) {
    emit_block(run);
    const std::vector<CommandIndex> commands = emit_requantise(run);
    requantised.insert(requantised.end(), commands.begin(), commands.end());
  }
  return requantised;
}

}  // namespace neartile::router
