#pragma once

#include <thread>
#include <vector>

#include "neartile/array/parallel_for.h"

namespace neartile::array::testing_support {

/// A thread for each call.
inline void lend_threads(std::size_t count, const std::function<void(std::size_t, std::size_t)>& body) {
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < count; ++i) threads.emplace_back([&body, i] { body(i, i); });
}

}  // namespace neartile::array::testing_support
