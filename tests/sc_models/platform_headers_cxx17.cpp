// What a platform includes to hold the chip compiles as C++17, as SystemC 2.3 platforms do.
#include <cstddef>

#include "neartile/sc_models/chip.h"
#include "neartile/sc_models/driver/neartile_registers.h"
#include "neartile/sc_models/external_memory.h"
#include "neartile/sc_models/hbm2.h"
#include "neartile/sc_models/host_map.h"
#include "neartile/sc_models/status_repair.h"

static_assert(__cplusplus == 201703L, "compile this file as C++17");

// A platform's use of the chip, so that the headers' contents are compiled and not only read.
std::size_t hold_the_chip(neartile::router::ChipConfig config) {
  complete(config, "platform");
  neartile::Chip chip("chip", config);
  neartile::sc_models::ExternalMemory memory("memory", config.memory);
  neartile::sc_models::StatusRepair repair("repair");
  chip.memory.bind(repair.upstream);
  repair.downstream.bind(memory.socket);
  neartile::sc_models::Hbm2 hbm2("hbm2", {});
  return hbm2.counts().size() + chip.counters().size() + NEARTILE_DOORBELL +
         neartile::sc_models::host_map::buffer_window;
}
