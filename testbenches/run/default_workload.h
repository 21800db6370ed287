#pragma once

#include <cstddef>

#include "neartile/workloads/workload.h"

namespace neartile {

/// The small network inside the program with drawn images: the same on every machine.
workloads::Workload default_workload(std::size_t images);

}  // namespace neartile
