#include "tile_streams.h"

#include <algorithm>

#include "buffer_stream.h"

namespace neartile::sc_models {

memory::SramStream activation_words(const array::ConvolutionShape& shape, const router::Matmul& tile,
                                    std::uint64_t rows, const array::ArrayConfig& config,
                                    const array::TileTiming& timing, std::uint64_t ready) {
  const std::uint64_t channels = shape.group_channels(), first = tile.first_k % channels;
  // K of one tap is a part of its channels; of several taps, all of them.
  const bool one_tap = first + tile.k <= channels;
  memory::SramStream words;
  words.address = tile.group * channels + (one_tap ? first : 0);
  words.run_bytes = one_tap ? tile.k : channels;
  words.runs = rows * shape.input.width;
  words.stride_bytes = shape.input.channels;
  const std::uint64_t ahead =
      std::min(config.rows, timing.stream_start - std::min(timing.stream_start, ready));
  words.start_cycle = timing.stream_start - ahead;
  words.cycles = tile.m;
  return words;
}

memory::SramStream weight_words(const router::Matmul& tile, const array::ArrayConfig& config,
                                const array::TileTiming& timing) {
  return in_one_run(tile.k * tile.n, timing.load_start, config.rows);
}

memory::SramStream sum_words(const router::Matmul& tile, const array::ArrayConfig& config,
                             const array::TileTiming& timing) {
  return in_one_run(tile.m * tile.n * 4, timing.stream_start + config.rows, tile.m);
}

}  // namespace neartile::sc_models
