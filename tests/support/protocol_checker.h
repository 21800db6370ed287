#pragma once

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <utility>

#include "support/protocol_rules.h"

namespace neartile::testing_support {

struct Breach {
  std::string_view rule;
  std::string detail;
};

/// Sits between an initiator socket and a target socket, passes every call through, and notes each breach of
/// the rules above. A breach that no test takes is a failure of the test.
class ProtocolChecker : public sc_core::sc_module,
                        private tlm::tlm_fw_transport_if<>,
                        private tlm::tlm_bw_transport_if<> {
 public:
  tlm::tlm_target_socket<32> upstream{"upstream"};         ///< the initiator binds here
  tlm::tlm_initiator_socket<32> downstream{"downstream"};  ///< binds to the target

  explicit ProtocolChecker(sc_core::sc_module_name module_name) : sc_module(module_name) {
    upstream.bind(*this);
    downstream.bind(*this);
  }
  ~ProtocolChecker() override {
    for (const Breach& breach : breaches_)
      ADD_FAILURE() << name() << ": " << breach.rule << ": " << breach.detail;
  }

  /// A rule that the test breaks on purpose goes unreported.
  void permit(std::string_view rule) { permitted_.insert(rule); }
  std::vector<Breach> take() { return std::exchange(breaches_, {}); }
  /// Transactions that were sent and have not come to their end.
  std::size_t in_flight() const { return flights_.size() + blocking_.size(); }

 private:
  using Payload = tlm::tlm_generic_payload;
  using Time = sc_core::sc_time;
  enum class State { requested, accepted, responding };
  struct Flight {
    State state;
    SentTransaction sent;
    Time last;  ///< time of the phase before
  };

  void b_transport(Payload& payload, Time& delay) override;
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase, Time& delay) override;
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase, Time& delay) override;
  bool get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) override;
  void invalidate_direct_mem_ptr(sc_dt::uint64 start, sc_dt::uint64 end) override;
  unsigned transport_dbg(Payload& payload) override;

  void expect(bool holds, std::string_view rule, std::string_view detail = "") {
    if (holds || permitted_.count(rule) != 0) return;
    breaches_.push_back({rule, std::string(detail) + " at " + sc_core::sc_time_stamp().to_string()});
  }
  void expect_untouched(const SentTransaction& sent, const Payload& payload);
  void expect_well_sent(const Payload& payload);
  void expect_later(Flight& flight, const Time& time);

  void begin_request(Payload& payload, const Time& time);
  void end_request(Payload& payload, Flight& flight, const Time& time);
  void begin_response(Payload& payload, Flight& flight, const Time& time);
  void end_response(Payload& payload, const Time& time);
  void complete(Payload& payload, const Time& time);

  void after_begin_request(Payload& payload, const tlm::tlm_phase& phase, tlm::tlm_sync_enum result,
                           const Time& time);
  void after_begin_response(Payload& payload, const tlm::tlm_phase& phase, tlm::tlm_sync_enum result,
                            const Time& time);
  Flight* find(Payload& payload) {
    const auto flight = flights_.find(&payload);
    return flight == flights_.end() ? nullptr : &flight->second;
  }

  std::vector<Breach> breaches_;
  std::set<std::string_view> permitted_;
  std::set<const Payload*> blocking_;
  std::map<Payload*, Flight> flights_;
  const Payload *requesting_ = nullptr, *responding_ = nullptr;
  Time request_free_, response_free_;  ///< when the last request and the last response ended
};

inline void ProtocolChecker::expect_well_sent(const Payload& payload) {
  for (const std::string_view broken : broken_by_sending(payload)) expect(false, broken);
  expect(blocking_.count(&payload) == 0 && flights_.count(const_cast<Payload*>(&payload)) == 0, rule::resent);
}

inline void ProtocolChecker::expect_untouched(const SentTransaction& sent, const Payload& payload) {
  const std::string changed = sent.changed_attribute(payload);
  expect(changed.empty(), rule::attributes, changed);
  if (!changed.empty()) return;  // the data may be elsewhere
  const long byte = sent.changed_byte();
  expect(byte < 0, rule::data, "byte " + std::to_string(byte));
}

