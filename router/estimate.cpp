#include "neartile/router/estimate.h"

#include <algorithm>
#include <atomic>
#include <memory>

#include "estimate/array_sequence.h"
#include "estimate/operand_cache.h"
#include "estimate/tile_stream.h"
#include "neartile/array/cycle_law.h"
#include "neartile/workloads/parallel.h"

namespace neartile::router {
namespace {

using workloads::Network;

constexpr std::uint64_t most_pieces = 4096;  // of a layer on an array

Cycles part_cycles(const PartTiles& tiles, const array::ArrayConfig& array) {
  array::TileSchedule schedule(array);
  Cycles end;
  for (std::uint64_t i = 0; i < tiles.count(); ++i)
    end = Cycles(schedule.place(0, tiles.at(i).vectors.count).end);
  return end;
}

// Some tiles of a node, one after the other on one array.
struct Piece {
  const ArraySequence* sequence = nullptr;
  std::size_t group = 0;
  std::size_t step = 0;  // of the sequence
  std::uint64_t first_tile = 0, end_tile = 0;
  array::TileTiming before;  // of the tile before the first, unless that was of another node
  std::uint64_t work = 0;

  std::size_t node() const { return sequence->nodes()[step]; }
};

class ToggleEstimate {
 public:
  ToggleEstimate(const Network& network, const Routing& routing, const ChipConfig& chip,
                 const workloads::OperandSource& operands, const EstimateOptions& options)
      : network_(network), chip_(chip), options_(options), cache_(operands, network.nodes.size()) {
    Cycles start;
    for (const Cycles cycles : estimate_cycles(network, routing, chip, options.mapping)) {
      starts_.push_back(start);
      start += cycles;
    }
    for (std::size_t g = 0; g < chip.arrays.size(); ++g) {
      types_.emplace_back(chip.arrays[g].array.pe);
      for (std::uint64_t part = 0; part < chip.arrays[g].count; ++part)
        add_pieces(*sequences_.emplace_back(
                       std::make_unique<ArraySequence>(network, routing, options.mapping, chip, g, part)),
                   g);
    }
    // In the network's order, whoever works: neighbours share operands.
    std::ranges::stable_sort(pieces_, {}, &Piece::node);
  }

  std::vector<traces::ToggleCounts> run() {
    std::vector<traces::ToggleCounts> of_piece(pieces_.size());
    const std::size_t threads = options_.threads == 0 ? workloads::worker_count() : options_.threads;
    // What a worker used last may be what it needs next.
    std::vector<OperandCache::Pointer> last_used(threads);
    workloads::parallel_for(
        pieces_.size(),
        [&](std::size_t worker, std::size_t i) {
          last_used[worker] = cache_.of(pieces_[i].node());
          of_piece[i] = toggles_of(pieces_[i]);
          report(pieces_[i].work);
        },
        threads);
    std::vector<traces::ToggleCounts> of_node(network_.nodes.size());
    for (std::size_t i = 0; i < pieces_.size(); ++i) of_node[pieces_[i].node()] += of_piece[i];
    return of_node;
  }

 private:
  void add_pieces(const ArraySequence& sequence, std::size_t group) {
    const array::ArrayConfig& array = chip_.arrays[group].array;
    for (std::size_t step = 0; step < sequence.nodes().size(); ++step) {
      const std::size_t node = sequence.nodes()[step];
      const PartTiles tiles = sequence.tiles(node);
      // A tile costs its MACs and a visit to every PE.
      const LayerTile first_tile = tiles.at(0);
      const std::uint64_t work = tiles.count() * (first_tile.vectors.count * first_tile.k * first_tile.n +
                                                  array.rows * array.columns);
      const std::uint64_t pieces =
          std::clamp<std::uint64_t>(work / options_.piece_macs, 1, std::min(tiles.count(), most_pieces));
      array::TileSchedule schedule(array);
      array::TileTiming timing;
      for (std::uint64_t p = 0; p < pieces; ++p) {
        const std::uint64_t first = tiles.count() * p / pieces, end = tiles.count() * (p + 1) / pieces;
        pieces_.push_back({&sequence, group, step, first, end, timing, work / pieces});
        for (std::uint64_t i = first; i < end; ++i)
          timing = schedule.place(starts_[node].count, tiles.at(i).vectors.count);
      }
      all_work_ += work;
    }
  }

