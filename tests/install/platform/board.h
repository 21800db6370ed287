#pragma once

#include <systemc>

#include "neartile/sc_models/chip.h"
#include "neartile/sc_models/external_memory.h"

/// A platform's hardware: the chip, its memory and the interrupt line.
struct Board : sc_core::sc_module {
  Board(sc_core::sc_module_name name, const neartile::router::ChipConfig& config);

  neartile::Chip npu;
  neartile::sc_models::ExternalMemory dram;
  sc_core::sc_signal<bool> irq{"irq"};
};
