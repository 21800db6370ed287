#include "memory_access.h"

#include <algorithm>

namespace neartile::sc_models {
namespace {

using Payload = tlm::tlm_generic_payload;

bool reads_or_writes(const Payload& payload) {
  return payload.is_read() || payload.is_write();
}

bool byte_enables_are_legal(const Payload& payload) {
  const unsigned char* enables = payload.get_byte_enable_ptr();
  if (enables == nullptr) return true;
  const unsigned length = payload.get_byte_enable_length();
  return length > 0 && std::all_of(enables, enables + length, [](unsigned char enable) {
           return enable == TLM_BYTE_DISABLED || enable == TLM_BYTE_ENABLED;
         });
}

/// Runs of enabled bytes from `from` on.
void for_each_enabled_run(const Payload& payload, std::uint64_t from, std::uint64_t bytes,
                          const MoveRun& move) {
  const unsigned char* enables = payload.get_byte_enable_ptr();
  if (enables == nullptr) return move(payload.get_address(), payload.get_data_ptr() + from, bytes);
  const auto enabled = [&](std::uint64_t i) {
    return enables[i % payload.get_byte_enable_length()] == TLM_BYTE_ENABLED;
  };
  for (std::uint64_t i = from, end = from + bytes; i < end;) {
    std::uint64_t run = 0;
    while (i + run < end && enabled(i + run)) ++run;
    if (run > 0) move(payload.get_address() + (i - from), payload.get_data_ptr() + i, run);
    i += std::max<std::uint64_t>(run, 1);
  }
}

MoveRun mover(const Payload& payload, memory::PagedStore& store) {
  if (payload.is_read()) {
    return [&](std::uint64_t address, std::uint8_t* data, std::uint64_t bytes) {
      store.read(address, data, bytes);
    };
  }
  return [&](std::uint64_t address, const std::uint8_t* data, std::uint64_t bytes) {
    store.write(address, data, bytes);
  };
}

}  // namespace

std::uint64_t beat_bytes(const Payload& payload) {
  const unsigned width = payload.get_streaming_width();
  return width == 0 ? payload.get_data_length() : std::min(width, payload.get_data_length());
}

tlm::tlm_response_status answer_of(const Payload& payload, std::uint64_t size_bytes, std::uint64_t base) {
  if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) return tlm::TLM_OK_RESPONSE;
  if (!reads_or_writes(payload)) return tlm::TLM_COMMAND_ERROR_RESPONSE;
  if (!byte_enables_are_legal(payload)) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
  if (payload.get_data_length() == 0 || payload.get_data_ptr() == nullptr)
    return tlm::TLM_BURST_ERROR_RESPONSE;
  const std::uint64_t place = payload.get_address() - base;
  if (payload.get_address() < base || place >= size_bytes || beat_bytes(payload) > size_bytes - place)
    return tlm::TLM_ADDRESS_ERROR_RESPONSE;
  return tlm::TLM_OK_RESPONSE;
}

void for_each_run(const Payload& payload, const MoveRun& move) {
  const std::uint64_t bytes = payload.get_data_length(), beat = beat_bytes(payload);
  for (std::uint64_t done = 0; done < bytes; done += beat)
    for_each_enabled_run(payload, done, std::min(beat, bytes - done), move);
}

void move_data(Payload& payload, memory::PagedStore& store) {
  if (reads_or_writes(payload)) for_each_run(payload, mover(payload, store));
}

bool grant_page(const Payload& payload, memory::PagedStore& store, std::uint64_t size_bytes,
                const sc_core::sc_time& latency, tlm::tlm_dmi& dmi) {
  const std::uint64_t address = payload.get_address(), page = memory::PagedStore::page_bytes;
  dmi.init();
  if (!reads_or_writes(payload)) return false;
  if (address >= size_bytes) {
    dmi.set_start_address(size_bytes);
    return false;
  }
  const std::uint64_t start = address - address % page;
  dmi.set_dmi_ptr(store.page(address));
  dmi.set_start_address(start);
  dmi.set_end_address(std::min(start + page, size_bytes) - 1);
  dmi.allow_read_write();
  dmi.set_read_latency(latency);
  dmi.set_write_latency(latency);
  return true;
}

unsigned move_debug_data(Payload& payload, memory::PagedStore& store, std::uint64_t size_bytes) {
  std::uint64_t bytes = 0;
  if (reads_or_writes(payload) && payload.get_data_ptr() != nullptr && payload.get_address() < size_bytes)
    bytes = std::min<std::uint64_t>(payload.get_data_length(), size_bytes - payload.get_address());
  if (bytes > 0) mover(payload, store)(payload.get_address(), payload.get_data_ptr(), bytes);
  payload.set_response_status(bytes > 0 ? tlm::TLM_OK_RESPONSE : answer_of(payload, size_bytes));
  return static_cast<unsigned>(bytes);
}

}  // namespace neartile::sc_models
