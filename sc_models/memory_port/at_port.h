#pragma once

#include <map>

#include "memory_port.h"
#include "timed_calls.h"
#include "transaction_pool.h"

namespace neartile::sc_models {

/// Approximately timed: the four phases of the base protocol, several transactions in flight. Engines share
/// the socket: one begins a request when the one before has ended.
class AtPort : public MemoryPort {
 public:
  AtPort(sc_core::sc_module_name name, const Clock& clock, const memory::DmaConfig& config);

 private:
  using Payload = tlm::tlm_generic_payload;
  /// A transfer some of whose bursts may be in flight.
  struct Open {
    Transfer transfer;
    std::size_t in_flight = 0;
    bool ok = true, sent = false;
  };

  std::uint64_t send_bursts(const Transfer& transfer, std::uint64_t start) override;
  bool in_flight() const override { return !flights_.empty(); }
  bool await_turn(const Open& open, std::uint64_t& cycle);
  void begin(const std::shared_ptr<Open>& open, const Piece& burst);
  void end_if_complete(Open& open);

  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void end_request(Payload& payload);
  void take_response(Payload& payload, bool ends_it);

  std::vector<std::size_t> bursts_of_engine_;  ///< in flight
  Payload* requesting_ = nullptr;
  std::map<Payload*, std::shared_ptr<Open>> flights_;
  TransactionPool pool_;
  TimedCalls calls_;
  sc_core::sc_event change_;
};

}  // namespace neartile::sc_models
