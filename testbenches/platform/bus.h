#pragma once

#include <tlm_utils/multi_passthrough_initiator_socket.h>
#include <systemc>
#include <tlm>

#include <cstdint>
#include <deque>
#include <map>
#include <vector>

namespace neartile::platform {

/// One initiator's way to the targets of an address map. Addresses that targets see begin at 0; an access
/// that no window holds whole is an address error. Takes no time. Responses of several targets reach the
/// initiator one after the other, as the base protocol wants them.
class Bus : public sc_core::sc_module, private tlm::tlm_fw_transport_if<> {
 public:
  struct Window {
    std::uint64_t base = 0, bytes = 0;
  };
  tlm::tlm_target_socket<32> initiator{"initiator"};
  /// Window i leads to the socket that was bound as number i.
  tlm_utils::multi_passthrough_initiator_socket<Bus, 32> targets{"targets"};

  Bus(sc_core::sc_module_name name, std::vector<Window> windows);

 private:
  using Payload = tlm::tlm_generic_payload;
  struct Flight {
    unsigned target = 0;
    sc_dt::uint64 address = 0;  ///< as the initiator sent it
  };

  void b_transport(Payload& payload, sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  bool get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) override;
  unsigned transport_dbg(Payload& payload) override;
  tlm::tlm_sync_enum nb_transport_bw(int target, Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);
  void invalidate_direct_mem_ptr(int target, sc_dt::uint64 start, sc_dt::uint64 end);

  /// The window that holds all of an access; windows_.size() where none does.
  unsigned find(std::uint64_t address, std::uint64_t bytes) const;
  tlm::tlm_sync_enum begin_request(Payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay);
  tlm::tlm_sync_enum end_response(Payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay);
  tlm::tlm_sync_enum call_initiator(Payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay);
  void queue_response(Payload& payload, const sc_core::sc_time& delay);
  void respond_next();
  void finish(Payload& payload, const sc_core::sc_time& delay);

  std::vector<Window> windows_;
  std::map<Payload*, Flight> flights_;
  struct Response {
    Payload* payload = nullptr;
    sc_core::sc_time time;  ///< not before
  };
  Payload* responding_ = nullptr;
  std::deque<Response> waiting_;    ///< responses behind responding_
  sc_core::sc_time response_free_;  ///< when the last response ended, or ends
  sc_core::sc_event response_due_;
};

}  // namespace neartile::platform
