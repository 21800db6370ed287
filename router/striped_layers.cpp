#include <fmt/format.h>

#include <algorithm>

#include "command_list.h"
#include "layer_emitter.h"
#include "neartile/pe/base/error.h"

namespace neartile::router {
namespace {

constexpr std::size_t turns = 2;  // places of a striped operand: one is at work while the other is filled

}  // namespace

bool LayerEmitter::allocate(Operand& operand, std::uint64_t bytes) {
  for (std::size_t turn = 0; turn < turns; ++turn) {
    const auto address = buffer_.allocate(bytes);
    if (!address) return false;
    operand.slots.push_back(*address);
  }
  return true;
}

void LayerEmitter::release(StripePlan& plan) {
  for (Operand& operand : plan.operands) {
    for (std::size_t i = 0; i < operand.slots.size(); ++i)
      buffer_.release(operand.slots[i],
                      i < operand.users.size() ? operand.users[i] : std::vector<CommandIndex>{});
  }
}

// The longest stripes for which there is room, of half the length, a quarter, ..
std::optional<LayerEmitter::StripePlan> LayerEmitter::try_plan(const LayerStripes& stripes,
                                                               const std::vector<bool>& striped) {
  for (std::uint64_t length = stripes.extent();; length = (length + 1) / 2) {
    StripePlan plan{length, std::vector<Operand>(striped.size())};
    bool fits = true;
    for (std::size_t i = 0; fits && i < striped.size(); ++i)
      fits = !striped[i] || allocate(plan.operands[i], stripes.most_bytes(length, i));
    if (fits) return plan;
    release(plan);
    if (length == 1) return std::nullopt;
  }
}

// What is as a whole in the buffer costs no loads: all inputs, else the output, else nothing.
LayerEmitter::StripePlan LayerEmitter::plan_stripes(const LayerTask& task, const LayerStripes& stripes) {
  const std::vector<TensorId> tensors = tensors_of(task);
  const std::size_t inputs = tensors.size() - 1;
  const bool whole_inputs =
      stripes.axis() == StripeAxis::rows && std::all_of(tensors.begin(), tensors.end() - 1, [&](TensorId id) {
        return tensors_.fetch(id, task.layer(), tensors, false);
      });
  std::vector<bool> striped(inputs + 1, false);
  striped[inputs] = true;
  if (whole_inputs) {
    if (auto plan = try_plan(stripes, striped)) return std::move(*plan);
  }
  for (std::size_t i = 0; i < inputs; ++i) {
    tensors_.evict(tensors[i], task.layer());
    striped[i] = true;
  }
  striped[inputs] = false;
  if (tensors_.create(tensors[inputs], tensors, false)) {
    if (auto plan = try_plan(stripes, striped)) return std::move(*plan);
    tensors_.abandon(tensors[inputs]);
  }
  striped[inputs] = true;
  if (auto plan = try_plan(stripes, striped)) return std::move(*plan);
  refuse(task, stripes);
}

void LayerEmitter::refuse(const LayerTask& task, const LayerStripes& stripes) const {
  constexpr std::uint64_t KiB = 1024;
  std::uint64_t bytes = data_[task.node].constants_bytes;
  const std::vector<TensorId> tensors = tensors_of(task);
  for (std::size_t i = 0; i < tensors.size(); ++i)
    bytes +=
        stripes.axis() == StripeAxis::none ? tensors_.bytes(tensors[i]) : turns * stripes.most_bytes(1, i);
  throw InputError("layer '" + node_of(task).name + "'",
                   fmt::format("{} need {} KiB of unified buffer, unified_buffer_KiB is {}",
                               stripes.axis() == StripeAxis::none ? "its tensors, which cannot be cut,"
                                                                  : "its smallest stripes",
                               (bytes + KiB - 1) / KiB, chip_.unified_buffer_KiB));
}

CommandIndex LayerEmitter::load_stripe(const LayerTask& task, const LayerStripes& stripes, std::size_t input,
                                       Range range, Operand& operand, std::size_t slot) {
  const TensorId id{task.image, node_of(task).inputs[input]};
  const array::TensorShape& shape = network_.network.shape_of(id.tensor);
  LoadTensor load;
  load.memory_address = tensors_.memory_address(id) + stripes.offset(shape, range);
  load.buffer_address = operand.slots[slot];
  load.bytes = stripes.bytes(shape, range);
  if (stripes.axis() == StripeAxis::channels && range.count < shape.channels) {
    load.bytes = range.count;
    load.rows = shape.pixels();
    load.memory_stride = shape.channels;
    load.buffer_stride = range.count;
  }
  std::vector<CommandIndex> after = tensors_.ready_in_memory(id);
  after.insert(after.end(), operand.users[slot].begin(), operand.users[slot].end());
  return emit(program_, {task.layer(), std::move(after), load, task.image});
}

std::vector<CommandIndex> LayerEmitter::emit_stripe_work(const LayerTask& task, const LayerStripes& stripes,
                                                         const Stripe& stripe, const StripePlan& plan,
                                                         std::size_t turn) {
  const workloads::Node& node = node_of(task);
  // Address of an operand's piece, in its own place or in the whole tensor.
  const auto address_of = [&](std::size_t i, TensorId id, Range range) {
    if (!plan.operands[i].slots.empty()) return plan.operands[i].slots[turn];
    return tensors_.buffer_address(id) + stripes.offset(network_.network.shape_of(id.tensor), range);
  };
  const std::size_t inputs = node.inputs.size();
  const std::uint64_t output = address_of(inputs, {task.image, task.node + 1}, stripe.output);
  if (const auto* matrix = node.matrix()) {
    const std::uint64_t input = address_of(0, {task.image, node.inputs[0]}, stripe.inputs[0]);
    const std::uint64_t input_row = stripe.inputs[0].first;
    if (on_vector_unit(task.node)) return emit_depthwise(task, stripe.output, input, input_row, output);
    const std::uint64_t width = matrix->shape.output().width;
    MatrixPlacement placement = placement_of(task);
    placement.input_address = input;
    placement.input_row = input_row;
    placement.output_address = output;
    placement.output_m = stripe.output.first * width;
    const Range vectors{stripe.output.first * width, stripe.output.count * width};
    return matrices_.emit_all(matrices_.begin(
        std::move(placement),
        {matrix->shape, chip_, program_.layers[task.node].group, mapping_of(mapping_, task.node), vectors},
        data_[task.node].tiles));
  }
  VectorCompute work;
  work.op = stripes.operation(stripe);
  for (std::size_t i = 0; i < inputs; ++i) {
    const TensorId id{task.image, node.inputs[i]};
    const array::TensorShape& shape = network_.network.shape_of(id.tensor);
    work.inputs.push_back({address_of(i, id, stripe.inputs[i]), stripes.piece(shape, stripe.inputs[i]),
                           network_.encodings[id.tensor]});
  }
  work.output = {output, stripes.piece(node.shape, stripe.output), network_.output_of(task.node)};
  return {emit(program_, {task.layer(), task.ready, std::move(work), task.image})};
}

// Room for the layer as a whole where nothing but its tensors is in the buffer, at last not even they: then
// they come in at its beginning.
bool LayerEmitter::make_whole(LayerTask& task, const std::vector<CommandIndex>& after) {
  tensors_.evict_others(tensors_of(task), task.layer());
  release_constants(0);
  if (begin(task, true, after)) return true;
  if (LayerStripes(network_.network, task.node).axis() != StripeAxis::none) return false;
  tensors_.evict_others({}, task.layer());
  return begin(task, true, after);
}

CommandIndex LayerEmitter::emit_in_stripes(LayerTask task, const std::vector<CommandIndex>& after) {
  const LayerStripes stripes(network_.network, task.node);
  const std::vector<TensorId> tensors = tensors_of(task);
  if (make_whole(task, after)) return end(task, emit_work(task));
  // Constants before anything else, even where inputs have to go for them.
  if (stripes.axis() == StripeAxis::none || !load_constants(task, {&tensors.back(), 1}, true))
    refuse(task, stripes);
  StripePlan plan = plan_stripes(task, stripes);
  for (Operand& operand : plan.operands) {
    for (const std::uint64_t slot : operand.slots) operand.users.push_back(buffer_.take_earlier_users(slot));
  }
  Operand& output = plan.operands.back();
  std::vector<CommandIndex> before = after, done, stores;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    if (plan.operands[i].slots.empty())
      before.insert(before.end(), tensors_.ready(tensors[i]).begin(), tensors_.ready(tensors[i]).end());
  }
  const std::vector<Range> ranges = stripes.cut(plan.length);
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const Stripe stripe = stripes.stripe(ranges[i]);
    const std::size_t turn = i % turns;
    std::vector<CommandIndex> ready = before;
    for (std::size_t k = 0; k < stripe.inputs.size(); ++k) {
      if (!plan.operands[k].slots.empty())
        ready.push_back(load_stripe(task, stripes, k, stripe.inputs[k], plan.operands[k], turn));
    }
    if (!output.slots.empty())
      ready.insert(ready.end(), output.users[turn].begin(), output.users[turn].end());
    task.ready = joined(program_, task.layer(), task.image, std::move(ready));
    done = joined(program_, task.layer(), task.image, emit_stripe_work(task, stripes, stripe, plan, turn));
    for (Operand& operand : plan.operands) {
      if (!operand.slots.empty()) operand.users[turn] = done;
    }
    if (output.slots.empty()) {
      stores.insert(stores.end(), done.begin(), done.end());
      continue;
    }
    const Store store{
        output.slots[turn],
        tensors_.memory_address(tensors.back()) + stripes.offset(node_of(task).shape, stripe.output),
        stripes.bytes(node_of(task).shape, stripe.output)};
    stores.push_back(emit(program_, {task.layer(), done, store, task.image}));
    output.users[turn] = {stores.back()};
  }
  release(plan);
  const CommandIndex fence = end(task, stores);
  if (!output.slots.empty()) tensors_.made_in_memory(tensors.back(), {fence});
  return fence;
}

}  // namespace neartile::router
