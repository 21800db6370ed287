#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "layer_emitter.h"

namespace neartile::router {

/// Puts the layers of several images into one order in which groups and vector unit work side by side: the
/// program is written as if it were running, by estimated times, and each piece of work comes into it when it
/// would start. Oldest images first.
class ImageSchedule {
 public:
  ImageSchedule(LayerEmitter& emitter, const workloads::Network& network, const Program& program,
                const ChipConfig& chip, const Mapping& mapping, std::uint32_t images);

  void emit_all();

 private:
  using Time = std::uint64_t;  // cycles
  /// A layer whose inputs are there at `ready`.
  struct Waiting {
    LayerTask task;
    Time ready = 0;
    bool blocked = false;  ///< there was no room for it, and no layer has ended since
  };
  /// A layer on the arrays, part of which is in the program.
  struct Running {
    LayerTask task;
    MatrixRun run;
    std::vector<CommandIndex> done;
  };
  /// A group of arrays, or the vector unit: busy until `free`.
  struct Unit {
    Time free = 0;
    std::shared_ptr<Running> running;
  };

  std::size_t unit_of(std::size_t node) const;
  bool idle() const;
  void add_readers(std::uint32_t image, workloads::TensorIndex made, Time time);
  std::optional<std::size_t> next_to_begin(bool blocked_too) const;
  Time start_of(const Waiting& waiting) const;
  void begin(std::size_t waiting);
  void begin_alone(const LayerTask& task, Unit& unit);
  void next_block(Unit& unit, const array::ArrayConfig& array);
  void requantise(Running& running, Time time);
  void finish(const LayerTask& task, Time time);
  Time layer_cycles(std::size_t node) const;

  LayerEmitter& emitter_;
  const workloads::Network& network_;
  const Program& program_;
  const ChipConfig& chip_;
  const Mapping& mapping_;
  std::vector<Unit> units_;  // groups, then the vector unit
  std::vector<Waiting> waiting_;
  std::vector<std::vector<std::uint8_t>> open_inputs_;  // by image and node: inputs that are not made yet
  std::multimap<Time, std::function<void()>> pending_;
};

}  // namespace neartile::router
