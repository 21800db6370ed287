#pragma once

#include <gtest/gtest.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <systemc>
#include <tlm>

#include <functional>
#include <memory>
#include <vector>

namespace neartile::testing_support {

/// Transactions that come back when nobody holds them any more.
class TransactionPool : public tlm::tlm_mm_interface {
 public:
  ~TransactionPool() override {
    EXPECT_EQ(free_.size(), all_.size()) << "transactions that somebody still holds";
  }

  tlm::tlm_generic_payload& allocate() {
    if (free_.empty()) {
      all_.push_back(std::make_unique<tlm::tlm_generic_payload>(this));
      free_.push_back(all_.back().get());
    }
    tlm::tlm_generic_payload& payload = *free_.back();
    free_.pop_back();
    return payload;
  }
  void free(tlm::tlm_generic_payload* payload) override {
    payload->reset();
    free_.push_back(payload);
  }

 private:
  std::vector<std::unique_ptr<tlm::tlm_generic_payload>> all_;
  std::vector<tlm::tlm_generic_payload*> free_;
};

/// How an initiator ends a response.
struct ResponseEnd {
  tlm::tlm_sync_enum returned = tlm::TLM_COMPLETED;  ///< TLM_ACCEPTED: END_RESP is a call of its own
  sc_core::sc_time after;
};

/// An initiator with several transactions in flight. send() is called from threads.
class AtInitiator : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<AtInitiator, 32> socket{"socket"};
  std::function<void(tlm::tlm_generic_payload&)> on_response = [](auto&) {};
  std::function<ResponseEnd()> how_to_end = [] { return ResponseEnd{}; };
  std::function<void()> on_invalidation = [] {};

  AtInitiator(sc_core::sc_module_name name, std::size_t outstanding)
      : sc_module(name), outstanding_(outstanding) {
    socket.register_nb_transport_bw(this, &AtInitiator::backward);
    socket.register_invalidate_direct_mem_ptr(this, &AtInitiator::invalidate);
    SC_HAS_PROCESS(AtInitiator);
    SC_METHOD(end_response);
    sensitive << end_;
    dont_initialize();
  }

  /// Sends a transaction of the pool as soon as one may be in flight; returns when the target has taken it.
  void send(tlm::tlm_generic_payload& payload, const sc_core::sc_time& delay = sc_core::SC_ZERO_TIME) {
    while (in_flight_ == outstanding_) wait(response_ended_);
    payload.acquire();
    ++in_flight_;
    requesting_ = &payload;
    tlm::tlm_phase phase = tlm::BEGIN_REQ;
    sc_core::sc_time annotated = delay;
    EXPECT_EQ(socket->nb_transport_fw(payload, phase, annotated), tlm::TLM_ACCEPTED);
    while (requesting_ == &payload) wait(request_ended_);
  }
  void drain() {
    while (in_flight_ > 0) wait(response_ended_);
  }

  TransactionPool pool;

 private:
  tlm::tlm_sync_enum backward(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                              sc_core::sc_time& delay) {
    if (requesting_ == &payload) {
      requesting_ = nullptr;
      request_ended_.notify(delay);
    }
    if (phase != tlm::BEGIN_RESP) return tlm::TLM_ACCEPTED;
    on_response(payload);
    const ResponseEnd end = how_to_end();
    responding_ = &payload;
    if (end.returned == tlm::TLM_ACCEPTED) {
      end_.notify(delay + end.after);
      return tlm::TLM_ACCEPTED;
    }
    phase = tlm::END_RESP;
    delay += end.after;
    forget();
    return end.returned;
  }
  void end_response() {
    tlm::tlm_phase phase = tlm::END_RESP;
    sc_core::sc_time delay;
    socket->nb_transport_fw(*responding_, phase, delay);
    forget();
  }
  void forget() {
    --in_flight_;
    responding_->release();
    response_ended_.notify(sc_core::SC_ZERO_TIME);
  }
  void invalidate(sc_dt::uint64, sc_dt::uint64) { on_invalidation(); }

  std::size_t outstanding_, in_flight_ = 0;
  tlm::tlm_generic_payload *requesting_ = nullptr, *responding_ = nullptr;
  sc_core::sc_event request_ended_, response_ended_, end_;
};

}  // namespace neartile::testing_support
