#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "neartile/array/cycle_law.h"

namespace neartile::router {
struct Command;
struct Program;
}  // namespace neartile::router

namespace neartile::sc_models {

/// When a command was at work, in cycles from the start of its program's execution.
struct CommandTimes {
  std::uint64_t begin = 0;          ///< its unit took it
  std::uint64_t free = 0;           ///< its unit, or that engine of it, could take another
  std::uint64_t end = 0;            ///< complete
  std::uint64_t unit = 0;           ///< the array; of a DMA command the engine
  array::TileTiming tile;           ///< of a MATMUL
  std::uint64_t buffer_cycles = 0;  ///< of a MATMUL: its stream began so much later for conflicts in buffers
};

/// One execution of a program, command by command.
struct ExecutionTimes {
  std::vector<CommandTimes> commands;
  std::uint64_t cycles = 0;  ///< until all is complete
};

/// Gets the times of an execution when it has ended without error.
using ExecutionObserver = std::function<void(const router::Program&, const ExecutionTimes&)>;

/// Bytes that a command moves between external memory and the chip.
std::uint64_t memory_bytes(const router::Command& command);

/// Where an image's layer ends: with its last command.
struct LayerEnd {
  std::uint64_t cycle = 0;
  std::uint32_t image = 0;
  std::uint32_t layer = 0;
};

/// The ends of all layers of all images, in their order; each has the cycles since the one before, so that
/// these add up to the last command's end.
std::vector<LayerEnd> layer_ends(const router::Program& program, const ExecutionTimes& times);

}  // namespace neartile::sc_models
