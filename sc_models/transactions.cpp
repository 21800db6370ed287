#include "transactions.h"

namespace neartile::sc_models {

bool servable(tlm::tlm_generic_payload& payload, std::uint64_t size_bytes) {
  const std::uint64_t bytes = payload.get_data_length();
  const unsigned width = payload.get_streaming_width();
  if (payload.get_byte_enable_ptr() != nullptr) {
    payload.set_response_status(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
  } else if (bytes == 0 || payload.get_data_ptr() == nullptr || (width != 0 && width < bytes)) {
    payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
  } else if (payload.get_address() >= size_bytes || bytes > size_bytes - payload.get_address()) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
  } else {
    return true;
  }
  return false;
}

}  // namespace neartile::sc_models
