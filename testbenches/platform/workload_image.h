#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "neartile/router/program.h"

namespace neartile::platform {

/// A network with its images as memory holds them when firmware starts: segments by offset from the start of
/// memory, where firmware/workload.h's header is.
struct WorkloadImage {
  std::vector<router::MemorySegment> segments;
  std::uint64_t outputs_offset = 0, outputs_bytes = 0;  ///< where firmware leaves what came out
};

/// `inputs`: encoded images; `labels`: their right classes, empty where they are not known. Throws InputError
/// where the program cannot be encoded.
WorkloadImage workload_image(const router::Program& program,
                             const std::vector<std::vector<std::uint8_t>>& inputs,
                             const std::vector<std::int64_t>& labels);

/// All of it from the start of memory on, for loaders of other platforms.
std::string flat_bytes(const WorkloadImage& image);

}  // namespace neartile::platform
