#pragma once

#include <systemc>
#include <tlm>

#include <deque>
#include <functional>
#include <map>

#include "timed_calls.h"

namespace neartile::sc_models {

/// A target's side of non-blocking transport, for any number of initiators ("ports"): takes requests when
/// their annotated time has come, ends them when the target has room, and answers one response at a time for
/// each port.
class FourPhases : public sc_core::sc_module {
 public:
  struct Answer {
    sc_core::sc_time accepted, complete;  ///< from now
  };
  /// Executes a transaction at the time of its arrival and sets its status.
  using Serve = std::function<Answer(tlm::tlm_generic_payload&)>;
  /// nb_transport_bw of a port.
  using Send = std::function<tlm::tlm_sync_enum(int port, tlm::tlm_generic_payload&, tlm::tlm_phase&,
                                                sc_core::sc_time&)>;

  FourPhases(sc_core::sc_module_name name, Serve serve, Send send);

  /// nb_transport_fw of a port.
  tlm::tlm_sync_enum forward(int port, tlm::tlm_generic_payload& payload, const tlm::tlm_phase& phase,
                             const sc_core::sc_time& delay);

 private:
  using Payload = tlm::tlm_generic_payload;
  struct Port {
    Payload* responding = nullptr;
    std::deque<Payload*> ready;
  };

  void work() { calls_.make_due(); }
  void arrive(int port, Payload* payload);
  void end_request(int port, Payload* payload);
  void be_ready(int port, Payload* payload);
  void end_response(int port, Payload* payload);
  void respond(int port);

  Serve serve_;
  Send send_;
  std::map<int, Port> ports_;
  TimedCalls calls_;
};

}  // namespace neartile::sc_models
