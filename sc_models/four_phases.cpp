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
  sensitive << due_;
  dont_initialize();
}

tlm::tlm_sync_enum FourPhases::forward(int port, Payload& payload, const tlm::tlm_phase& phase,
                                       const sc_core::sc_time& delay) {
  if (phase == tlm::BEGIN_REQ) {
    acquire(payload);
    schedule(delay, {&FourPhases::arrive, port, &payload});
  } else if (phase == tlm::END_RESP && ports_[port].responding == &payload) {
    schedule(delay, {&FourPhases::end_response, port, &payload});
  }
  return tlm::TLM_ACCEPTED;
}

void FourPhases::schedule(const sc_core::sc_time& delay, Step step) {
  steps_.emplace(sc_core::sc_time_stamp() + delay, step);
  due_.notify(steps_.begin()->first - sc_core::sc_time_stamp());
}

void FourPhases::work() {
  const sc_core::sc_time now = sc_core::sc_time_stamp();
  while (!steps_.empty() && steps_.begin()->first <= now) {
    const Step step = steps_.begin()->second;
    steps_.erase(steps_.begin());
    (this->*step.act)(step.port, step.payload);
  }
  if (!steps_.empty()) due_.notify(steps_.begin()->first - now);
}

void FourPhases::arrive(int port, Payload* payload) {
  const Answer answer = serve_(*payload);
  schedule(answer.accepted, {&FourPhases::end_request, port, payload});
  schedule(answer.complete, {&FourPhases::be_ready, port, payload});
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
    schedule(delay, {&FourPhases::end_response, port, payload});
}

}  // namespace neartile::sc_models
