// Compiled as C++17, as many platforms are.
#include "board.h"

static_assert(__cplusplus == 201703L, "compile this file as C++17");

Board::Board(sc_core::sc_module_name name, const neartile::router::ChipConfig& config)
    : sc_module(name), npu("npu", config), dram("dram", config.memory) {
  npu.memory.bind(dram.socket);
  npu.irq.bind(irq);
}
