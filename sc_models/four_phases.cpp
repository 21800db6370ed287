#include "four_phases.h"

#include <utility>

namespace neartile::sc_models {
namespace {

// Who sends transactions without a memory manager keeps them alive by other means.
void acquire(tlm::tlm_generic_payload& payload) {
  if (payload.has_mm()) payload.acquire();
}
void release(tlm::tlm_generic_payload& payload) {
  if (payload.has_mm()) payload.release();
}

}  // namespace

FourPhases::FourPhases(sc_core::sc_module_name name, Serve serve, Send send)
    : sc_module(name), serve_(std::move(serve)), send_(std::move(send)) {
  SC_HAS_PROCESS(FourPhases);
  SC_METHOD(work);
  sensitive << calls_.due();
  dont_initialize();
}

tlm::tlm_sync_enum FourPhases::forward(int port, Payload& payload, const tlm::tlm_phase& phase,
                                       const sc_core::sc_time& delay) {
  if (phase == tlm::BEGIN_REQ) {
    acquire(payload);
    calls_.after(delay, [this, port, p = &payload] { arrive(port, p); });
  } else if (phase == tlm::END_RESP && ports_[port].responding == &payload) {
    calls_.after(delay, [this, port, p = &payload] { end_response(port, p); });
  }
  return tlm::TLM_ACCEPTED;
}

void FourPhases::arrive(int port, Payload* payload) {
  const Answer answer = serve_(*payload);
  calls_.after(answer.accepted, [this, port, payload] { end_request(port, payload); });
  calls_.after(answer.complete, [this, port, payload] { be_ready(port, payload); });
}

void FourPhases::end_request(int port, Payload* payload) {
  tlm::tlm_phase phase = tlm::END_REQ;
  sc_core::sc_time delay;
  send_(port, *payload, phase, delay);
}

void FourPhases::be_ready(int port, Payload* payload) {
  ports_[port].ready.push_back(payload);
  respond(port);
}

void FourPhases::end_response(int port, Payload* payload) {
  ports_[port].responding = nullptr;
  release(*payload);
  respond(port);
}

void FourPhases::respond(int port) {
  Port& state = ports_[port];
  if (state.responding != nullptr || state.ready.empty()) return;
  Payload* payload = state.responding = state.ready.front();
  state.ready.pop_front();
  tlm::tlm_phase phase = tlm::BEGIN_RESP;
  sc_core::sc_time delay;
  if (send_(port, *payload, phase, delay) != tlm::TLM_ACCEPTED)
    calls_.after(delay, [this, port, payload] { end_response(port, payload); });
}

}  // namespace neartile::sc_models
