#include "platform/bus.h"

#include <algorithm>
#include <utility>

namespace neartile::platform {

using sc_core::sc_time;

namespace {

std::uint64_t most_bytes(const tlm::tlm_generic_payload& payload) {
  const unsigned width = payload.get_streaming_width();
  const unsigned bytes = payload.get_data_length();
  return width == 0 ? bytes : std::min(width, bytes);
}

}  // namespace

Bus::Bus(sc_core::sc_module_name name, std::vector<Window> windows)
    : sc_module(name), windows_(std::move(windows)) {
  initiator.bind(*this);
  targets.register_nb_transport_bw(this, &Bus::nb_transport_bw);
  targets.register_invalidate_direct_mem_ptr(this, &Bus::invalidate_direct_mem_ptr);
  sc_core::sc_spawn_options options;
  options.spawn_method();
  options.dont_initialize();
  options.set_sensitivity(&response_due_);
  sc_core::sc_spawn([this] { respond_next(); }, "respond_next", &options);
}

unsigned Bus::find(std::uint64_t address, std::uint64_t bytes) const {
  const auto holds = [&](const Window& window) {
    return address >= window.base && address - window.base < window.bytes &&
           bytes <= window.bytes - (address - window.base);
  };
  return static_cast<unsigned>(std::find_if(windows_.begin(), windows_.end(), holds) - windows_.begin());
}

void Bus::b_transport(Payload& payload, sc_time& delay) {
  const sc_dt::uint64 address = payload.get_address();
  const unsigned target = find(address, most_bytes(payload));
  if (target == windows_.size()) return payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
  payload.set_address(address - windows_[target].base);
  targets[static_cast<int>(target)]->b_transport(payload, delay);
  payload.set_address(address);
}

unsigned Bus::transport_dbg(Payload& payload) {
  const sc_dt::uint64 address = payload.get_address();
  const unsigned target = find(address, payload.get_data_length());
  if (target == windows_.size()) return 0;
  payload.set_address(address - windows_[target].base);
  const unsigned bytes = targets[static_cast<int>(target)]->transport_dbg(payload);
  payload.set_address(address);
  return bytes;
}

bool Bus::get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) {
  const sc_dt::uint64 address = payload.get_address();
  const unsigned target = find(address, 1);
  if (target == windows_.size()) {
    dmi.set_start_address(address);
    dmi.set_end_address(address);
    return false;
  }
  const Window& window = windows_[target];
  payload.set_address(address - window.base);
  const bool granted = targets[static_cast<int>(target)]->get_direct_mem_ptr(payload, dmi);
  payload.set_address(address);
  dmi.set_start_address(window.base + std::min<sc_dt::uint64>(dmi.get_start_address(), window.bytes - 1));
  dmi.set_end_address(window.base + std::min<sc_dt::uint64>(dmi.get_end_address(), window.bytes - 1));
  return granted;
}

void Bus::invalidate_direct_mem_ptr(int target, sc_dt::uint64 start, sc_dt::uint64 end) {
  const Window& window = windows_[static_cast<std::size_t>(target)];
  if (start >= window.bytes) return;
  initiator->invalidate_direct_mem_ptr(window.base + start,
                                       window.base + std::min<sc_dt::uint64>(end, window.bytes - 1));
}

tlm::tlm_sync_enum Bus::nb_transport_fw(Payload& payload, tlm::tlm_phase& phase, sc_time& delay) {
  return phase == tlm::BEGIN_REQ ? begin_request(payload, phase, delay) : end_response(payload, phase, delay);
}

// A transaction that a target may look at has the target's address; during calls to the initiator, and while
// it has the response, the initiator's.
tlm::tlm_sync_enum Bus::begin_request(Payload& payload, tlm::tlm_phase& phase, sc_time& delay) {
  const sc_dt::uint64 address = payload.get_address();
  const unsigned target = find(address, most_bytes(payload));
  if (target == windows_.size()) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    return tlm::TLM_COMPLETED;
  }
  payload.acquire();
  flights_[&payload] = {target, address};
  payload.set_address(address - windows_[target].base);
  const auto result = targets[static_cast<int>(target)]->nb_transport_fw(payload, phase, delay);
  if (result == tlm::TLM_COMPLETED) {
    payload.set_address(address);
    flights_.erase(&payload);
    payload.release();
  } else if (result == tlm::TLM_UPDATED && phase == tlm::BEGIN_RESP) {
    // One call ends the request and begins the response: the response has to wait for its turn.
    queue_response(payload, delay);
    phase = tlm::END_REQ;
  }
  return result;
}

tlm::tlm_sync_enum Bus::end_response(Payload& payload, tlm::tlm_phase& phase, sc_time& delay) {
  const Flight flight = flights_.at(&payload);
  const sc_time end = delay;
  payload.set_address(flight.address - windows_[flight.target].base);
  const auto result = targets[static_cast<int>(flight.target)]->nb_transport_fw(payload, phase, delay);
  payload.set_address(flight.address);
  finish(payload, end);
  return result;
}

void Bus::finish(Payload& payload, const sc_time& delay) {
  flights_.erase(&payload);
  payload.release();
  responding_ = nullptr;
  response_free_ = sc_core::sc_time_stamp() + delay;
  if (!waiting_.empty()) response_due_.notify(delay);
}

tlm::tlm_sync_enum Bus::call_initiator(Payload& payload, tlm::tlm_phase& phase, sc_time& delay) {
  const Flight flight = flights_.at(&payload);
  payload.set_address(flight.address);
  const bool responds = phase == tlm::BEGIN_RESP;
  const auto result = initiator->nb_transport_bw(payload, phase, delay);
  const bool with_initiator = responds && result == tlm::TLM_ACCEPTED;
  if (!with_initiator) payload.set_address(flight.address - windows_[flight.target].base);
  return result;
}

tlm::tlm_sync_enum Bus::nb_transport_bw(int, Payload& payload, tlm::tlm_phase& phase, sc_time& delay) {
  if (phase != tlm::BEGIN_RESP) return call_initiator(payload, phase, delay);
  if (responding_ != nullptr || !waiting_.empty() || sc_core::sc_time_stamp() + delay < response_free_) {
    queue_response(payload, delay);
    return tlm::TLM_ACCEPTED;
  }
  responding_ = &payload;
  const auto result = call_initiator(payload, phase, delay);
  if (result != tlm::TLM_ACCEPTED) finish(payload, delay);
  return result;
}

void Bus::queue_response(Payload& payload, const sc_time& delay) {
  waiting_.push_back({&payload, sc_core::sc_time_stamp() + delay});
  if (responding_ == nullptr) response_due_.notify(sc_core::SC_ZERO_TIME);
}

// Sends the response at the head of the queue, and tells its target when the initiator has taken it.
void Bus::respond_next() {
  if (responding_ != nullptr || waiting_.empty()) return;
  const sc_time due = std::max(waiting_.front().time, response_free_);
  if (due > sc_core::sc_time_stamp()) return response_due_.notify(due - sc_core::sc_time_stamp());
  Payload& payload = *waiting_.front().payload;
  waiting_.pop_front();
  responding_ = &payload;
  tlm::tlm_phase phase = tlm::BEGIN_RESP;
  sc_time delay = sc_core::SC_ZERO_TIME;
  if (call_initiator(payload, phase, delay) == tlm::TLM_ACCEPTED) return;
  phase = tlm::END_RESP;
  end_response(payload, phase, delay);
}

}  // namespace neartile::platform
