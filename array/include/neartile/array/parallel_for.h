#pragma once

#include <cstddef>
#include <functional>

namespace neartile::array {

/// How a caller lends its threads: calls body(worker, i) once for all i < count, on several threads if it
/// likes; worker < count, and each worker number runs one call at a time. Empty: the calling thread does all.
using ParallelFor = std::function<void(std::size_t count,
                                       const std::function<void(std::size_t worker, std::size_t i)>& body)>;

}  // namespace neartile::array
