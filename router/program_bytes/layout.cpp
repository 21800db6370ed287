#include "program_bytes/layout.h"

namespace neartile::router {
namespace {

/// Adds up the bytes of fields; lists are empty.
class Measure : public ProgramVisitor {
 public:
  void number(const Field& field, std::uint64_t&) override { bytes += field.bytes; }
  void real(std::string_view, std::string_view, double&) override { bytes += 8; }
  void count(std::string_view, std::string_view, std::size_t, std::size_t& elements) override {
    bytes += 4;
    elements = 0;
  }
  std::size_t bytes = 0;
};

template <class Part>
std::size_t measured() {
  Measure measure;
  Part part;
  describe(measure, part);
  return measure.bytes;
}

void describe(ProgramVisitor& v, array::Encoding& encoding) {
  v.real("scale", "real value of one step", encoding.scale);
  v.i16("zero_point", "integer that stands for 0, signed", encoding.zero_point);
  v.flag("is_signed", "patterns are two's complement", encoding.is_signed);
}

void describe(ProgramVisitor& v, array::TensorShape& shape) {
  v.u32("channels", "innermost", shape.channels);
  v.u32("height", "in pixels", shape.height);
  v.u32("width", "in pixels", shape.width);
}

void describe(ProgramVisitor& v, array::Window& window) {
  v.u16("kernel_height", "size of the window in pixels", window.kernel_height);
  v.u16("kernel_width", "", window.kernel_width);
  v.u16("stride_height", "pixels from place to place", window.stride_height);
  v.u16("stride_width", "", window.stride_width);
  v.u16("dilation_height", "pixels from tap to tap", window.dilation_height);
  v.u16("dilation_width", "", window.dilation_width);
  v.u16("pad_top", "pixels round the tensor", window.pad_top);
  v.u16("pad_left", "", window.pad_left);
  v.u16("pad_bottom", "", window.pad_bottom);
  v.u16("pad_right", "", window.pad_right);
}

void describe(ProgramVisitor& v, array::Clamp& clamp) {
  v.real("minimum", "least real value that the activation lets through; may be infinite", clamp.minimum);
  v.real("maximum", "largest one", clamp.maximum);
}

void describe(ProgramVisitor& v, array::VectorOp& op) {
  v.u8("operation",
       "0 add, 1 max_pool, 2 average_pool, 3 global_average_pool, 4 concat, 5 slice, 6 pad, 7 clip, 8 "
       "flatten, "
       "9 softmax",
       op.kind, static_cast<std::uint64_t>(array::VectorKind::softmax));
  describe(v, op.window);
  v.flag("count_padding", "average_pool divides by the full window", op.count_padding);
  for (std::size_t& start : op.start)
    v.u32("start", "slice: first index along channels, height, width", start);
  for (std::size_t& step : op.step) v.u32("step", "slice: step along channels, height, width", step);
  for (std::size_t& before : op.pad_before)
    v.u32("pad_before", "pad: zero points before channels, height, width", before);
  describe(v, op.clamp);
}

}  // namespace

std::size_t least_layer_bytes() {
  static const std::size_t bytes = measured<ProgramLayer>();
  return bytes;
}

std::size_t least_tensor_bytes() {
  static const std::size_t bytes = measured<BufferTensor>();
  return bytes;
}

CommandKind kind_of(const Command& command) {
  CommandKind found{};
  for_each_kind([&](const CommandKind& kind, const auto& example) {
    if (std::holds_alternative<std::decay_t<decltype(example)>>(command.work)) found = kind;
  });
  return found;
}

void describe(ProgramVisitor& v, Program& program) {
  v.memory("input_address", "where the host writes an image", program.input_address);
  v.u64("input_bytes", "its length", program.input_bytes);
  describe(v, program.input_encoding);
  v.memory("output_address", "where the host finds what came out", program.output_address);
  v.u64("output_bytes", "its length", program.output_bytes);
  describe(v, program.output_encoding);
  v.u32("images", "that one execution computes, at least 1", program.images);
  v.u64("input_stride", "bytes from one image's input to the next", program.input_stride);
  v.u64("output_stride", "bytes from one image's output to the next", program.output_stride);
}

void describe(ProgramVisitor& v, ProgramLayer& layer) {
  v.flag("matrix", "arrays compute the layer", layer.matrix);
  v.u32("group", "of arrays, unless the routing table says another", layer.group);
  describe(v, layer.shape.input);
  describe(v, layer.shape.window);
  v.u32("groups", "of the convolution", layer.shape.groups);
  v.u32("out_channels", "of the convolution; 0: the layer is none", layer.shape.out_channels);
  v.u8("zero_point_pattern", "what padding reads", layer.zero_point_pattern);
  v.flag("input_signed", "the vector unit reads activations as two's complement", layer.input_signed);
  describe(v, layer.output);
  describe(v, layer.clamp);
}

void describe(ProgramVisitor& v, Command& command) {
  v.u32("layer", "that the command belongs to, counted from 0", command.layer);
  v.u32("image", "that it works on, counted from 0", command.image);
  v.list("after", "earlier commands that must be complete before this one begins", 4, command.after,
         [](ProgramVisitor& each, CommandIndex& index) { each.u32("command", "counted from 0", index); });
}

void describe(ProgramVisitor& v, LoadTensor& work) {
  v.memory("memory_address", "first byte", work.memory_address);
  v.buffer("buffer_address", "where it goes, padding first", work.buffer_address);
  v.u32("bytes", "of a row, at least 1", work.bytes);
  v.u32("rows", "at least 1", work.rows);
  v.u32("memory_stride", "bytes from row to row", work.memory_stride);
  v.u32("buffer_stride", "bytes from row to row, padding included; at least a row where there are several",
        work.buffer_stride);
  v.u32("pad_before", "bytes of padding before each row", work.pad_before);
  v.u32("pad_after", "bytes of padding after each row", work.pad_after);
  v.u32("pad_rows_before", "rows of padding before the first", work.pad_rows_before);
  v.u32("pad_rows_after", "rows of padding after the last", work.pad_rows_after);
  v.u8("pad_pattern", "what padding is", work.pad_pattern);
}

void describe(ProgramVisitor& v, LoadWeights& work) {
  v.u32("part", "piece of the layer's M, and so the array", work.part);
  v.memory("memory_address", "k x n weights, row by row", work.memory_address);
  v.u32("slot", "tile's place in the weight buffer", work.slot);
  v.u32("bytes", "how many, at least 1", work.bytes);
}

void describe(ProgramVisitor& v, Matmul& work) {
  v.u32("part", "piece of the layer's M, and so the array", work.part);
  v.u32("slot", "of the weights", work.slot);
  v.u32("group", "of the convolution", work.group);
  v.u32("first_m", "first vector: output pixel in row-major order", work.first_m);
  v.u32("m", "vectors", work.m);
  v.u32("first_k", "first element of K", work.first_k);
  v.u32("k", "elements of K, one a row of the array", work.k);
  v.u32("n", "output channels, one a column", work.n);
  v.buffer("input_address", "of row input_row of the input tensor", work.input_address);
  v.u32("input_row", "the first row that is in the buffer", work.input_row);
  v.u8("half", "of the accumulators", work.half, 1);
  v.flag("first_tile", "sums replace what the half holds; else they are added", work.first_tile);
}

void describe(ProgramVisitor& v, Requantise& work) {
  v.u32("part", "piece of the layer's M, and so the array", work.part);
  v.u8("half", "of its accumulators", work.half, 1);
  v.u32("first_m", "first output pixel", work.first_m);
  v.u32("m", "pixels", work.m);
  v.u32("first_channel", "first output channel", work.first_channel);
  v.u32("n", "channels", work.n);
  v.buffer("constants_address", "int32 corrections, then double multipliers, of all channels",
           work.constants_address);
  v.buffer("output_address", "of pixel output_m of the output tensor", work.output_address);
  v.u32("output_m", "the first pixel that has a place in the buffer", work.output_m);
}

void describe(ProgramVisitor& v, Depthwise& work) {
  v.u32("first_row", "first output row", work.first_row);
  v.u32("rows", "output rows", work.rows);
  v.buffer("constants_address",
           "int32 corrections, then double multipliers, of all channels, then int8 weights [tap][channel]",
           work.constants_address);
  v.buffer("input_address", "of row input_row of the input tensor", work.input_address);
  v.u32("input_row", "the first row that is in the buffer", work.input_row);
  v.buffer("output_address", "of row output_row of the output tensor", work.output_address);
  v.u32("output_row", "the first row that has a place in the buffer", work.output_row);
}

void describe(ProgramVisitor& v, BufferTensor& tensor) {
  v.buffer("address", "of the tensor", tensor.address);
  describe(v, tensor.shape);
  describe(v, tensor.encoding);
}

void describe(ProgramVisitor& v, VectorCompute& work) {
  describe(v, work.op);
  describe(v, work.output);
  v.list("inputs", "tensors that are read", least_tensor_bytes(), work.inputs,
         [](ProgramVisitor& each, BufferTensor& tensor) { describe(each, tensor); });
}

void describe(ProgramVisitor& v, Store& work) {
  v.buffer("buffer_address", "first byte", work.buffer_address);
  v.memory("memory_address", "where it goes", work.memory_address);
  v.u32("bytes", "of a row, at least 1", work.bytes);
  v.u32("rows", "at least 1", work.rows);
  v.u32("memory_stride", "bytes from row to row", work.memory_stride);
  v.u32("buffer_stride", "bytes from row to row; at least a row where there are several", work.buffer_stride);
}

void describe(ProgramVisitor&, Fence&) {}

}  // namespace neartile::router
