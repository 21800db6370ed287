#include "memory_layout.h"

#include <algorithm>
#include <cstring>

namespace neartile::router {

std::uint64_t MemoryLayout::reserve(std::uint64_t bytes) {
  constexpr std::uint64_t alignment = 64;
  const std::uint64_t address = next_;
  next_ += (bytes + alignment - 1) / alignment * alignment;
  program_.reserved_end = next_;
  return address;
}

std::uint64_t MemoryLayout::append(std::vector<std::uint8_t> bytes) {
  const std::uint64_t address = reserve(bytes.size());
  program_.memory.push_back({address, std::move(bytes)});
  return address;
}

std::vector<WeightTile> MemoryLayout::append_tiles(const workloads::QuantisedMatrix& matrix,
                                                   const array::ConvolutionShape& shape, std::size_t group,
                                                   const array::ArrayConfig& config) {
  const std::int8_t* weights = matrix.weights.data() + group * shape.k() * shape.n();
  std::vector<WeightTile> tiles;
  std::vector<std::uint8_t> bytes;
  for (std::uint64_t first_n = 0; first_n < shape.n(); first_n += config.columns) {
    const std::uint64_t n = std::min<std::uint64_t>(config.columns, shape.n() - first_n);
    for (std::uint64_t first_k = 0; first_k < shape.k(); first_k += config.rows) {
      const std::uint64_t k = std::min<std::uint64_t>(config.rows, shape.k() - first_k);
      tiles.push_back({bytes.size(), first_k, k, first_n, n});
      for (std::uint64_t row = 0; row < k; ++row) {
        const std::int8_t* first = weights + (first_k + row) * shape.n() + first_n;
        bytes.insert(bytes.end(), first, first + n);
      }
    }
  }
  const std::uint64_t base = append(std::move(bytes));
  for (WeightTile& tile : tiles) tile.address += base;
  return tiles;
}

namespace {

std::vector<std::uint8_t> constants_of(const workloads::QuantisedMatrix& matrix) {
  const std::size_t channels = matrix.correction.size();
  std::vector<std::uint8_t> bytes(constants_bytes(channels));
  std::memcpy(bytes.data(), matrix.correction.data(), channels * 4);
  std::memcpy(bytes.data() + channels * 4, matrix.multiplier.data(), channels * 8);
  return bytes;
}

}  // namespace

std::uint64_t MemoryLayout::append_constants(const workloads::QuantisedMatrix& matrix) {
  return append(constants_of(matrix));
}

std::uint64_t MemoryLayout::append_depthwise(const workloads::QuantisedMatrix& matrix,
                                             const array::ConvolutionShape& shape) {
  std::vector<std::uint8_t> bytes = constants_of(matrix);
  for (std::size_t tap = 0; tap < shape.k(); ++tap) {
    for (std::size_t channel = 0; channel < shape.out_channels; ++channel)
      bytes.push_back(static_cast<std::uint8_t>(matrix.weights[channel * shape.k() + tap]));
  }
  return append(std::move(bytes));
}

}  // namespace neartile::router
