#pragma once

#include <vector>

#include "neartile/router/compiler.h"
#include "support/small_networks.h"

namespace neartile::testing_support {

/// A chip of two groups of 4 x 4 arrays with buffers that are soon full.
inline router::ChipConfig tiny_chip() {
  router::ChipConfig chip;
  router::GroupConfig group;
  group.array.rows = group.array.columns = 4;
  chip.arrays = {group, group};
  chip.arrays[0].count = 2;
  chip.arrays[1].count = 2;
  chip.arrays[1].array.pe.multiplier = "truncated(4)";
  chip.unified_buffer_KiB = 4;
  chip.weight_buffer_KiB = 1;
  chip.accumulator_vectors = 24;
  chip.dma.burst_bytes = 64;
  chip.memory.size_MiB = 1;
  complete(chip, "test");
  return chip;
}

/// Convolutions of three sorts, a residual sum, pooling and a fully connected layer, in about 100 commands.
inline workloads::QuantisedNetwork tiny_network() {
  NetworkBuilder net({2, 5, 5}, 1);
  const auto stem = net.convolution(0, 4, window(3, 1, 1));
  const auto depthwise = net.convolution(stem, 4, window(3, 1, 1), 4);
  array::VectorOp sum;
  const auto both = net.vector({stem, depthwise}, sum, {4, 5, 5});
  array::VectorOp pool;
  pool.kind = array::VectorKind::max_pool;
  pool.window = window(2, 2);
  const auto pooled = net.vector({both}, pool, {4, 2, 2});
  array::VectorOp concat;
  concat.kind = array::VectorKind::concat;
  const auto wide = net.vector({pooled, pooled}, concat, {8, 2, 2});
  array::VectorOp average;
  average.kind = array::VectorKind::average_pool;
  average.window = window(2, 1, 1);
  net.fully_connected(net.vector({wide}, average, {8, 3, 3}), 5);
  return net.quantise();
}

/// tiny_network() on tiny_chip(), its layers by turns on both groups.
inline router::Program tiny_program() {
  const workloads::QuantisedNetwork network = tiny_network();
  router::Routing routing;
  for (std::size_t i = 0; i < network.network.nodes.size(); ++i) routing.push_back(i % 2);
  return compile(network, routing, tiny_chip());
}

}  // namespace neartile::testing_support