inline void ProtocolChecker::expect_later(Flight& flight, const Time& time) {
  expect(time >= flight.last, rule::phase_times, time.to_string() + " after " + flight.last.to_string());
  flight.last = std::max(flight.last, time);
}

inline void ProtocolChecker::b_transport(Payload& payload, Time& delay) {
  const auto kind = sc_core::sc_get_current_process_handle().proc_kind();
  expect(kind == sc_core::SC_THREAD_PROC_ || kind == sc_core::SC_CTHREAD_PROC_, rule::thread);
  expect_well_sent(payload);
  const SentTransaction sent(payload);
  // A target may wait and return a smaller delay: what counts is the local time.
  const Time before = sc_core::sc_time_stamp() + delay;
  const bool first = blocking_.insert(&payload).second;
  downstream->b_transport(payload, delay);
  if (first) blocking_.erase(&payload);
  expect(sc_core::sc_time_stamp() + delay >= before, rule::delay);
  expect(payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE, rule::status_after);
  expect_untouched(sent, payload);
}

inline void ProtocolChecker::begin_request(Payload& payload, const Time& time) {
  expect(requesting_ == nullptr && time >= request_free_, rule::one_request);
  expect_well_sent(payload);
  expect(payload.has_mm() && payload.get_ref_count() > 0, rule::memory_manager, "when sent");
  if (find(payload) != nullptr) return;
  if (payload.has_mm()) payload.acquire();
  requesting_ = &payload;
  flights_.emplace(&payload, Flight{State::requested, SentTransaction(payload), time});
}

inline void ProtocolChecker::end_request(Payload& payload, Flight& flight, const Time& time) {
  expect_later(flight, time);
  flight.state = State::accepted;
  if (requesting_ == &payload) requesting_ = nullptr;
  request_free_ = time;
}

inline void ProtocolChecker::begin_response(Payload& payload, Flight& flight, const Time& time) {
  if (flight.state == State::requested) end_request(payload, flight, time);
  expect_later(flight, time);
  expect(responding_ == nullptr && time >= response_free_, rule::one_response);
  expect(payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE, rule::status_after);
  expect_untouched(flight.sent, payload);
  flight.state = State::responding;
  responding_ = &payload;
}

inline void ProtocolChecker::end_response(Payload& payload, const Time& time) {
  expect_later(*find(payload), time);
  expect_untouched(find(payload)->sent, payload);
  if (responding_ == &payload) responding_ = nullptr;
  response_free_ = time;
  flights_.erase(&payload);
}

/// The target ended the transaction without a response phase.
inline void ProtocolChecker::complete(Payload& payload, const Time& time) {
  Flight& flight = *find(payload);
  if (flight.state == State::requested) end_request(payload, flight, time);
  expect(payload.get_response_status() != tlm::TLM_INCOMPLETE_RESPONSE, rule::status_after);
  expect_untouched(flight.sent, payload);
  flights_.erase(&payload);
}

inline void ProtocolChecker::after_begin_request(Payload& payload, const tlm::tlm_phase& phase,
                                                 tlm::tlm_sync_enum result, const Time& time) {
  Flight* flight = find(payload);
  if (result == tlm::TLM_ACCEPTED) {
    expect(phase == tlm::BEGIN_REQ, rule::returned_phase, "changed by TLM_ACCEPTED");
  } else if (flight == nullptr) {
    expect(false, rule::returned_phase, "after the end of the transaction");
  } else if (result == tlm::TLM_COMPLETED) {
    complete(payload, time);
    if (payload.has_mm()) payload.release();
  } else if (phase == tlm::END_REQ && flight->state == State::requested) {
    end_request(payload, *flight, time);
  } else if (phase == tlm::BEGIN_RESP && flight->state != State::responding) {
    begin_response(payload, *flight, time);
  } else {
    expect(false, rule::returned_phase, phase.get_name());
  }
}

