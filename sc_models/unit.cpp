#include "unit.h"

#include <algorithm>

namespace neartile::sc_models {

const router::GroupConfig& group_of(const router::ChipConfig& chip, std::uint64_t array) {
  for (const router::GroupConfig& group : chip.arrays) {
    if (array < group.count) return group;
    array -= group.count;
  }
  sc_assert(!"an array of the chip");
  return chip.arrays.back();
}

std::uint64_t accumulator_half_bytes(const router::ChipConfig& chip, std::uint64_t array) {
  return std::max<std::uint64_t>(1, chip.accumulator_vectors / 2) * group_of(chip, array).array.columns * 4;
}

sc_core::sc_time Unit::until(std::uint64_t cycle) const {
  const sc_core::sc_time time = clock_.time(cycle), now = sc_core::sc_time_stamp();
  return std::max(time, now) - now;
}

void Unit::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  if (!payload.is_write() || payload.get_data_length() != sizeof(WorkOrder)) {
    payload.set_response_status(tlm::TLM_COMMAND_ERROR_RESPONSE);
    return;
  }
  auto& order = *reinterpret_cast<WorkOrder*>(payload.get_data_ptr());
  const sc_core::sc_time arrival = sc_core::sc_time_stamp() + delay;
  try {
    const Execution execution = execute(order, clock_.cycle(arrival));
    order.busy = until(execution.free);
    order.tile = execution.tile;
    order.buffer_cycles = execution.buffer_cycles;
    order.finishes_later = execution.complete == Execution::later;
    delay = order.finishes_later ? sc_core::SC_ZERO_TIME : until(execution.complete);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  } catch (const TransferError&) {
    payload.set_response_status(tlm::TLM_GENERIC_ERROR_RESPONSE);
  }
}

}  // namespace neartile::sc_models
