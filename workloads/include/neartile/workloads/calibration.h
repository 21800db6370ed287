#pragma once

#include <vector>

#include "neartile/workloads/images.h"
#include "neartile/workloads/network.h"

namespace neartile::workloads {

/// Smallest and largest value of a tensor over the calibration images.
struct Range {
  float minimum = 0;
  float maximum = 0;
};

/// Ranges by TensorIndex: the input's first, then each node's output after its fused activation.
using Calibration = std::vector<Range>;

Calibration calibrate(const Network& network, const Images& images, const Preprocessing& preprocessing);

}  // namespace neartile::workloads