inline tlm::tlm_sync_enum ProtocolChecker::nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                                           Time& delay) {
  const Time before = delay, now = sc_core::sc_time_stamp();
  Flight* flight = find(payload);
  const bool begins = phase == tlm::BEGIN_REQ;
  const bool ends = phase == tlm::END_RESP && flight != nullptr && flight->state == State::responding;
  expect(begins || ends, rule::forward_phase, phase.get_name());
  if (flight != nullptr && payload.has_mm())
    expect(payload.get_ref_count() > 1, rule::memory_manager, "released in flight");
  if (begins) begin_request(payload, now + delay);
  if (ends) end_response(payload, now + delay);
  const tlm::tlm_sync_enum result = downstream->nb_transport_fw(payload, phase, delay);
  expect(result == tlm::TLM_ACCEPTED || delay >= before, rule::delay);
  if (begins) after_begin_request(payload, phase, result, now + delay);
  if (ends) {
    expect(result != tlm::TLM_UPDATED, rule::returned_phase, "to END_RESP");
    if (payload.has_mm()) payload.release();
  }
  return result;
}

inline void ProtocolChecker::after_begin_response(Payload& payload, const tlm::tlm_phase& phase,
                                                  tlm::tlm_sync_enum result, const Time& time) {
  if (result == tlm::TLM_ACCEPTED) {
    expect(phase == tlm::BEGIN_RESP, rule::returned_phase, "changed by TLM_ACCEPTED");
    return;
  }
  expect(result == tlm::TLM_COMPLETED || phase == tlm::END_RESP, rule::returned_phase, phase.get_name());
  if (find(payload) == nullptr) {
    expect(false, rule::returned_phase, "after the end of the transaction");
    return;
  }
  end_response(payload, time);
  if (payload.has_mm()) payload.release();
}

inline tlm::tlm_sync_enum ProtocolChecker::nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                                           Time& delay) {
  const Time before = delay, now = sc_core::sc_time_stamp();
  Flight* flight = find(payload);
  const bool ends = phase == tlm::END_REQ && flight != nullptr && flight->state == State::requested;
  const bool begins = phase == tlm::BEGIN_RESP && flight != nullptr && flight->state != State::responding;
  expect(ends || begins, rule::backward_phase, phase.get_name());
  if (flight != nullptr && payload.has_mm())
    expect(payload.get_ref_count() > 1, rule::memory_manager, "released in flight");
  if (ends) {
    end_request(payload, *flight, now + delay);
    expect_untouched(flight->sent, payload);
  }
  if (begins) begin_response(payload, *flight, now + delay);
  const tlm::tlm_sync_enum result = upstream->nb_transport_bw(payload, phase, delay);
  expect(result == tlm::TLM_ACCEPTED || delay >= before, rule::delay);
  if (ends) expect(result == tlm::TLM_ACCEPTED, rule::returned_phase, "to END_REQ");
  if (begins) after_begin_response(payload, phase, result, now + delay);
  return result;
}

inline bool ProtocolChecker::get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) {
  expect(reads_or_writes(payload), rule::dmi_request);
  const sc_dt::uint64 address = payload.get_address();
  const bool writes = payload.is_write();
  const bool granted = downstream->get_direct_mem_ptr(payload, dmi);
  if (granted) {
    expect(dmi.get_start_address() <= address && address <= dmi.get_end_address(), rule::dmi_grant, "range");
    expect(dmi.get_dmi_ptr() != nullptr, rule::dmi_grant, "pointer");
    expect(writes ? dmi.is_write_allowed() : dmi.is_read_allowed(), rule::dmi_grant, "access");
  }
  return granted;
}

inline void ProtocolChecker::invalidate_direct_mem_ptr(sc_dt::uint64 start, sc_dt::uint64 end) {
  expect(start <= end, rule::dmi_invalidation);
  upstream->invalidate_direct_mem_ptr(start, end);
}

inline unsigned ProtocolChecker::transport_dbg(Payload& payload) {
  expect(!reads_or_writes(payload) || payload.get_data_length() == 0 || payload.get_data_ptr() != nullptr,
         rule::data_pointer);
  const SentTransaction sent(payload);
  const unsigned bytes = downstream->transport_dbg(payload);
  expect(bytes <= payload.get_data_length(), rule::debug_count);
  const std::string changed = sent.changed_attribute(payload);
  expect(changed.empty(), rule::attributes, changed);
  return bytes;
}

}  // namespace neartile::testing_support
