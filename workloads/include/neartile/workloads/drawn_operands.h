#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "neartile/pe/base/config.h"
#include "neartile/pe/format.h"
#include "neartile/workloads/layer_operands.h"
#include "neartile/workloads/network.h"

namespace neartile::workloads {

enum class ActivationKind : std::uint8_t {
  relu,    ///< 0, or |N(0, sigma)|
  centred  ///< the zero point, or N(zero point, sigma): zero point 128 in u8, 0 in s8
};

/// What one layer's operands are drawn from, independently of each other. docs/reference/networks.md has the
/// formulas and where the default figures come from.
struct OperandStatistics {
  double weight_sigma = 40;  ///< of N(0, sigma), clipped to -127 .. 127
  ActivationKind activations = ActivationKind::relu;
  double zero_percent = 50;      ///< activations that are the zero point
  double activation_sigma = 50;  ///< of the others, in u8 integers; s8 ones have half of it
  double repeat_percent = 30;    ///< activations that are those of the pixel before, in stream order
};

/// Statistics and seed of a network whose tensors one does not have.
struct OperandSettings {
  struct Layer {
    std::string name;
    OperandStatistics statistics;  ///< in place of the usual ones
  };
  std::uint64_t seed = 1;
  OperandStatistics usual;
  std::vector<Layer> layers;
};

/// Keys that a layer does not have are as the usual ones.
void describe(ConfigVisitor& visitor, OperandSettings& settings);

/// Those of a layer: its own, or the usual ones.
const OperandStatistics& statistics_of(const OperandSettings& settings, const std::string& layer);

/// Throws InputError at `place` where settings name a layer twice, or one that is no matrix layer.
void check_layers(const OperandSettings& settings, const Network& network, const std::string& place);

/// The operands of a matrix node. The same settings, node and shape give the same operands.
LayerOperands draw_operands(const OperandSettings& settings, const Network& network, std::size_t node,
                            pe::Format format);

}  // namespace neartile::workloads
