#include "memory_port.h"

#include <algorithm>

#include "memory_port/at_port.h"
#include "memory_port/lt_port.h"

namespace neartile::sc_models {

MemoryPort::MemoryPort(sc_core::sc_module_name name, const Clock& clock, const memory::DmaConfig& config)
    : sc_module(name), clock_(clock), config_(config) {
  socket.bind(*this);
}

std::unique_ptr<MemoryPort> MemoryPort::make(sc_core::sc_module_name name, const Clock& clock,
                                             const memory::DmaConfig& config) {
  if (config.transport == memory::DmaTransport::at) return std::make_unique<AtPort>(name, clock, config);
  return std::make_unique<LtPort>(name, clock, config);
}

std::uint64_t MemoryPort::send(Transfer transfer, std::uint64_t start) {
  ++senders_;
  const std::uint64_t free = send_bursts(transfer, start);
  --senders_;
  note_idle();
  return free;
}

void MemoryPort::stop() {
  stopped_ = true;
  drop_pointers();
  stop_event_.notify(sc_core::SC_ZERO_TIME);
  note_idle();
}

std::optional<MemoryPort::Piece> MemoryPort::Bursts::next() {
  while (piece_ < pieces_.size() && done_ == pieces_[piece_].bytes) {
    ++piece_;
    done_ = 0;
  }
  if (piece_ == pieces_.size()) return std::nullopt;
  const Piece& piece = pieces_[piece_];
  const std::uint64_t address = piece.address + done_, boundary = config_.boundary_bytes;
  std::uint64_t bytes = std::min(config_.burst_bytes, piece.bytes - done_);
  if (boundary != 0) bytes = std::min(bytes, boundary - address % boundary);
  const Piece burst{address, piece.data + done_, bytes};
  done_ += bytes;
  return burst;
}

}  // namespace neartile::sc_models
