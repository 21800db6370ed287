#pragma once

#include <systemc>
#include <tlm>

#include <cstdint>

#include "neartile/memory/paged_store.h"

namespace neartile::sc_models {

/// Bytes of the memory that one beat of a transaction covers: all of them, or the streaming width where that
/// is smaller. A width of 0 counts as the data length.
std::uint64_t beat_bytes(const tlm::tlm_generic_payload& payload);

/// What a memory of `size_bytes` answers: TLM_OK_RESPONSE where it can serve the transaction. Ignored
/// commands are served whatever their attributes.
tlm::tlm_response_status answer_of(const tlm::tlm_generic_payload& payload, std::uint64_t size_bytes);

/// Moves the data of a transaction that can be served. Disabled bytes stay as they are, beats of a streaming
/// transaction follow each other at one address.
void move_data(tlm::tlm_generic_payload& payload, memory::PagedStore& store);

/// Direct access to the page of the transaction's address, for reads and writes, in a memory of `size_bytes`;
/// false where there is none.
bool grant_page(const tlm::tlm_generic_payload& payload, memory::PagedStore& store, std::uint64_t size_bytes,
                const sc_core::sc_time& latency, tlm::tlm_dmi& dmi);

/// Debug access: moves the bytes that are within the memory, returns how many, sets a status.
unsigned move_debug_data(tlm::tlm_generic_payload& payload, memory::PagedStore& store,
                         std::uint64_t size_bytes);

}  // namespace neartile::sc_models
