#pragma once

#include <cstddef>
#include <functional>

namespace neartile::workloads {

/// Number of workers that parallel_for() starts at most unless it is told: one a core.
std::size_t worker_count();

/// Calls body(worker, i) for all i < count, in order of i, on `workers` threads; each worker number runs one
/// call at a time. The first exception ends the loop and is thrown here.
void parallel_for(std::size_t count, const std::function<void(std::size_t worker, std::size_t i)>& body,
                  std::size_t workers = worker_count());

}  // namespace neartile::workloads
