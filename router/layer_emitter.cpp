#include "layer_emitter.h"

#include <algorithm>

#include "command_list.h"

namespace neartile::router {
namespace {

void append(std::vector<CommandIndex>& to, const std::vector<CommandIndex>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

LayerEmitter::LayerEmitter(Program& program, const workloads::QuantisedNetwork& network,
                           const ChipConfig& chip, const Mapping& mapping, std::uint32_t images)
    : program_(program),
      network_(network),
      chip_(chip),
      mapping_(mapping),
      images_(images),
      layout_(program),
      buffer_(chip.unified_buffer_KiB * 1024),
      tensors_(program, layout_, network.network, buffer_, images),
      matrices_(program, chip, images > 1),
      data_(network.network.nodes.size()) {
  const std::size_t last = network.network.nodes.size();
  program_.images = images;
  program_.input_encoding = network.encodings.front();
  program_.input_bytes = tensors_.bytes({0, 0});
  program_.output_encoding = network.encodings.back();
  program_.output_bytes = tensors_.bytes({0, last});
  for (std::uint32_t image = 0; image < images; ++image)
    tensors_.set_memory({image, 0}, layout_.reserve(program_.input_bytes), true);
  for (std::uint32_t image = 0; image < images; ++image)
    tensors_.set_memory({image, last}, layout_.reserve(program_.output_bytes), false);
  program_.input_address = tensors_.memory_address({0, 0});
  program_.output_address = tensors_.memory_address({0, last});
  if (images > 1) {
    program_.input_stride = tensors_.memory_address({1, 0}) - program_.input_address;
    program_.output_stride = tensors_.memory_address({1, last}) - program_.output_address;
  }
  for (std::size_t node = 0; node < last; ++node) {
    if (network.network.nodes[node].matrix()) lay_out(node);
  }
}

bool LayerEmitter::on_vector_unit(std::size_t node) const {
  return mapping_of(mapping_, node).unit == LayerUnit::vector_unit;
}

void LayerEmitter::lay_out(std::size_t node) {
  const workloads::QuantisedMatrix& matrix = network_.matrices[node];
  const ProgramLayer& layer = program_.layers[node];
  NodeData& data = data_[node];
  data.constants_bytes = constants_bytes(layer.shape.out_channels);
  if (on_vector_unit(node)) {
    data.constants = layout_.append_depthwise(matrix, layer.shape);
    data.constants_bytes += layer.shape.k() * layer.shape.out_channels;
    return;
  }
  data.constants = layout_.append_constants(matrix);
  for (std::size_t group = 0; group < layer.shape.groups; ++group)
    data.tiles.push_back(layout_.append_tiles(matrix, layer.shape, group, chip_.arrays[layer.group].array));
}

std::vector<TensorId> LayerEmitter::tensors_of(const LayerTask& task) const {
  std::vector<TensorId> tensors;
  for (const workloads::TensorIndex input : node_of(task).inputs) tensors.push_back({task.image, input});
  tensors.push_back({task.image, task.node + 1});
  return tensors;
}

// Constants stay until the layer after the next: so the next layer's come while this one's are in use.
void LayerEmitter::release_constants(std::size_t kept) {
  for (; old_constants_.size() > kept; old_constants_.pop_front())
    buffer_.release(old_constants_.front().first, {old_constants_.front().second});
}

bool LayerEmitter::load_constants(LayerTask& task, std::span<const TensorId> pinned, bool may_spill) {
  if (!node_of(task).matrix()) return true;
  release_constants(1);
  const NodeData& data = data_[task.node];
  auto address = tensors_.room(data.constants_bytes, pinned, false, BufferSpace::End::high);
  if (!address) {
    release_constants(0);
    address = tensors_.room(data.constants_bytes, pinned, may_spill, BufferSpace::End::high);
  }
  if (!address) return false;
  task.constants_address = *address;
  const LoadTensor load{data.constants, *address, data.constants_bytes};
  task.constants_loaded = {
      emit(program_, {task.layer(), buffer_.take_earlier_users(*address), load, task.image})};
  return true;
}

// Of rows and columns, where the vector unit would have to wait for the tensor to be loaded.
bool LayerEmitter::can_pad_by_dma(const LayerTask& task) const {
  const array::VectorOp* op = node_of(task).vector();
  const TensorId input{task.image, node_of(task).inputs[0]};
  return op && op->kind == array::VectorKind::pad && op->clamp == array::Clamp{} &&
         network_.network.shape_of(input.tensor).channels == node_of(task).shape.channels &&
         !tensors_.in_buffer(input) && tensors_.in_memory(input);
}

CommandIndex LayerEmitter::emit_padded_load(const LayerTask& task) {
  const workloads::Node& node = node_of(task);
  const TensorId input{task.image, node.inputs[0]}, output{task.image, task.node + 1};
  const array::TensorShape& from = network_.network.shape_of(input.tensor);
  const auto& before = node.vector()->pad_before;
  LoadTensor load;
  load.memory_address = tensors_.memory_address(input);
  load.buffer_address = tensors_.buffer_address(output);
  load.bytes = load.memory_stride = from.width * from.channels;
  load.rows = from.height;
  load.buffer_stride = node.shape.width * from.channels;
  load.pad_before = before[2] * from.channels;
  load.pad_after = load.buffer_stride - load.bytes - load.pad_before;
  load.pad_rows_before = before[1];
  load.pad_rows_after = node.shape.height - from.height - before[1];
  load.pad_pattern = static_cast<std::uint8_t>(network_.output_of(task.node).zero_point);
  std::vector<CommandIndex> ready = task.ready;
  append(ready, tensors_.ready_in_memory(input));
  return emit(program_, {task.layer(), std::move(ready), load, task.image});
}

bool LayerEmitter::begin(LayerTask& task, bool may_spill, const std::vector<CommandIndex>& after) {
  std::vector<TensorId> tensors = tensors_of(task);
  task.by_dma = can_pad_by_dma(task);
  if (task.by_dma) tensors.erase(tensors.begin());
  bool placed = true;
  for (std::size_t i = 0; placed && i + 1 < tensors.size(); ++i)
    placed = tensors_.fetch(tensors[i], task.layer(), tensors, may_spill);
  placed = placed && tensors_.create(tensors.back(), tensors, may_spill);
  if (placed && !load_constants(task, tensors, may_spill)) {
    tensors_.abandon(tensors.back());
    placed = false;
  }
  if (!placed) return false;
  std::vector<CommandIndex> ready = after;
  for (const TensorId id : tensors) append(ready, tensors_.ready(id));
  task.ready = joined(program_, task.layer(), task.image, std::move(ready));
  return true;
}

MatrixPlacement LayerEmitter::placement_of(const LayerTask& task) const {
  MatrixPlacement placement;
  placement.layer = task.layer();
  placement.image = task.image;
  placement.constants_address = task.constants_address;
  placement.constants_loaded = task.constants_loaded.front();
  placement.ready = task.ready;
  return placement;
}

MatrixRun LayerEmitter::begin_blocks(const LayerTask& task) {
  const ProgramLayer& layer = program_.layers[task.node];
  MatrixPlacement placement = placement_of(task);
  placement.input_address = tensors_.buffer_address(tensors_of(task).front());
  placement.output_address = tensors_.buffer_address(tensors_of(task).back());
  return matrices_.begin(std::move(placement),
                         {layer.shape, chip_, layer.group, mapping_of(mapping_, task.node)},
                         data_[task.node].tiles);
}

std::vector<CommandIndex> LayerEmitter::emit_work(const LayerTask& task) {
  const workloads::Node& node = node_of(task);
  const std::vector<TensorId> tensors = tensors_of(task);
  const std::uint64_t output = tensors_.buffer_address(tensors.back());
  if (task.by_dma) return {emit_padded_load(task)};
  if (node.matrix() && !on_vector_unit(task.node)) return matrices_.emit_all(begin_blocks(task));
  if (node.matrix())
    return emit_depthwise(task, {0, node.shape.height}, tensors_.buffer_address(tensors[0]), 0, output);
  VectorCompute work;
  work.op = *node.vector();
  for (std::size_t i = 0; i < node.inputs.size(); ++i)
    work.inputs.push_back({tensors_.buffer_address(tensors[i]), network_.network.shape_of(node.inputs[i]),
                           network_.encodings[node.inputs[i]]});
  work.output = {output, node.shape, network_.output_of(task.node)};
  return {emit(program_, {task.layer(), task.ready, std::move(work), task.image})};
}

// Output rows `rows`, the first of which goes to `output`.
std::vector<CommandIndex> LayerEmitter::emit_depthwise(const LayerTask& task, Range rows, std::uint64_t input,
                                                       std::uint64_t input_row, std::uint64_t output) {
  Depthwise work;
  work.first_row = work.output_row = rows.first;
  work.rows = rows.count;
  work.constants_address = task.constants_address;
  work.input_address = input;
  work.input_row = input_row;
  work.output_address = output;
  std::vector<CommandIndex> after = task.ready;
  append(after, task.constants_loaded);
  return {emit(program_, {task.layer(), std::move(after), work, task.image})};
}

CommandIndex LayerEmitter::end(const LayerTask& task, std::vector<CommandIndex> done) {
  const CommandIndex fence = emit(program_, {task.layer(), std::move(done), Fence{}, task.image});
  const std::vector<TensorId> tensors = tensors_of(task);
  if (tensors_.in_buffer(tensors.back())) tensors_.made(tensors.back(), {fence});
  for (std::size_t i = 0; i + 1 < tensors.size(); ++i) tensors_.used(tensors[i], task.node, fence);
  if (node_of(task).matrix()) old_constants_.emplace_back(task.constants_address, fence);
  return fence;
}

void LayerEmitter::store_outputs() {
  const std::size_t last = data_.size();
  for (std::uint32_t image = 0; image < images_; ++image)
    tensors_.store({image, last}, static_cast<LayerIndex>(last - 1));
}

}  // namespace neartile::router
