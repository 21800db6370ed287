#pragma once

#include <cstddef>
#include <functional>

namespace neartile::workloads {

/// Number of workers that parallel_for() starts at most: one a core.
std::size_t worker_count();

/// Calls body(worker, i) for all i < count on all cores; each worker number runs one call at a time.
/// The first exception ends the loop and is thrown here.
void parallel_for(std::size_t count, const std::function<void(std::size_t worker, std::size_t i)>& body);

}  // namespace neartile::workloads
