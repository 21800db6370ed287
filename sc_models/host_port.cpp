#include "host_port.h"

#include <algorithm>
#include <cstring>

#include "memory_access.h"
#include "neartile/sc_models/host_map.h"
#include "transactions.h"

namespace neartile::sc_models {
namespace {

// The socket is 32 bits wide and takes a word a cycle, after the access's own cycles.
constexpr std::uint64_t access_cycles = 4, bytes_a_cycle = 4;

}  // namespace

HostPort::HostPort(sc_core::sc_module_name name, const Clock& clock, Controller& controller,
                   std::uint64_t buffer_bytes)
    : sc_module(name),
      clock_(clock),
      controller_(controller),
      buffer_bytes_(buffer_bytes),
      phases_(
          "phases",
          [this](Payload& payload) {
            const sc_core::sc_time time = serve(payload, sc_core::SC_ZERO_TIME);
            return FourPhases::Answer{time, time};
          },
          [this](int, Payload& payload, tlm::tlm_phase& phase, sc_core::sc_time& delay) {
            return socket->nb_transport_bw(payload, phase, delay);
          }) {
  socket.bind(*this);
}

bool HostPort::is_in_window(const Payload& payload) const {
  return payload.get_address() >= host_map::buffer_window;
}

void HostPort::b_transport(Payload& payload, sc_core::sc_time& delay) {
  delay += serve(payload, delay);
}

tlm::tlm_sync_enum HostPort::nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                             sc_core::sc_time& delay) {
  return phases_.forward(0, payload, phase, delay);
}

/// Executes a transaction that arrives `delay` from now; returns how long it takes. What it causes comes no
/// earlier than its end.
sc_core::sc_time HostPort::serve(Payload& payload, const sc_core::sc_time& delay) {
  payload.set_dmi_allowed(false);
  const bool ignored = payload.get_command() == tlm::TLM_IGNORE_COMMAND, window = is_in_window(payload);
  std::uint64_t cycles = access_cycles;
  tlm::tlm_response_status answer = tlm::TLM_OK_RESPONSE;
  if (!ignored && window) {
    answer = access_buffer(payload);
    if (answer == tlm::TLM_OK_RESPONSE) cycles += (payload.get_data_length() - 1) / bytes_a_cycle;
    payload.set_dmi_allowed(answer == tlm::TLM_OK_RESPONSE && controller_.idle());
  } else if (!ignored) {
    answer = access_register(payload, delay + clock_.time(cycles));
  }
  payload.set_response_status(answer);
  return clock_.time(cycles);
}

tlm::tlm_response_status HostPort::access_register(Payload& payload, const sc_core::sc_time& after) {
  if (!payload.is_read() && !payload.is_write()) return tlm::TLM_COMMAND_ERROR_RESPONSE;
  if (payload.get_byte_enable_ptr() != nullptr) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
  if (payload.get_data_length() != 4 || beat_bytes(payload) != 4 || payload.get_data_ptr() == nullptr)
    return tlm::TLM_BURST_ERROR_RESPONSE;
  std::uint32_t word = 0;
  if (payload.is_read()) {
    const tlm::tlm_response_status answer = controller_.read_register(payload.get_address(), word);
    if (answer == tlm::TLM_OK_RESPONSE) std::memcpy(payload.get_data_ptr(), &word, 4);
    return answer;
  }
  std::memcpy(&word, payload.get_data_ptr(), 4);
  const tlm::tlm_response_status answer = controller_.write_register(payload.get_address(), word, after);
  if (!controller_.idle()) take_back_pointers();
  return answer;
}

tlm::tlm_response_status HostPort::access_buffer(Payload& payload) {
  tlm::tlm_response_status answer = answer_of(payload, buffer_bytes_, host_map::buffer_window);
  if (answer != tlm::TLM_OK_RESPONSE) return answer;
  const tlm::tlm_command command = payload.get_command();
  for_each_run(payload, [&](std::uint64_t address, std::uint8_t* data, std::uint64_t bytes) {
    sc_core::sc_time port_time;
    if (!access(buffer, command, address - host_map::buffer_window, data, bytes, port_time))
      answer = tlm::TLM_GENERIC_ERROR_RESPONSE;
  });
  return answer;
}

bool HostPort::get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) {
  dmi.init();
  const bool moves = payload.is_read() || payload.is_write();
  if (!moves || !is_in_window(payload) || !controller_.idle()) return false;
  const std::uint64_t offset = payload.get_address() - host_map::buffer_window;
  if (offset >= buffer_bytes_) {
    dmi.set_start_address(host_map::buffer_window + buffer_bytes_);
    return false;
  }
  Payload inside;
  prepare(inside, payload.get_command(), offset, payload.get_data_ptr(), payload.get_data_length());
  if (!buffer->get_direct_mem_ptr(inside, dmi)) return false;
  dmi.set_start_address(dmi.get_start_address() + host_map::buffer_window);
  dmi.set_end_address(dmi.get_end_address() + host_map::buffer_window);
  dmi.set_read_latency(clock_.time(access_cycles));
  dmi.set_write_latency(clock_.time(access_cycles));
  pointers_given_ = true;
  return true;
}

void HostPort::take_back_pointers() {
  if (!pointers_given_) return;
  pointers_given_ = false;
  socket->invalidate_direct_mem_ptr(host_map::buffer_window, host_map::buffer_window + buffer_bytes_ - 1);
}

unsigned HostPort::transport_dbg(Payload& payload) {
  unsigned bytes = 0;
  const bool moves = (payload.is_read() || payload.is_write()) && payload.get_data_ptr() != nullptr;
  if (moves && !is_in_window(payload)) {
    bytes = payload.is_read() ? read_registers_by_debug(payload) : 0;
  } else if (moves && payload.get_address() - host_map::buffer_window < buffer_bytes_) {
    const std::uint64_t offset = payload.get_address() - host_map::buffer_window;
    bytes = static_cast<unsigned>(std::min<std::uint64_t>(payload.get_data_length(), buffer_bytes_ - offset));
    Payload inside;
    prepare(inside, payload.get_command(), offset, payload.get_data_ptr(), bytes);
    if (bytes > 0) bytes = buffer->transport_dbg(inside);
  }
  payload.set_response_status(bytes > 0 ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE);
  return bytes;
}

/// Any bytes of registers that can be read, up to the first that cannot.
unsigned HostPort::read_registers_by_debug(Payload& payload) const {
  unsigned done = 0;
  while (done < payload.get_data_length()) {
    const std::uint64_t address = payload.get_address() + done, within = address % 4;
    std::uint32_t word = 0;
    if (controller_.peek_register(address - within, word) != tlm::TLM_OK_RESPONSE) break;
    unsigned char bytes[4];
    std::memcpy(bytes, &word, 4);
    const auto part =
        static_cast<unsigned>(std::min<std::uint64_t>(4 - within, payload.get_data_length() - done));
    std::memcpy(payload.get_data_ptr() + done, bytes + within, part);
    done += part;
  }
  return done;
}

}  // namespace neartile::sc_models
