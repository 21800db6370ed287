#pragma once

#include <systemc>
#include <tlm>

#include <cstdint>

#include "neartile/memory/sram_model.h"
#include "transactions.h"

namespace neartile::sc_models {

/// Says of a transaction on a buffer which words it stands for, and when; addresses are from the
/// transaction's on. Ignorable: a buffer without banks moves the data all the same.
class BufferStream : public tlm::tlm_extension<BufferStream> {
 public:
  memory::SramStream words;
  std::uint64_t late_cycles = 0;  ///< the buffer's answer: by how much the latest word is late

  tlm_extension_base* clone() const override { return new BufferStream(*this); }
  void copy_from(const tlm_extension_base& other) override {
    *this = static_cast<const BufferStream&>(other);
  }
};

/// One access of `words`; `late_cycles` grows to the lateness of the latest word. True where the target said
/// OK.
template <class Socket>
bool stream(Socket& socket, tlm::tlm_command command, std::uint64_t address, void* data, std::uint64_t bytes,
            const memory::SramStream& words, std::uint64_t& late_cycles) {
  if (bytes == 0) return true;
  tlm::tlm_generic_payload payload;
  prepare(payload, command, address, data, bytes);
  BufferStream extension;
  extension.words = words;
  extension.words.write = command == tlm::TLM_WRITE_COMMAND;
  payload.set_extension(&extension);
  sc_core::sc_time delay;
  socket->b_transport(payload, delay);
  payload.clear_extension(&extension);
  late_cycles = std::max(late_cycles, extension.late_cycles);
  return payload.is_response_ok();
}

/// All bytes of an access, from `start` on in `cycles` cycles.
inline memory::SramStream in_one_run(std::uint64_t bytes, std::uint64_t start, std::uint64_t cycles) {
  memory::SramStream words;
  words.run_bytes = bytes;
  words.start_cycle = start;
  words.cycles = std::max<std::uint64_t>(cycles, 1);
  return words;
}

}  // namespace neartile::sc_models
