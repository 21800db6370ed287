#include "neartile/sc_models/external_memory.h"

#include "four_phases.h"
#include "memory_access.h"
#include "neartile/memory/bandwidth.h"
#include "neartile/memory/paged_store.h"
#include "picoseconds.h"

namespace neartile::sc_models {

using sc_core::sc_time;
using Payload = tlm::tlm_generic_payload;

struct ExternalMemory::Parts {
  Parts(const memory::ExternalMemoryConfig& config, FourPhases::Send send)
      : size_bytes(config.size_MiB << 20),
        latency(config.latency_ns, sc_core::SC_NS),
        timing(config),
        phases(
            "phases",
            [this](Payload& payload) {
              return FourPhases::Answer{sc_core::SC_ZERO_TIME, serve(payload, sc_core::SC_ZERO_TIME)};
            },
            std::move(send)) {}

  /// Executes a transaction that arrives `delay` from now; returns the time from then until it is complete.
  sc_time serve(Payload& payload, const sc_time& delay) {
    const tlm::tlm_response_status answer = answer_of(payload, size_bytes);
    payload.set_response_status(answer);
    payload.set_dmi_allowed(answer == tlm::TLM_OK_RESPONSE);
    if (answer != tlm::TLM_OK_RESPONSE || payload.get_command() == tlm::TLM_IGNORE_COMMAND) return latency;
    move_data(payload, store);
    const std::uint64_t arrival = picoseconds(sc_core::sc_time_stamp() + delay);
    return time_of_ps(timing.complete(arrival, payload.get_data_length()) - arrival);
  }

  const std::uint64_t size_bytes;
  const sc_time latency;
  memory::BandwidthModel timing;
  memory::PagedStore store;
  FourPhases phases;
};

ExternalMemory::ExternalMemory(sc_core::sc_module_name name, const memory::ExternalMemoryConfig& config)
    : sc_module(name),
      parts_(std::make_unique<Parts>(
          config, [this](int port, Payload& payload, tlm::tlm_phase& phase, sc_time& delay) {
            return socket[port]->nb_transport_bw(payload, phase, delay);
          })) {
  socket.register_b_transport(this, &ExternalMemory::b_transport);
  socket.register_nb_transport_fw(this, &ExternalMemory::nb_transport_fw);
  socket.register_get_direct_mem_ptr(this, &ExternalMemory::get_direct_mem_ptr);
  socket.register_transport_dbg(this, &ExternalMemory::transport_dbg);
}

ExternalMemory::~ExternalMemory() = default;

void ExternalMemory::b_transport(int, Payload& payload, sc_time& delay) {
  delay += parts_->serve(payload, delay);
}

tlm::tlm_sync_enum ExternalMemory::nb_transport_fw(int port, Payload& payload, tlm::tlm_phase& phase,
                                                   sc_time& delay) {
  return parts_->phases.forward(port, payload, phase, delay);
}

bool ExternalMemory::get_direct_mem_ptr(int, Payload& payload, tlm::tlm_dmi& dmi) {
  return grant_page(payload, parts_->store, parts_->size_bytes, parts_->latency, dmi);
}

unsigned ExternalMemory::transport_dbg(int, Payload& payload) {
  return move_debug_data(payload, parts_->store, parts_->size_bytes);
}

}  // namespace neartile::sc_models
