#include "at_port.h"

#include "transactions.h"

namespace neartile::sc_models {

using sc_core::sc_time;

AtPort::AtPort(sc_core::sc_module_name name, const Clock& clock, const memory::DmaConfig& config)
    : MemoryPort(name, clock, config), bursts_of_engine_(config.engines) {
  sc_core::sc_spawn(
      [this] {
        while (true) {
          wait(calls_.due());
          calls_.make_due();
        }
      },
      "answer");
}

std::uint64_t AtPort::send_bursts(const Transfer& transfer, std::uint64_t start) {
  const auto open = std::make_shared<Open>(Open{transfer});
  std::uint64_t cycle = start;
  Bursts bursts(open->transfer.pieces, config());
  while (const auto burst = bursts.next()) {
    if (!await_turn(*open, cycle)) {
      open->ok = false;
      break;
    }
    begin(open, *burst);
    ++cycle;
  }
  open->sent = true;
  end_if_complete(*open);
  return cycle;
}

/// Waits until the engine may begin a request, at `cycle` or later; false where it shall not any more.
bool AtPort::await_turn(const Open& open, std::uint64_t& cycle) {
  const std::size_t& in_flight = bursts_of_engine_.at(open.transfer.engine);
  while (!stopped() && open.ok) {
    const sc_time due = clock().time(cycle), now = sc_core::sc_time_stamp();
    if (due > now) {
      wait_or_stop(due - now);
    } else if (requesting_ != nullptr || in_flight == config().outstanding_bursts) {
      wait_or_stop(change_);
      cycle = clock().cycle(sc_core::sc_time_stamp());
    } else {
      return true;
    }
  }
  return false;
}

void AtPort::begin(const std::shared_ptr<Open>& open, const Piece& burst) {
  Payload& payload = pool_.acquire();
  prepare(payload, open->transfer.command, burst.address, burst.data, burst.bytes);
  requesting_ = &payload;
  flights_.emplace(&payload, open);
  ++open->in_flight;
  ++bursts_of_engine_[open->transfer.engine];
  tlm::tlm_phase phase = tlm::BEGIN_REQ;
  sc_time delay;
  const tlm::tlm_sync_enum result = socket->nb_transport_fw(payload, phase, delay);
  if (result == tlm::TLM_COMPLETED) {
    calls_.after(delay, [this, &payload] { take_response(payload, false); });
  } else if (result == tlm::TLM_UPDATED) {
    nb_transport_bw(payload, phase, delay);
  }
}

tlm::tlm_sync_enum AtPort::nb_transport_bw(Payload& payload, tlm::tlm_phase& phase, sc_time& delay) {
  if (phase == tlm::END_REQ) calls_.after(delay, [this, &payload] { end_request(payload); });
  if (phase == tlm::BEGIN_RESP) calls_.after(delay, [this, &payload] { take_response(payload, true); });
  return tlm::TLM_ACCEPTED;
}

void AtPort::end_request(Payload& payload) {
  if (requesting_ != &payload) return;
  requesting_ = nullptr;
  change_.notify(sc_core::SC_ZERO_TIME);
}

void AtPort::take_response(Payload& payload, bool ends_it) {
  end_request(payload);
  const auto flight = flights_.find(&payload);
  if (flight == flights_.end()) return;  // no transaction of ours, or not any more
  const std::shared_ptr<Open> open = flight->second;
  flights_.erase(flight);
  open->ok = open->ok && payload.is_response_ok() && !stopped();
  if (ends_it) {
    tlm::tlm_phase phase = tlm::END_RESP;
    sc_time delay;
    socket->nb_transport_fw(payload, phase, delay);
  }
  payload.release();
  --open->in_flight;
  --bursts_of_engine_[open->transfer.engine];
  change_.notify(sc_core::SC_ZERO_TIME);
  end_if_complete(*open);
}

void AtPort::end_if_complete(Open& open) {
  if (!open.sent || open.in_flight > 0) return;
  open.transfer.done(open.ok, clock().cycle(sc_core::sc_time_stamp()));
  note_idle();
}

}  // namespace neartile::sc_models
