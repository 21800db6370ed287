#pragma once

#include <deque>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "buffer_space.h"
#include "matrix_lowering.h"
#include "memory_layout.h"
#include "neartile/router/chip_config.h"
#include "neartile/router/mapping.h"
#include "neartile/workloads/quantisation.h"
#include "stripes.h"
#include "tensor_store.h"

namespace neartile::router {

/// A layer of an image on its way into the program.
struct LayerTask {
  std::uint32_t image = 0;
  std::size_t node = 0;
  std::uint64_t constants_address = 0;  ///< where it has some
  std::vector<CommandIndex> constants_loaded;
  std::vector<CommandIndex> ready;  ///< what its work waits for
  bool by_dma = false;              ///< padding of what external memory has: a LOAD does it

  LayerIndex layer() const { return static_cast<LayerIndex>(node); }
};

/// Emits layers: finds places for their tensors, then commands. Layers whose tensors do not fit the buffer
/// are cut into stripes.
class LayerEmitter {
 public:
  LayerEmitter(Program& program, const workloads::QuantisedNetwork& network, const ChipConfig& chip,
               const Mapping& mapping, std::uint32_t images);

  /// Places of a layer's tensors; false where there is no room for them, or only by storing others although
  /// `may_spill` is false. `after` comes before its work.
  bool begin(LayerTask& task, bool may_spill, const std::vector<CommandIndex>& after);
  /// All work of a layer that has begun, without end().
  std::vector<CommandIndex> emit_work(const LayerTask& task);
  /// For layers on the arrays: the work, block by block.
  MatrixRun begin_blocks(const LayerTask& task);
  MatrixLowering& blocks() { return matrices_; }
  /// The layer is complete after `done`: its fence.
  CommandIndex end(const LayerTask& task, std::vector<CommandIndex> done);

  /// In place of begin() .. end(): a layer in stripes, or all of it where that fits now. Throws InputError
  /// where nothing fits.
  CommandIndex emit_in_stripes(LayerTask task, const std::vector<CommandIndex>& after);

  /// The stores of the outputs.
  void store_outputs();

 private:
  /// Places of one stripe's operand, in turn; none for operands that are in the buffer as a whole.
  struct Operand {
    std::vector<std::uint64_t> slots;
    std::vector<std::vector<CommandIndex>> users;  ///< of each slot
  };
  struct StripePlan {
    std::uint64_t length = 0;
    std::vector<Operand> operands;  ///< inputs, then the output
  };
  /// Data of a layer in external memory.
  struct NodeData {
    std::uint64_t constants = 0, constants_bytes = 0;
    std::vector<std::vector<WeightTile>> tiles;
  };

  const workloads::Node& node_of(const LayerTask& task) const { return network_.network.nodes[task.node]; }
  bool on_vector_unit(std::size_t node) const;
  void lay_out(std::size_t node);
  std::vector<TensorId> tensors_of(const LayerTask& task) const;
  bool can_pad_by_dma(const LayerTask& task) const;
  CommandIndex emit_padded_load(const LayerTask& task);
  bool load_constants(LayerTask& task, std::span<const TensorId> pinned, bool may_spill);
  void release_constants(std::size_t kept);

  std::vector<CommandIndex> emit_depthwise(const LayerTask& task, Range rows, std::uint64_t input,
                                           std::uint64_t input_row, std::uint64_t output);
  MatrixPlacement placement_of(const LayerTask& task) const;

  bool make_whole(LayerTask& task, const std::vector<CommandIndex>& after);
  StripePlan plan_stripes(const LayerTask& task, const LayerStripes& stripes);
  std::optional<StripePlan> try_plan(const LayerStripes& stripes, const std::vector<bool>& striped);
  bool allocate(Operand& operand, std::uint64_t bytes);
  void release(StripePlan& plan);
  [[noreturn]] void refuse(const LayerTask& task, const LayerStripes& stripes) const;
  CommandIndex load_stripe(const LayerTask& task, const LayerStripes& stripes, std::size_t input, Range range,
                           Operand& operand, std::size_t slot);
  std::vector<CommandIndex> emit_stripe_work(const LayerTask& task, const LayerStripes& stripes,
                                             const Stripe& stripe, const StripePlan& plan, std::size_t turn);

  Program& program_;
  const workloads::QuantisedNetwork& network_;
  const ChipConfig& chip_;
  const Mapping& mapping_;
  std::uint32_t images_;
  MemoryLayout layout_;
  BufferSpace buffer_;
  TensorStore tensors_;
  MatrixLowering matrices_;
  std::vector<NodeData> data_;                                        // by node
  std::deque<std::pair<std::uint64_t, CommandIndex>> old_constants_;  // places, and their users' fences
};

}  // namespace neartile::router
