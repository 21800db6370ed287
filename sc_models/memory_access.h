#pragma once

#include <systemc>
#include <tlm>

#include <cstdint>
#include <functional>

#include "neartile/memory/paged_store.h"

namespace neartile::sc_models {

/// Bytes of the memory that one beat of a transaction covers: all of them, or the streaming width where that
/// is smaller. A width of 0 counts as the data length.
std::uint64_t beat_bytes(const tlm::tlm_generic_payload& payload);

/// What a memory of `size_bytes` from `base` on answers: TLM_OK_RESPONSE where it can serve the transaction.
/// Ignored commands are served whatever their attributes.
tlm::tlm_response_status answer_of(const tlm::tlm_generic_payload& payload, std::uint64_t size_bytes,
                                   std::uint64_t base = 0);

/// Calls `move` for each run of bytes of a transaction that can be served. Disabled bytes are left out, beats
/// of a streaming transaction follow each other at one address.
using MoveRun = std::function<void(std::uint64_t address, std::uint8_t* data, std::uint64_t bytes)>;
void for_each_run(const tlm::tlm_generic_payload& payload, const MoveRun& move);

/// Moves the data of a transaction that can be served.
void move_data(tlm::tlm_generic_payload& payload, memory::PagedStore& store);

/// Direct access to the page of the transaction's address, for reads and writes, in a memory of `size_bytes`;
/// false where there is none.
bool grant_page(const tlm::tlm_generic_payload& payload, memory::PagedStore& store, std::uint64_t size_bytes,
                const sc_core::sc_time& latency, tlm::tlm_dmi& dmi);

/// Debug access: moves the bytes that are within the memory, returns how many, sets a status.
unsigned move_debug_data(tlm::tlm_generic_payload& payload, memory::PagedStore& store,
                         std::uint64_t size_bytes);

}  // namespace neartile::sc_models
