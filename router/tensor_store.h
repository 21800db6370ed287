#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "buffer_space.h"
#include "memory_layout.h"
#include "neartile/workloads/network.h"

namespace neartile::router {

/// A tensor of one of the images that are on their way together.
struct TensorId {
  std::uint32_t image = 0;
  workloads::TensorIndex tensor = 0;
  friend bool operator==(const TensorId&, const TensorId&) = default;
};

/// Where the tensors of all images are: in the unified buffer, in external memory, or in both. Makes room by
/// storing what is needed last, and loads it back.
class TensorStore {
 public:
  TensorStore(Program& program, MemoryLayout& layout, const workloads::Network& network, BufferSpace& buffer,
              std::uint32_t images);

  /// A place in external memory that is known: of the network's input (which is there) and output.
  void set_memory(TensorId id, std::uint64_t address, bool there);

  bool in_buffer(TensorId id) const { return at(id).buffer.has_value(); }
  bool in_memory(TensorId id) const { return at(id).in_memory; }
  std::uint64_t buffer_address(TensorId id) const { return *at(id).buffer; }
  std::uint64_t bytes(TensorId id) const;

  /// Room for something else; `pinned` tensors stay. Nothing where it cannot be made, or only by storing
  /// tensors although `may_spill` is false.
  std::optional<std::uint64_t> room(std::uint64_t bytes, std::span<const TensorId> pinned, bool may_spill,
                                    BufferSpace::End end = BufferSpace::End::low);
  /// Brings a tensor into the buffer, on behalf of `layer`; false where there is no room.
  bool fetch(TensorId id, LayerIndex layer, std::span<const TensorId> pinned, bool may_spill);
  /// A place in the buffer for a tensor to be made.
  bool create(TensorId id, std::span<const TensorId> pinned, bool may_spill);

  /// What a reader waits for; what a writer of a created tensor waits for.
  const std::vector<CommandIndex>& ready(TensorId id) const { return at(id).ready; }
  /// Takes back a create().
  void abandon(TensorId id);
  /// `commands` made the tensor, in the buffer or, by stores, in external memory.
  void made(TensorId id, std::vector<CommandIndex> commands);
  void made_in_memory(TensorId id, std::vector<CommandIndex> commands);
  /// `command` has read it on behalf of node `reader`; after the last reader the place is free.
  void used(TensorId id, std::size_t reader, CommandIndex command);

  /// Makes sure that external memory has the tensor: its address there, and what a reader waits for.
  std::uint64_t memory_address(TensorId id);
  void store(TensorId id, LayerIndex layer);
  const std::vector<CommandIndex>& ready_in_memory(TensorId id) const { return at(id).stored; }
  /// Takes the tensor out of the buffer, stored before where somebody needs it.
  void evict(TensorId id, LayerIndex layer);
  /// Evicts all but `pinned`.
  void evict_others(std::span<const TensorId> pinned, LayerIndex layer);

 private:
  struct State {
    std::optional<std::uint64_t> buffer, memory;
    bool in_memory = false;
    std::vector<CommandIndex> ready, users, stored;
    std::vector<std::size_t> readers;  // nodes that still have to read it, in order
  };
  State& at(TensorId id) { return states_[id.image * tensors_ + id.tensor]; }
  const State& at(TensorId id) const { return states_[id.image * tensors_ + id.tensor]; }
  TensorId id_of(std::size_t state) const;
  std::optional<TensorId> needed_last(std::span<const TensorId> pinned) const;
  void leave_buffer(State& state);

  Program& program_;
  MemoryLayout& layout_;
  const workloads::Network& network_;
  BufferSpace& buffer_;
  std::size_t tensors_;
  std::vector<State> states_;
};

}  // namespace neartile::router
