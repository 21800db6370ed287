#pragma once

#include <systemc>
#include <tlm>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "neartile/memory/dma_config.h"
#include "unit.h"

namespace neartile::sc_models {

/// DMA's way to external memory: cuts transfers into bursts and sends them, loosely or approximately timed.
/// Each engine has one caller thread, sends at most one burst a cycle, and has at most
/// `outstanding_bursts` in flight.
class MemoryPort : public sc_core::sc_module, private tlm::tlm_bw_transport_if<> {
 public:
  tlm::tlm_initiator_socket<32> socket{"socket"};

  /// One stretch of external memory and where its bytes are on the chip's side.
  struct Piece {
    std::uint64_t address;
    std::uint8_t* data;
    std::uint64_t bytes;
  };
  struct Transfer {
    tlm::tlm_command command;  ///< read or write
    std::vector<Piece> pieces;
    std::uint64_t engine = 0;
    /// Called once, when nothing of the transfer is in flight any more or it is known when that will be: all
    /// bursts are back by clock cycle `cycle`. Not `ok`: memory refused one, or the port was stopped; reads
    /// may have written part of the data.
    std::function<void(bool ok, std::uint64_t cycle)> done;
  };

  /// The port that `config` asks for.
  static std::unique_ptr<MemoryPort> make(sc_core::sc_module_name name, const Clock& clock,
                                          const memory::DmaConfig& config);

  /// Sends a transfer's bursts from clock cycle `start` on; returns the cycle in which the engine may send
  /// again. May wait. Data must live until done() is called.
  std::uint64_t send(Transfer transfer, std::uint64_t start);

  /// Nothing more is sent until resume(); transfers under way end, without success, as soon as the protocol
  /// allows. DMI pointers are dropped.
  void stop();
  void resume() { stopped_ = false; }
  /// No transfer is under way.
  bool idle() const { return senders_ == 0 && !in_flight(); }
  /// Notified when a stopped port may have become idle.
  const sc_core::sc_event& idle_change() const { return idle_change_; }

 protected:
  MemoryPort(sc_core::sc_module_name name, const Clock& clock, const memory::DmaConfig& config);

  /// Cuts the pieces of a transfer into bursts.
  class Bursts {
   public:
    Bursts(const std::vector<Piece>& pieces, const memory::DmaConfig& config)
        : pieces_(pieces), config_(config) {}
    std::optional<Piece> next();

   private:
    const std::vector<Piece>& pieces_;
    const memory::DmaConfig& config_;
    std::size_t piece_ = 0;
    std::uint64_t done_ = 0;
  };

  const Clock& clock() const { return clock_; }
  const memory::DmaConfig& config() const { return config_; }
  bool stopped() const { return stopped_; }
  /// Waits for `time`, or the port's stop.
  void wait_or_stop(const sc_core::sc_time& time) { wait(time, stop_event_); }
  void wait_or_stop(const sc_core::sc_event& event) { wait(event | stop_event_); }
  void note_idle() { idle_change_.notify(sc_core::SC_ZERO_TIME); }

 private:
  virtual std::uint64_t send_bursts(const Transfer& transfer, std::uint64_t start) = 0;
  virtual bool in_flight() const { return false; }
  tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload&, tlm::tlm_phase&, sc_core::sc_time&) override {
    return tlm::TLM_ACCEPTED;
  }
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}
  virtual void drop_pointers() {}

  Clock clock_;
  memory::DmaConfig config_;
  bool stopped_ = false;
  std::size_t senders_ = 0;
  sc_core::sc_event stop_event_, idle_change_;
};

}  // namespace neartile::sc_models
