#include "lt_port.h"

#include <algorithm>
#include <cstring>

#include "transactions.h"

namespace neartile::sc_models {

using sc_core::sc_time;

LtPort::LtPort(sc_core::sc_module_name name, const Clock& clock, const memory::DmaConfig& config)
    : MemoryPort(name, clock, config), engines_(config.engines) {}

std::uint64_t LtPort::send_bursts(const Transfer& transfer, std::uint64_t start) {
  InFlight& in_flight = engines_.at(transfer.engine);
  std::uint64_t cycle = start, complete = start;
  bool ok = true;
  Bursts bursts(transfer.pieces, config());
  while (const auto burst = bursts.next()) {
    if (in_flight.size() == config().outstanding_bursts) {
      cycle = std::max(cycle, in_flight.front());
      in_flight.pop_front();
    }
    sc_time delay;
    ok = come_to(cycle, delay) && move(transfer.command, *burst, delay);
    if (!ok) break;
    in_flight.push_back(clock().cycle(sc_core::sc_time_stamp() + delay));
    complete = std::max(complete, in_flight.back());
    ++cycle;
  }
  if (stopped()) in_flight.clear();
  transfer.done(ok, std::max(cycle, complete));
  return cycle;
}

/// Sets `delay` to the time until a cycle, after a wait if that is beyond the quantum; false where the port
/// was stopped meanwhile.
bool LtPort::come_to(std::uint64_t cycle, sc_time& delay) {
  const auto until = [time = clock().time(cycle)] {
    return std::max(time, sc_core::sc_time_stamp()) - sc_core::sc_time_stamp();
  };
  delay = until();
  if (delay == sc_core::SC_ZERO_TIME) return !stopped();
  if (delay >= tlm::tlm_global_quantum::instance().compute_local_quantum()) {
    wait_or_stop(delay);
    delay = until();
  }
  return !stopped();
}

bool LtPort::move(tlm::tlm_command command, const Piece& burst, sc_time& delay) {
  const tlm::tlm_dmi* grant = regions_.find(command, burst.address, burst.bytes);
  if (grant == nullptr) return call(command, burst, delay);
  unsigned char* place = grant->get_dmi_ptr() + (burst.address - grant->get_start_address());
  const bool reads = command == tlm::TLM_READ_COMMAND;
  std::memcpy(reads ? burst.data : place, reads ? place : burst.data, burst.bytes);
  delay += reads ? grant->get_read_latency() : grant->get_write_latency();
  return true;
}

bool LtPort::call(tlm::tlm_command command, const Piece& burst, sc_time& delay) {
  tlm::tlm_generic_payload payload;
  prepare(payload, command, burst.address, burst.data, burst.bytes);
  socket->b_transport(payload, delay);
  const bool ok = payload.is_response_ok();
  if (ok && config().dmi && payload.is_dmi_allowed() && !stopped()) {
    tlm::tlm_dmi grant;
    prepare(payload, command, burst.address, burst.data, burst.bytes);
    if (socket->get_direct_mem_ptr(payload, grant)) regions_.add(grant);
  }
  return ok;
}

}  // namespace neartile::sc_models
