#pragma once

#include <systemc>
#include <tlm>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace neartile::testing_support {

/// Rules of the TLM-2.0 base protocol (IEEE Std 1666-2011, clauses 11, 14 and 15) that models here rely on.
/// Each has a test in protocol_checker_test.cpp that breaks it.
namespace rule {
// How a transaction looks when an initiator sends it.
inline constexpr std::string_view status_before = "the status is incomplete when a transaction is sent";
inline constexpr std::string_view command = "the command is read, write or ignore";
inline constexpr std::string_view data_pointer = "a read or write has a data pointer";
inline constexpr std::string_view data_length = "a read or write has at least one byte";
inline constexpr std::string_view streaming_width = "the streaming width is at least one";
inline constexpr std::string_view byte_enables = "byte enables have a length and are 0x00 or 0xff";
inline constexpr std::string_view dmi_hint = "the DMI hint is false when a transaction is sent";
// What holds while it is on its way.
inline constexpr std::string_view attributes = "attributes stay as they were sent";
inline constexpr std::string_view data = "data that the target must not write stay as they were sent";
inline constexpr std::string_view resent = "a transaction in flight is not sent again";
inline constexpr std::string_view status_after = "a target sets a status";
inline constexpr std::string_view delay = "a call never brings its time forward";
// Blocking transport.
inline constexpr std::string_view thread = "b_transport is called from a thread";
// Non-blocking transport.
inline constexpr std::string_view forward_phase = "an initiator sends BEGIN_REQ, and END_RESP to a response";
inline constexpr std::string_view backward_phase = "a target sends END_REQ once, then BEGIN_RESP once";
inline constexpr std::string_view returned_phase = "a returned phase is the next one, or none";
inline constexpr std::string_view one_request = "BEGIN_REQ waits for the end of the request before it";
inline constexpr std::string_view one_response = "BEGIN_RESP waits for the end of the response before it";
inline constexpr std::string_view phase_times = "phases of a transaction come in the order of their times";
inline constexpr std::string_view memory_manager =
    "a transaction in flight has a memory manager and a reference";
// Direct memory and debug access.
inline constexpr std::string_view dmi_request = "DMI is asked for to read or to write";
inline constexpr std::string_view dmi_grant = "a DMI grant holds the address asked for, and that access";
inline constexpr std::string_view dmi_invalidation = "an invalidated range starts before its end";
inline constexpr std::string_view debug_count = "transport_dbg moves at most the bytes asked for";

inline constexpr std::string_view all[] = {
    status_before, command,        data_pointer,   data_length,    streaming_width,  byte_enables,
    dmi_hint,      attributes,     data,           resent,         status_after,     delay,
    thread,        forward_phase,  backward_phase, returned_phase, one_request,      one_response,
    phase_times,   memory_manager, dmi_request,    dmi_grant,      dmi_invalidation, debug_count};
}  // namespace rule

inline bool reads_or_writes(const tlm::tlm_generic_payload& payload) {
  return payload.is_read() || payload.is_write();
}

/// The rules that a transaction breaks by how it is sent.
inline std::vector<std::string_view> broken_by_sending(const tlm::tlm_generic_payload& payload) {
  std::vector<std::string_view> broken;
  const auto expect = [&](bool holds, std::string_view name) {
    if (!holds) broken.push_back(name);
  };
  const unsigned char* enables = payload.get_byte_enable_ptr();
  const auto legal = [](unsigned char enable) { return enable == 0x00 || enable == 0xff; };
  expect(payload.get_response_status() == tlm::TLM_INCOMPLETE_RESPONSE, rule::status_before);
  expect(reads_or_writes(payload) || payload.get_command() == tlm::TLM_IGNORE_COMMAND, rule::command);
  expect(!reads_or_writes(payload) || payload.get_data_ptr() != nullptr, rule::data_pointer);
  expect(!reads_or_writes(payload) || payload.get_data_length() > 0, rule::data_length);
  expect(payload.get_streaming_width() > 0, rule::streaming_width);
  expect(enables == nullptr || (payload.get_byte_enable_length() > 0 &&
                                std::all_of(enables, enables + payload.get_byte_enable_length(), legal)),
         rule::byte_enables);
  expect(!payload.is_dmi_allowed(), rule::dmi_hint);
  return broken;
}

/// A transaction as it was sent, to tell what somebody changed on the way. An interconnect may translate
/// addresses: a checker belongs between such a one and its target.
class SentTransaction {
 public:
  explicit SentTransaction(const tlm::tlm_generic_payload& payload)
      : command_(payload.get_command()),
        address_(payload.get_address()),
        data_(payload.get_data_ptr()),
        bytes_(payload.get_data_length()),
        streaming_width_(payload.get_streaming_width()),
        enables_(payload.get_byte_enable_ptr()),
        enables_length_(payload.get_byte_enable_length()) {
    if (enables_ != nullptr) enable_bytes_.assign(enables_, enables_ + enables_length_);
    if (data_ != nullptr) data_bytes_.assign(data_, data_ + bytes_);
  }

  /// The attribute that is not as it was sent; empty: none.
  std::string changed_attribute(const tlm::tlm_generic_payload& payload) const {
    if (payload.get_command() != command_) return "command";
    if (payload.get_address() != address_) return "address";
    if (payload.get_data_ptr() != data_) return "data pointer";
    if (payload.get_data_length() != bytes_) return "data length";
    if (payload.get_streaming_width() != streaming_width_) return "streaming width";
    if (payload.get_byte_enable_ptr() != enables_) return "byte enable pointer";
    if (payload.get_byte_enable_length() != enables_length_) return "byte enable length";
    if (!std::equal(enable_bytes_.begin(), enable_bytes_.end(), enables_)) return "byte enables";
    return "";
  }

  /// The byte that only the initiator may write and that changed all the same; -1: none.
  long changed_byte() const {
    for (std::size_t i = 0; i < data_bytes_.size(); ++i) {
      if (data_[i] != data_bytes_[i] && !target_may_write(i)) return static_cast<long>(i);
    }
    return -1;
  }

 private:
  bool target_may_write(std::size_t i) const {
    if (command_ != tlm::TLM_READ_COMMAND) return false;
    return enable_bytes_.empty() || enable_bytes_[i % enable_bytes_.size()] != 0;
  }

  tlm::tlm_command command_;
  sc_dt::uint64 address_;
  const unsigned char* data_;
  unsigned bytes_, streaming_width_;
  const unsigned char* enables_;
  unsigned enables_length_;
  std::vector<unsigned char> enable_bytes_, data_bytes_;
};

}  // namespace neartile::testing_support
