#pragma once

#include <cstdint>

#include "neartile/array/array_config.h"
#include "neartile/array/cycle_law.h"
#include "neartile/array/im2col.h"
#include "neartile/memory/sram_model.h"
#include "neartile/router/program.h"

namespace neartile::sc_models {

// What a tile reads and writes in buffers, and when its array wants it.

/// The data set-up reads each pixel of the `rows` input rows that the tile's vectors cover once, of it the
/// channels that the tile's K has, and keeps what several vectors need. It runs up to R vectors ahead of the
/// stream, but not before `ready`. Addresses start with the first of these rows.
memory::SramStream activation_words(const array::ConvolutionShape& shape, const router::Matmul& tile,
                                    std::uint64_t rows, const array::ArrayConfig& config,
                                    const array::TileTiming& timing, std::uint64_t ready);

/// A row of weights a cycle.
memory::SramStream weight_words(const router::Matmul& tile, const array::ArrayConfig& config,
                                const array::TileTiming& timing);

/// A vector of sums a cycle, as they leave the bottom row.
memory::SramStream sum_words(const router::Matmul& tile, const array::ArrayConfig& config,
                             const array::TileTiming& timing);

}  // namespace neartile::sc_models
