#include "neartile/sc_models/hbm2.h"

#include <algorithm>
#include <map>

#include "four_phases.h"
#include "memory_access.h"
#include "neartile/memory/paged_store.h"
#include "picoseconds.h"

namespace neartile::sc_models {

using sc_core::sc_time;
using Payload = tlm::tlm_generic_payload;

namespace {

const memory::Hbm2Config& checked(const memory::Hbm2Config& config, const char* name) {
  memory::check(config, name);
  return config;
}

}  // namespace

struct Hbm2::Parts {
  Parts(const memory::Hbm2Config& checked_config, FourPhases::Send send)
      : config(checked_config),
        size_bytes(memory::size_bytes(config)),
        model(config),
        phases(
            "phases", [this](Payload& payload) { return serve(payload, sc_core::SC_ZERO_TIME); },
            std::move(send)) {}

  /// Executes a transaction that arrives `delay` from now; times of the answer are from the arrival on.
  FourPhases::Answer serve(Payload& payload, const sc_time& delay);
  memory::Hbm2Times time_beats(const Payload& payload, std::uint64_t arrival_ps);

  const memory::Hbm2Config config;
  const std::uint64_t size_bytes;
  memory::Hbm2Model model;
  memory::PagedStore store;
  bool dmi_allowed = true;
  std::map<int, sc_time> request_free;  ///< by port: when the last blocking request was accepted
  FourPhases phases;
};

memory::Hbm2Times Hbm2::Parts::time_beats(const Payload& payload, std::uint64_t arrival_ps) {
  const std::uint64_t bytes = payload.get_data_length(), beat = beat_bytes(payload);
  memory::Hbm2Times all{arrival_ps, arrival_ps};
  for (std::uint64_t done = 0; done < bytes; done += beat) {
    const memory::Hbm2Times times =
        model.access(payload.is_write(), payload.get_address(), std::min(beat, bytes - done), arrival_ps);
    all.accepted_ps = std::max(all.accepted_ps, times.accepted_ps);
    all.complete_ps = std::max(all.complete_ps, times.complete_ps);
  }
  return all;
}

FourPhases::Answer Hbm2::Parts::serve(Payload& payload, const sc_time& delay) {
  const tlm::tlm_response_status answer = answer_of(payload, size_bytes);
  payload.set_response_status(answer);
  payload.set_dmi_allowed(answer == tlm::TLM_OK_RESPONSE && dmi_allowed);
  // What touches no bank is answered by the controller.
  if (answer != tlm::TLM_OK_RESPONSE || payload.get_command() == tlm::TLM_IGNORE_COMMAND)
    return {sc_core::SC_ZERO_TIME, sc_time(config.path_ns, sc_core::SC_NS)};
  move_data(payload, store);
  const std::uint64_t arrival = picoseconds(sc_core::sc_time_stamp() + delay);
  const memory::Hbm2Times times = time_beats(payload, arrival);
  return {time_of_ps(times.accepted_ps - arrival), time_of_ps(times.complete_ps - arrival)};
}

Hbm2::Hbm2(sc_core::sc_module_name module_name, const memory::Hbm2Config& config)
    : sc_module(module_name),
      parts_(std::make_unique<Parts>(
          checked(config, name()), [this](int port, Payload& payload, tlm::tlm_phase& phase, sc_time& delay) {
            return socket[port]->nb_transport_bw(payload, phase, delay);
          })) {
  socket.register_b_transport(this, &Hbm2::b_transport);
  socket.register_nb_transport_fw(this, &Hbm2::nb_transport_fw);
  socket.register_get_direct_mem_ptr(this, &Hbm2::get_direct_mem_ptr);
  socket.register_transport_dbg(this, &Hbm2::transport_dbg);
}

Hbm2::~Hbm2() = default;

// As in the four phases, a port's request begins when the one before it has been accepted.
void Hbm2::b_transport(int port, Payload& payload, sc_time& delay) {
  sc_time& free = parts_->request_free[port];
  const sc_time now = sc_core::sc_time_stamp();
  if (free > now + delay) delay = free - now;
  const FourPhases::Answer answer = parts_->serve(payload, delay);
  free = now + delay + answer.accepted;
  delay += answer.complete;
}

tlm::tlm_sync_enum Hbm2::nb_transport_fw(int port, Payload& payload, tlm::tlm_phase& phase, sc_time& delay) {
  return parts_->phases.forward(port, payload, phase, delay);
}

bool Hbm2::get_direct_mem_ptr(int, Payload& payload, tlm::tlm_dmi& dmi) {
  dmi.init();
  if (!parts_->dmi_allowed) return false;
  // An access by itself finds its row open, as often as not.
  const memory::Hbm2Config& config = parts_->config;
  const auto data_clocks = static_cast<double>(config.timing.RL_clocks + config.burst_length / 2);
  return grant_page(payload, parts_->store, parts_->size_bytes,
                    sc_time(config.path_ns + data_clocks * 1000 / config.clock_MHz, sc_core::SC_NS), dmi);
}

unsigned Hbm2::transport_dbg(int, Payload& payload) {
  return move_debug_data(payload, parts_->store, parts_->size_bytes);
}

void Hbm2::allow_dmi(bool allowed) {
  const bool taken_back = parts_->dmi_allowed && !allowed;
  parts_->dmi_allowed = allowed;
  if (!taken_back) return;
  for (unsigned port = 0; port < socket.size(); ++port)
    socket[static_cast<int>(port)]->invalidate_direct_mem_ptr(0, parts_->size_bytes - 1);
}

const std::vector<memory::Hbm2Counts>& Hbm2::counts() {
  parts_->model.idle_until(picoseconds(sc_core::sc_time_stamp()));
  return parts_->model.counts();
}

}  // namespace neartile::sc_models