  traces::ToggleCounts toggles_of(const Piece& piece) {
    const array::ArrayConfig& array = chip_.arrays[piece.group].array;
    TileStream stream(array, types_[piece.group]);
    bring_to_start(stream, piece);
    const std::size_t node = piece.node();
    const auto operands = cache_.of(node);
    const PartTiles tiles = piece.sequence->tiles(node);
    array::TileSchedule schedule =
        piece.first_tile == 0 ? array::TileSchedule(array) : array::TileSchedule(array, piece.before);
    traces::ToggleCounts toggles;
    for (std::uint64_t i = piece.first_tile; i < piece.end_tile; ++i) {
      const LayerTile tile = tiles.at(i);
      toggles += stream.run(network_.nodes[node].matrix()->shape, *operands, tile,
                            schedule.place(starts_[node].count, tile.vectors.count));
    }
    return toggles;
  }

  // Of tiles further back than the last one, and of nodes before, no time matters: they are long over.
  void bring_to_start(TileStream& stream, const Piece& piece) {
    const auto remembered = piece.sequence->remembered(piece.step, piece.first_tile);
    for (const auto& [node, tile] : remembered) {
      LayerTile last = tile;
      last.vectors = {tile.vectors.first + tile.vectors.count - 1, 1};
      const bool is_last = &tile == &remembered.back().tile;
      stream.run(network_.nodes[node].matrix()->shape, *cache_.of(node), last,
                 is_last ? piece.before : array::TileTiming{});
    }
  }

  void report(std::uint64_t work) {
    if (!options_.progress) return;
    const auto done = static_cast<double>(done_work_ += work);
    options_.progress(static_cast<std::size_t>(100 * done / static_cast<double>(all_work_)));
  }

  const Network& network_;
  const ChipConfig& chip_;
  const EstimateOptions& options_;
  OperandCache cache_;
  std::vector<Cycles> starts_;     // of nodes
  std::vector<pe::PeType> types_;  // by group
  std::vector<std::unique_ptr<ArraySequence>> sequences_;
  std::vector<Piece> pieces_;
  std::uint64_t all_work_ = 0;
  std::atomic<std::uint64_t> done_work_{0};
};

}  // namespace

std::vector<Cycles> estimate_cycles(const Network& network, const Routing& routing, const ChipConfig& chip,
                                    const Mapping& mapping) {
  std::vector<Cycles> cycles(network.nodes.size());
  for (std::size_t node = 0; node < network.nodes.size(); ++node) {
    const auto* matrix = network.nodes[node].matrix();
    if (!matrix) continue;
    const array::ConvolutionShape& shape = matrix->shape;
    const LayerMapping layer = mapping_of(mapping, node);
    if (layer.unit == LayerUnit::vector_unit) {
      cycles[node] = chip.vector_unit.depthwise_cycles(shape.output().elements(), shape.k());
      continue;
    }
    const LayerTiling tiling(shape, chip, routing.at(node), layer);
    // The last part has the most vectors or N tiles.
    cycles[node] = part_cycles(tiling.part(tiling.parts() - 1), chip.arrays[routing.at(node)].array);
  }
  return cycles;
}

std::vector<traces::ToggleCounts> estimate_toggles(const Network& network, const Routing& routing,
                                                   const ChipConfig& chip,
                                                   const workloads::OperandSource& operands,
                                                   const EstimateOptions& options) {
  return ToggleEstimate(network, routing, chip, operands, options).run();
}

}  // namespace neartile::router
