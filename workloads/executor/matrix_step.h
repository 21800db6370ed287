#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "executor/depthwise.h"
#include "neartile/array/gemm.h"
#include "neartile/workloads/quantisation.h"

namespace neartile::workloads {

/// Buffers of one worker thread, kept from layer to layer.
struct Scratch {
  std::vector<std::uint8_t> vectors;
  std::vector<std::int32_t> sums;
  std::vector<std::uint8_t> padded;
};

/// A matrix layer ready to run: weights packed once for the array it runs on.
class MatrixStep {
 public:
  MatrixStep(const QuantisedNetwork& network, std::size_t node, const pe::PeType& type, std::size_t rows);

  /// Output patterns of `images` images, one after the other in memory, as the inputs are. Vectors of
  /// several images share a GEMM: its preparations pay off over many rows.
  void run(const std::uint8_t* input, std::size_t images, std::uint8_t* output, Scratch& scratch) const;

 private:
  using Vectors = array::MatrixView<const std::uint8_t>;

  void run_depthwise(const std::uint8_t* input, std::size_t images, std::uint8_t* output,
                     Scratch& scratch) const;
  Vectors vectors(const std::uint8_t* input, std::size_t group, std::size_t first, std::size_t rows,
                  Scratch& scratch) const;
  Vectors gather(const std::uint8_t* input, std::size_t group, std::size_t first, std::size_t rows,
                 Scratch& scratch) const;
  void requantise(array::MatrixView<const std::int32_t> sums, std::size_t first_channel,
                  array::MatrixView<std::uint8_t> out) const;

  array::ConvolutionShape shape_;
  array::Encoding input_;
  array::Encoding output_;
  array::Clamp clamp_;
  std::vector<std::int32_t> correction_;
  std::vector<double> multiplier_;
  std::size_t block_rows_;              ///< activation vectors of one GEMM
  std::vector<array::Gemm> gemms_;      ///< by group
  std::optional<Depthwise> depthwise_;  ///< instead of gemms_
};

}  // namespace neartile::workloads
