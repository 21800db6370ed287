#include "tensor_store.h"

#include <algorithm>
#include <tuple>

#include "command_list.h"

namespace neartile::router {

TensorStore::TensorStore(Program& program, MemoryLayout& layout, const workloads::Network& network,
                         BufferSpace& buffer, std::uint32_t images)
    : program_(program),
      layout_(layout),
      network_(network),
      buffer_(buffer),
      tensors_(network.nodes.size() + 1),
      states_(tensors_ * images) {
  for (std::uint32_t image = 0; image < images; ++image) {
    for (std::size_t node = 0; node < network.nodes.size(); ++node) {
      for (const workloads::TensorIndex tensor : network.nodes[node].inputs) {
        auto& readers = at({image, tensor}).readers;
        if (readers.empty() || readers.back() != node) readers.push_back(node);
      }
    }
    at({image, network.nodes.size()}).readers.push_back(network.nodes.size());
  }
}

TensorId TensorStore::id_of(std::size_t state) const {
  return {static_cast<std::uint32_t>(state / tensors_), state % tensors_};
}

std::uint64_t TensorStore::bytes(TensorId id) const {
  return network_.shape_of(id.tensor).elements();
}

void TensorStore::set_memory(TensorId id, std::uint64_t address, bool there) {
  at(id).memory = address;
  at(id).in_memory = there;
}

// Belady's choice: what is read furthest in the future, of the last image first.
std::optional<TensorId> TensorStore::needed_last(std::span<const TensorId> pinned) const {
  std::optional<TensorId> last;
  std::tuple<std::uint32_t, std::size_t> latest;
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const TensorId id = id_of(i);
    if (!states_[i].buffer || std::ranges::find(pinned, id) != pinned.end()) continue;
    const std::tuple need(id.image, states_[i].readers.front());
    if (!last || need > latest) std::tie(last, latest) = std::tuple(id, need);
  }
  return last;
}

std::optional<std::uint64_t> TensorStore::room(std::uint64_t bytes, std::span<const TensorId> pinned,
                                               bool may_spill, BufferSpace::End end) {
  while (true) {
    const auto address = buffer_.allocate(bytes, end);
    if (address || !may_spill) return address;
    const auto victim = needed_last(pinned);
    if (!victim) return std::nullopt;
    evict(*victim, static_cast<LayerIndex>(std::min(at(*victim).readers.front(), tensors_ - 2)));
  }
}

bool TensorStore::create(TensorId id, std::span<const TensorId> pinned, bool may_spill) {
  const auto address = room(bytes(id), pinned, may_spill);
  if (!address) return false;
  at(id).buffer = address;
  at(id).ready = buffer_.take_earlier_users(*address);
  return true;
}

bool TensorStore::fetch(TensorId id, LayerIndex layer, std::span<const TensorId> pinned, bool may_spill) {
  if (in_buffer(id)) return true;
  if (!create(id, pinned, may_spill)) return false;
  State& state = at(id);
  std::vector<CommandIndex> after = state.ready;
  after.insert(after.end(), state.stored.begin(), state.stored.end());
  LoadTensor load{*state.memory, *state.buffer, bytes(id)};
  state.ready = {emit(program_, {layer, std::move(after), load, id.image})};
  state.users = state.ready;
  return true;
}

void TensorStore::abandon(TensorId id) {
  at(id).users = at(id).ready;
  leave_buffer(at(id));
}

void TensorStore::made(TensorId id, std::vector<CommandIndex> commands) {
  State& state = at(id);
  state.users = commands;
  state.ready = std::move(commands);
  if (state.readers.empty()) leave_buffer(state);
}

void TensorStore::made_in_memory(TensorId id, std::vector<CommandIndex> commands) {
  at(id).in_memory = true;
  at(id).stored = std::move(commands);
}

void TensorStore::used(TensorId id, std::size_t reader, CommandIndex command) {
  State& state = at(id);
  if (state.buffer) state.users.push_back(command);
  std::erase(state.readers, reader);
  if (state.readers.empty() && state.buffer) leave_buffer(state);
}

std::uint64_t TensorStore::memory_address(TensorId id) {
  State& state = at(id);
  if (!state.memory) state.memory = layout_.reserve(bytes(id));
  return *state.memory;
}

void TensorStore::store(TensorId id, LayerIndex layer) {
  State& state = at(id);
  if (state.in_memory) return;
  const Store work{*state.buffer, memory_address(id), bytes(id)};
  state.stored = {emit(program_, {layer, state.ready, work, id.image})};
  state.users.push_back(state.stored.front());
  state.in_memory = true;
}

void TensorStore::evict(TensorId id, LayerIndex layer) {
  State& state = at(id);
  if (!state.buffer) return;
  store(id, layer);
  leave_buffer(state);
}

void TensorStore::evict_others(std::span<const TensorId> pinned, LayerIndex layer) {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    if (std::ranges::find(pinned, id_of(i)) == pinned.end()) evict(id_of(i), layer);
  }
}

void TensorStore::leave_buffer(State& state) {
  buffer_.release(*state.buffer, state.users);
  state.buffer.reset();
  state.users.clear();
}

}  // namespace neartile::router
