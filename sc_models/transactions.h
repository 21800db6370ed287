#pragma once

#include <systemc>
#include <tlm>

#include <cstdint>

namespace neartile::sc_models {

/// A complete read or write of the base protocol, ready for b_transport or transport_dbg.
inline void prepare(tlm::tlm_generic_payload& payload, tlm::tlm_command command, std::uint64_t address,
                    void* data, std::uint64_t bytes) {
  payload.set_command(command);
  payload.set_address(address);
  payload.set_data_ptr(static_cast<unsigned char*>(data));
  payload.set_data_length(static_cast<unsigned>(bytes));
  payload.set_streaming_width(static_cast<unsigned>(bytes));
  payload.set_byte_enable_ptr(nullptr);
  payload.set_byte_enable_length(0);
  payload.set_dmi_allowed(false);
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
}

/// One blocking access; `delay` is annotated by the target. True where the target said OK.
template <class Socket>
bool access(Socket& socket, tlm::tlm_command command, std::uint64_t address, void* data, std::uint64_t bytes,
            sc_core::sc_time& delay) {
  if (bytes == 0) return true;
  tlm::tlm_generic_payload payload;
  prepare(payload, command, address, data, bytes);
  socket->b_transport(payload, delay);
  return payload.is_response_ok();
}

template <class Socket>
bool read(Socket& socket, std::uint64_t address, void* data, std::uint64_t bytes, sc_core::sc_time& delay) {
  return access(socket, tlm::TLM_READ_COMMAND, address, data, bytes, delay);
}

template <class Socket>
bool write(Socket& socket, std::uint64_t address, const void* data, std::uint64_t bytes,
           sc_core::sc_time& delay) {
  return access(socket, tlm::TLM_WRITE_COMMAND, address, const_cast<void*>(data), bytes, delay);
}

/// Sets the error response of a memory-like target for what it cannot serve; true where it can: a read,
/// write or ignored command of at least one byte, without byte enables or a streaming width below the
/// length, within `size_bytes`. A streaming width of 0 counts as the data length.
bool servable(tlm::tlm_generic_payload& payload, std::uint64_t size_bytes);

}  // namespace neartile::sc_models
