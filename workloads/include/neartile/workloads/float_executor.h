#pragma once

#include <functional>
#include <span>
#include <vector>

#include "neartile/workloads/images.h"
#include "neartile/workloads/network.h"

namespace neartile::workloads {

/// Sees each tensor of a float run, HWC: tensor 0 is the input, i + 1 node i's output.
using TensorObserver = std::function<void(TensorIndex tensor, std::span<const float> values)>;

/// Runs one preprocessed image (HWC) through the float network; returns the output, in CHW order.
std::vector<float> run_float(const Network& network, std::span<const float> input,
                             const TensorObserver& observe = {});

/// Float outputs of all images, on all cores: count x outputs. `progress` gets each finished count.
std::vector<float> run_float(const Network& network, const Images& images, const Preprocessing& preprocessing,
                             const std::function<void(std::size_t)>& progress = {});

}  // namespace neartile::workloads
