#pragma once

#include <array>
#include <functional>

#include "support/protocol_checker.h"

namespace neartile::testing_support::protocol_bench {

using sc_core::SC_NS;
using sc_core::sc_time;
using tlm::tlm_phase;
using tlm::tlm_sync_enum;
using Payload = tlm::tlm_generic_payload;

/// Does what a case tells it to.
struct Initiator : sc_core::sc_module, tlm::tlm_bw_transport_if<> {
  explicit Initiator(sc_core::sc_module_name name) : sc_module(name) { socket.bind(*this); }
  tlm_sync_enum nb_transport_bw(Payload& payload, tlm_phase& phase, sc_time& delay) override {
    return nb(payload, phase, delay);
  }
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}

  std::function<tlm_sync_enum(Payload&, tlm_phase&, sc_time&)> nb = [](auto&, auto&, auto&) {
    return tlm::TLM_ACCEPTED;
  };
  tlm::tlm_initiator_socket<32> socket{"socket"};
};

/// Answers well unless a case tells it otherwise.
struct Target : sc_core::sc_module, tlm::tlm_fw_transport_if<> {
  explicit Target(sc_core::sc_module_name name) : sc_module(name) { socket.bind(*this); }
  void b_transport(Payload& payload, sc_time& delay) override { b(payload, delay); }
  tlm_sync_enum nb_transport_fw(Payload& payload, tlm_phase& phase, sc_time& delay) override {
    return nb(payload, phase, delay);
  }
  bool get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& grant) override { return dmi(payload, grant); }
  unsigned transport_dbg(Payload& payload) override { return debug(payload); }

  static void answer(Payload& payload, sc_time& delay) {
    delay += sc_time(3, SC_NS);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
  }
  static bool grant_all(Payload&, tlm::tlm_dmi& grant) {
    static unsigned char memory[16];
    grant.set_dmi_ptr(memory);
    grant.set_start_address(0);
    grant.set_end_address(15);
    grant.allow_read();
    return true;
  }
  std::function<void(Payload&, sc_time&)> b = answer;
  std::function<tlm_sync_enum(Payload&, tlm_phase&, sc_time&)> nb = [](auto&, auto&, auto&) {
    return tlm::TLM_ACCEPTED;
  };
  std::function<bool(Payload&, tlm::tlm_dmi&)> dmi = grant_all;
  std::function<unsigned(Payload&)> debug = [](Payload& payload) { return payload.get_data_length(); };
  tlm::tlm_target_socket<32> socket{"socket"};
};

struct NoPool : tlm::tlm_mm_interface {
  void free(Payload*) override { ++freed; }
  int freed = 0;
};

/// An initiator, a checker and a target; `work` is done in a thread.
struct Bench : sc_core::sc_module {
  explicit Bench(sc_core::sc_module_name name) : sc_module(name) {
    initiator.socket.bind(checker.upstream);
    checker.downstream.bind(target.socket);
    SC_HAS_PROCESS(Bench);
    SC_THREAD(run);
  }
  void run() {
    if (work) work(*this);
  }

  /// A good read of four bytes; with a memory manager and a reference of the initiator's.
  Payload& transaction(std::size_t i = 0) {
    Payload& payload = payloads[i];
    payload.set_mm(&pool);
    payload.acquire();
    payload.set_read();
    payload.set_data_ptr(data);
    payload.set_data_length(4);
    payload.set_streaming_width(4);
    return payload;
  }
  void blocking(Payload& payload) {
    sc_time delay(5, SC_NS);
    initiator.socket->b_transport(payload, delay);
  }
  tlm_sync_enum forward(Payload& payload, tlm_phase phase, double ns = 0) {
    sc_time delay(ns, SC_NS);
    return initiator.socket->nb_transport_fw(payload, phase, delay);
  }
  tlm_sync_enum backward(Payload& payload, tlm_phase phase, double ns = 0, bool set_status = true) {
    sc_time delay(ns, SC_NS);
    if (set_status && phase == tlm::BEGIN_RESP) payload.set_response_status(tlm::TLM_OK_RESPONSE);
    return target.socket->nb_transport_bw(payload, phase, delay);
  }
  void good_response(Payload& payload) {
    backward(payload, tlm::BEGIN_RESP);
    forward(payload, tlm::END_RESP);
  }
  /// The target's next forward call returns `result` and `phase`, its time later by `ns`.
  void target_returns(tlm_sync_enum result, tlm_phase phase, double ns = 0) {
    target.nb = [=](Payload& payload, tlm_phase& out, sc_time& delay) {
      if (phase == tlm::BEGIN_RESP || result == tlm::TLM_COMPLETED)
        payload.set_response_status(tlm::TLM_OK_RESPONSE);
      out = phase;
      delay += sc_time(ns, SC_NS);
      return result;
    };
  }

  NoPool pool;
  std::array<Payload, 3> payloads;
  unsigned char data[8] = {}, enables[4] = {0xff, 0, 0xff, 0};
  std::function<void(Bench&)> work;
  Initiator initiator{"initiator"};
  ProtocolChecker checker{"checker"};
  Target target{"target"};
};

}  // namespace neartile::testing_support::protocol_bench
