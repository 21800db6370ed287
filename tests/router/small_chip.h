#pragma once

#include <string>
#include <vector>

#include "neartile/router/chip_config.h"
#include "neartile/workloads/network.h"

namespace neartile::router {

/// A complete chip with a group of one 8 x 8 array for each multiplier.
inline ChipConfig small_chip(const std::vector<std::string>& multipliers) {
  ChipConfig chip;
  chip.arrays.clear();
  for (const auto& multiplier : multipliers) {
    GroupConfig group;
    group.array.rows = group.array.columns = 8;
    group.array.pe.multiplier = multiplier;
    chip.arrays.push_back(group);
  }
  complete(chip, "small chip");
  return chip;
}

/// conv0, pool, conv1 .. conv(n - 1): names and kinds only.
inline workloads::Network named_network(std::size_t matrix_layers) {
  workloads::Network network;
  for (std::size_t i = 0; i < matrix_layers; ++i) {
    workloads::Node node;
    node.name = "conv" + std::to_string(i);
    node.layer = workloads::MatrixLayer{};
    network.nodes.push_back(node);
    if (i > 0) continue;
    node.name = "pool";
    node.layer = workloads::VectorLayer{};
    network.nodes.push_back(node);
  }
  return network;
}

}  // namespace neartile::router
