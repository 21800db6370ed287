#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "neartile/array/array_config.h"
#include "neartile/array/vector_unit_config.h"
#include "neartile/memory/buffer_config.h"
#include "neartile/memory/dma_config.h"
#include "neartile/memory/external_memory_config.h"

namespace neartile::router {

/// A group: equal arrays that share a layer's work. A chip's bank is a list of groups.
struct GroupConfig {
  std::string name;  ///< empty: the PE type's name
  std::uint64_t count = 1;
  array::ArrayConfig array;
};

/// The chip as plain data; docs/reference/chip.md lists every key.
struct ChipConfig {
  std::string name = "chip";
  double clock_MHz = 940;
  std::vector<GroupConfig> arrays{GroupConfig{}};
  std::uint64_t unified_buffer_KiB = 32768;
  std::uint64_t weight_buffer_KiB = 64;      ///< of each array
  std::uint64_t accumulator_vectors = 4096;  ///< of each array; two halves that alternate
  memory::BufferConfig unified_buffer, weight_buffer, accumulators;  ///< how they are built
  array::VectorUnitConfig vector_unit;
  memory::DmaConfig dma;
  memory::ExternalMemoryConfig memory;
};

void describe(ConfigVisitor& visitor, GroupConfig& config);
void describe(ConfigVisitor& visitor, ChipConfig& config);

/// Checks what single fields cannot: at least one group, PE types that exist, distinct group names, a
/// weight buffer of at least one tile, an HBM2 whose keys fit together; fills in empty group names. Throws
/// InputError at `place`.
void complete(ChipConfig& config, const std::string& place);

/// Arrays of the chip are numbered group by group: the first one's number.
std::uint64_t first_array(const ChipConfig& config, std::size_t group);
std::uint64_t array_count(const ChipConfig& config);

/// The group that `name` means: a group's name, or a PE type's name that only one group has. Throws
/// InputError at `place` that lists the names.
std::size_t find_group(const ChipConfig& config, const std::string& name, const std::string& place);

}  // namespace neartile::router
