#pragma once

#include "neartile/pe/format.h"
#include "neartile/workloads/drawn_operands.h"
#include "neartile/workloads/quantisation.h"

namespace neartile::workloads {

/// Connects the layers of a table, which are shapes, into a network that can be compiled. A layer reads the
/// latest tensor of its input's shape. Where none has it, vector nodes `NAME.cut` and `NAME.padded` make one
/// of the tensor before.
Network connect(const Network& table);

/// A connected table in integers: the weights that draw_operands() draws for each layer, and requantisers
/// that give outputs about the spread of its activations.
QuantisedNetwork draw_network(const OperandSettings& settings, const Network& table, pe::Format format);

}  // namespace neartile::workloads
