#include "program_bytes/checks.h"

#include <algorithm>
#include <limits>

#include "layer_tiles.h"
#include "memory_layout.h"

namespace neartile::router {

using Code = ProgramErrorCode;

namespace {

constexpr std::uint64_t memory_end = std::numeric_limits<std::uint64_t>::max();

Code convolution(const array::ConvolutionShape& shape) {
  if (!is_possible(shape.input) || !is_possible(shape.window) || shape.groups == 0 ||
      shape.input.channels % shape.groups != 0 || shape.out_channels % shape.groups != 0)
    return Code::shape;
  return is_possible(shape.output()) ? Code::none : Code::shape;
}

}  // namespace

ProgramChecks::ProgramChecks(const Program& program, const ChipConfig& chip)
    : program_(program), chip_(chip) {}

Code ProgramChecks::header() const {
  if (!is_possible(program_.input_encoding) || !is_possible(program_.output_encoding)) return Code::encoding;
  if (program_.images == 0) return Code::value;
  for (const ProgramLayer& l : program_.layers) {
    if (const Code code = layer(l); code != Code::none) return code;
  }
  return Code::none;
}

Code ProgramChecks::layer(const ProgramLayer& layer) const {
  if (!is_possible(layer.output) || !is_possible(layer.clamp)) return Code::encoding;
  if (layer.group >= chip_.arrays.size()) return Code::part;
  // A layer that is no convolution has no shape of its own.
  if (!layer.matrix && layer.shape.out_channels == 0) return Code::none;
  return convolution(layer.shape);
}

/// Of each kind of work, with its layer.
struct ProgramChecks::OfWork {
  const ChipConfig& chip;
  const ProgramLayer& layer;

  std::uint64_t buffer_bytes() const { return chip.unified_buffer_KiB * 1024; }
  bool in_buffer(std::uint64_t address, std::uint64_t bytes) const {
    return is_inside(address, bytes, buffer_bytes());
  }
  const array::ArrayConfig& array() const { return chip.arrays[layer.group].array; }
  std::uint64_t tile_bytes() const { return array().rows * array().columns; }
  bool has_slot(std::uint32_t slot) const { return slot < chip.weight_buffer_KiB * 1024 / tile_bytes(); }

  /// The input rows that make output rows `rows`, where row `first` of the input is at `address`.
  bool has_input_rows(std::uint64_t address, std::uint64_t first, array::RowRange rows) const {
    const array::TensorShape& input = layer.shape.input;
    const array::RowRange needed = array::input_rows(layer.shape.window, input.height, rows);
    return needed.count == 0 ||
           (first <= needed.first &&
            in_buffer(address, (needed.first + needed.count - first) * input.width * input.channels));
  }

  /// Work of an array belongs to a matrix layer and to one of its group's arrays.
  Code of_array(Part part) const {
    if (!layer.matrix) return Code::layer;
    return part < chip.arrays[layer.group].count ? Code::none : Code::part;
  }

  // Fields have 32 bits, so that no product of two overflows.
  bool has_rows(std::uint64_t address, std::uint64_t row_bytes, std::uint64_t rows, std::uint64_t stride,
                std::uint64_t end) const {
    return rows > 0 && row_bytes > 0 && is_inside(address, (rows - 1) * stride + row_bytes, end);
  }
  Code operator()(const LoadTensor& work) const {
    const std::uint64_t row = work.pad_before + work.bytes + work.pad_after,
                        rows = work.pad_rows_before + work.rows + work.pad_rows_after;
    return work.rows > 0 && work.bytes > 0 && (rows == 1 || work.buffer_stride >= row) &&
                   has_rows(work.buffer_address, row, rows, work.buffer_stride, buffer_bytes()) &&
                   has_rows(work.memory_address, work.bytes, work.rows, work.memory_stride, memory_end)
               ? Code::none
               : Code::address;
  }
  Code operator()(const Store& work) const {
    return (work.rows == 1 || work.buffer_stride >= work.bytes) &&
                   has_rows(work.buffer_address, work.bytes, work.rows, work.buffer_stride, buffer_bytes()) &&
                   has_rows(work.memory_address, work.bytes, work.rows, work.memory_stride, memory_end)
               ? Code::none
               : Code::address;
  }
  Code operator()(const LoadWeights& work) const {
    if (const Code code = of_array(work.part); code != Code::none) return code;
    if (!has_slot(work.slot) || work.bytes > tile_bytes()) return Code::weights;
    return is_inside(work.memory_address, work.bytes, memory_end) ? Code::none : Code::address;
  }
  Code operator()(const Matmul& work) const {
    if (const Code code = of_array(work.part); code != Code::none) return code;
    if (!has_slot(work.slot)) return Code::weights;
    const array::ConvolutionShape& shape = layer.shape;
    if (work.group >= shape.groups || !is_inside(work.first_m, work.m, shape.m()) ||
        !is_inside(work.first_k, work.k, shape.k()) || work.n == 0 || work.n > shape.n() ||
        work.m > chunk_depth(chip) || work.k > array().rows || work.n > array().columns)
      return Code::tile;
    const std::uint64_t width = shape.output().width, first_row = work.first_m / width;
    return has_input_rows(work.input_address, work.input_row,
                          {first_row, (work.first_m + work.m - 1) / width - first_row + 1})
               ? Code::none
               : Code::address;
  }
  Code operator()(const Requantise& work) const {
    if (const Code code = of_array(work.part); code != Code::none) return code;
    const array::ConvolutionShape& shape = layer.shape;
    if (!is_inside(work.first_m, work.m, shape.m()) ||
        !is_inside(work.first_channel, work.n, shape.out_channels) || work.m > chunk_depth(chip) ||
        work.n > array().columns)
      return Code::tile;
    return in_buffer(work.constants_address, constants_bytes(shape.out_channels)) &&
                   work.output_m <= work.first_m &&
                   in_buffer(work.output_address,
                             (work.first_m + work.m - work.output_m) * shape.out_channels)
               ? Code::none
               : Code::address;
  }
  Code operator()(const Depthwise& work) const {
    const array::ConvolutionShape& shape = layer.shape;
    if (!shape.is_depthwise() || shape.out_channels == 0) return Code::layer;
    const array::TensorShape out = shape.output();
    if (!is_inside(work.first_row, work.rows, out.height) || work.output_row > work.first_row)
      return Code::tile;
    const std::uint64_t weights = shape.k() * shape.out_channels,
                        output_rows = work.first_row + work.rows - work.output_row;
    return in_buffer(work.constants_address, constants_bytes(shape.out_channels) + weights) &&
                   has_input_rows(work.input_address, work.input_row, {work.first_row, work.rows}) &&
                   in_buffer(work.output_address, output_rows * out.width * out.channels)
               ? Code::none
               : Code::address;
  }
  Code operator()(const VectorCompute& work) const { return check_vector(work, buffer_bytes()); }
  Code operator()(const Fence&) const { return Code::none; }
};

Code ProgramChecks::command(CommandIndex index, const Command& command) const {
  if (command.layer >= program_.layers.size()) return Code::layer;
  if (command.image >= program_.images) return Code::value;
  const auto is_late = [index](CommandIndex before) { return before >= index; };
  if (std::any_of(command.after.begin(), command.after.end(), is_late)) return Code::dependency;
  return std::visit(OfWork{chip_, program_.layers[command.layer]}, command.work);
}

}  // namespace neartile::router
