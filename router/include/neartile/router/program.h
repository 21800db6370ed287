#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "neartile/array/im2col.h"
#include "neartile/array/tensor.h"
#include "neartile/array/vector_unit.h"

namespace neartile::router {

/// Commands are numbered in program order; a command may wait for earlier ones only.
using CommandIndex = std::uint32_t;
using LayerIndex = std::uint32_t;

/// A piece of a matrix layer's M that one array of the group computes; the controller's routing table
/// turns (layer, part) into an array.
using Part = std::uint32_t;

/// External memory to the unified buffer: `rows` rows of `bytes` bytes, each a stride after the one before.
/// In the buffer each row gets pad_before and pad_after bytes of pad_pattern round it, and there are
/// pad_rows_before and pad_rows_after rows of nothing else; buffer_address is that of the padding.
struct LoadTensor {
  std::uint64_t memory_address = 0;
  std::uint64_t buffer_address = 0;
  std::uint64_t bytes = 0;
  std::uint64_t rows = 1;
  std::uint64_t memory_stride = 0, buffer_stride = 0;
  std::uint64_t pad_before = 0, pad_after = 0;            ///< bytes
  std::uint64_t pad_rows_before = 0, pad_rows_after = 0;  ///< a buffer stride each
  std::uint8_t pad_pattern = 0;

  bool is_padded() const { return pad_before + pad_after + pad_rows_before + pad_rows_after > 0; }
};

/// External memory to a tile's place in the weight buffer of the part's array: k x n weights, row by row.
struct LoadWeights {
  Part part = 0;
  std::uint64_t memory_address = 0;
  std::uint32_t slot = 0;
  std::uint64_t bytes = 0;
};

/// One tile through the part's array: sums of vectors first_m .. first_m + m - 1 go to accumulator half
/// `half`, added to what is there unless `first_tile`.
struct Matmul {
  Part part = 0;
  std::uint32_t slot = 0;
  std::uint32_t group = 0;  ///< of the convolution
  std::uint64_t first_m = 0, m = 0;
  std::uint64_t first_k = 0, k = 0;
  std::uint64_t n = 0;
  std::uint64_t input_address = 0;  ///< in the unified buffer, of the input tensor's row input_row
  std::uint32_t half = 0;
  bool first_tile = true;
  std::uint64_t input_row = 0;  ///< the first row that is there
};

/// Accumulators to the unified buffer: n channels of m pixels, requantised.
struct Requantise {
  Part part = 0;
  std::uint32_t half = 0;
  std::uint64_t first_m = 0, m = 0;
  std::uint64_t first_channel = 0, n = 0;
  std::uint64_t constants_address = 0;  ///< int32 corrections, then double multipliers, of all channels
  std::uint64_t output_address = 0;     ///< of pixel output_m of the output tensor
  std::uint64_t output_m = 0;
};

/// A depthwise convolution on the vector unit: output rows first_row .. first_row + rows - 1 of all channels
/// with exact products, requantised.
struct Depthwise {
  std::uint64_t first_row = 0, rows = 0;
  std::uint64_t constants_address = 0;  ///< as Requantise's, then int8 weights [tap][channel]
  std::uint64_t input_address = 0;      ///< of row input_row of the input tensor
  std::uint64_t input_row = 0;
  std::uint64_t output_address = 0;  ///< of row output_row of the output tensor
  std::uint64_t output_row = 0;
};

/// An operand of a vector operation: a whole tensor in the unified buffer.
struct BufferTensor {
  std::uint64_t address = 0;
  array::TensorShape shape;
  array::Encoding encoding;
};

/// An operation of the vector unit on whole tensors.
struct VectorCompute {
  array::VectorOp op;
  std::vector<BufferTensor> inputs;
  BufferTensor output;
};

/// Unified buffer to external memory: rows as LoadTensor's.
struct Store {
  std::uint64_t buffer_address = 0;
  std::uint64_t memory_address = 0;
  std::uint64_t bytes = 0;
  std::uint64_t rows = 1;
  std::uint64_t memory_stride = 0, buffer_stride = 0;
};

/// Does nothing but complete after what it waits for.
struct Fence {};

struct Command {
  LayerIndex layer = 0;
  std::vector<CommandIndex> after;
  std::variant<LoadTensor, LoadWeights, Matmul, Requantise, Depthwise, VectorCompute, Store, Fence> work;
  std::uint32_t image = 0;  ///< of those that the program computes
};

/// What the controller knows of a layer: its routing table entry where the arrays compute it and, for
/// convolutions on any unit, the shape that data set-up and requantiser need.
struct ProgramLayer {
  std::string name;
  std::string type;
  bool matrix = false;      ///< the arrays compute it
  std::uint32_t group = 0;  ///< routed group of the chip
  array::ConvolutionShape shape;
  std::uint8_t zero_point_pattern = 0;  ///< what padding reads
  bool input_signed = false;            ///< how the vector unit reads activations
  array::Encoding output;
  array::Clamp clamp;
};

/// Bytes at an address of external memory.
struct MemorySegment {
  std::uint64_t address = 0;
  std::vector<std::uint8_t> bytes;
};

/// What the compiler makes and the controller executes, once for each image, or for `images` of them that are
/// on their way together. Then hazards are those of the program's own groups: no layer may be rerouted.
struct Program {
  std::vector<ProgramLayer> layers;
  std::vector<Command> commands;
  std::vector<MemorySegment> memory;  ///< weights and constants
  std::uint64_t input_address = 0, input_bytes = 0;
  std::uint64_t output_address = 0, output_bytes = 0;
  std::uint32_t images = 1;
  std::uint64_t input_stride = 0, output_stride = 0;  ///< bytes from one image to the next
  std::uint64_t reserved_end = 0;  ///< first address behind places for tensors that are stored meanwhile
  array::Encoding input_encoding, output_encoding;
};

/// The first address of external memory behind the program's data.
std::uint64_t data_end(const Program& program);

/// One line a command, for people.
std::string to_text(const Program& program);

}  // namespace neartile::router
