#pragma once

#include <cstdint>
#include <vector>

#include "neartile/array/array_config.h"
#include "neartile/router/program.h"
#include "neartile/workloads/quantisation.h"

namespace neartile::router {

/// One weight tile of a layer: which part of the GEMM it holds and where it lies in external memory.
struct WeightTile {
  std::uint64_t address = 0;
  std::uint64_t first_k = 0, k = 0;
  std::uint64_t first_n = 0, n = 0;
  std::uint64_t bytes() const { return k * n; }
};

/// Lays a program's data out in external memory, one segment after the other.
class MemoryLayout {
 public:
  explicit MemoryLayout(Program& program) : program_(program) {}

  std::uint64_t reserve(std::uint64_t bytes);
  std::uint64_t append(std::vector<std::uint8_t> bytes);

  /// Cuts one convolution group's K x N weights into tiles of at most rows x columns (N tiles outer, K
  /// tiles inner) and appends them, each k x n row by row.
  std::vector<WeightTile> append_tiles(const workloads::QuantisedMatrix& matrix,
                                       const array::ConvolutionShape& shape, std::size_t group,
                                       const array::ArrayConfig& config);

  /// Appends the requantiser's constants: int32 corrections, then double multipliers, of all channels.
  std::uint64_t append_constants(const workloads::QuantisedMatrix& matrix);

  /// The same, then a depthwise layer's weights as the vector unit takes them: [tap][channel].
  std::uint64_t append_depthwise(const workloads::QuantisedMatrix& matrix,
                                 const array::ConvolutionShape& shape);

 private:
  Program& program_;
  std::uint64_t next_ = 0;
};

/// Bytes of the constants of `channels` channels.
constexpr std::uint64_t constants_bytes(std::uint64_t channels) {
  return channels * (4 + 8);
}

}  // namespace neartile::router
