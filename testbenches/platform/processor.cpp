#include "platform/processor.h"

#include <algorithm>
#include <cstring>

namespace neartile::platform {

using sc_core::sc_time;

namespace {

// Of the bus, beside what targets add: firmware that polls lets time pass.
const sc_time& access_time() {
  static const sc_time time(10, sc_core::SC_NS);
  return time;
}

}  // namespace

Processor::Processor(sc_core::sc_module_name name, bool dmi, std::function<int()> firmware)
    : sc_module(name), dmi_(dmi) {
  bus.register_invalidate_direct_mem_ptr(this, &Processor::invalidate);
  sc_core::sc_spawn([this, firmware = std::move(firmware)] { run(firmware); }, "run");
}

void Processor::run(const std::function<int()>& firmware) {
  keeper_.reset();
  exit_status_ = firmware();
  keeper_.sync();
  end_ = sc_core::sc_time_stamp();
}

Processor& Processor::running() {
  return *dynamic_cast<Processor*>(sc_core::sc_get_current_process_handle().get_parent_object());
}

void Processor::read(std::uint64_t address, void* data, std::uint64_t bytes) {
  access(tlm::TLM_READ_COMMAND, address, data, bytes);
}

void Processor::write(std::uint64_t address, const void* data, std::uint64_t bytes) {
  access(tlm::TLM_WRITE_COMMAND, address, const_cast<void*>(data), bytes);
}

void Processor::wait_for_interrupt() {
  keeper_.sync();
  while (!interrupt.read()) sc_core::wait(interrupt.value_changed_event());
}

// An exception must not pass through firmware, which is C: the thread stays where it is.
void Processor::fault(std::uint64_t address) {
  faulted_ = true;
  fault_address_ = address;
  keeper_.sync();
  end_ = sc_core::sc_time_stamp();
  sc_core::sc_event never;
  while (true) sc_core::wait(never);
}

void Processor::pass(const sc_time& delay) {
  keeper_.set(delay);
  if (keeper_.need_sync()) keeper_.sync();
}

void Processor::access(tlm::tlm_command command, std::uint64_t address, void* data, std::uint64_t bytes) {
  if (bytes == 0 || (dmi_ && access_by_pointer(command, address, data, bytes))) return;
  tlm::tlm_generic_payload payload;
  payload.set_command(command);
  payload.set_address(address);
  payload.set_data_ptr(static_cast<unsigned char*>(data));
  payload.set_data_length(static_cast<unsigned>(bytes));
  payload.set_streaming_width(static_cast<unsigned>(bytes));
  payload.set_byte_enable_ptr(nullptr);
  payload.set_dmi_allowed(false);
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  sc_time delay = keeper_.get_local_time() + access_time();
  bus->b_transport(payload, delay);
  if (!payload.is_response_ok()) fault(address);
  pass(delay);
  if (dmi_ && payload.is_dmi_allowed()) ask_for_pointer(command, address);
}

void Processor::ask_for_pointer(tlm::tlm_command command, std::uint64_t address) {
  tlm::tlm_generic_payload payload;
  payload.set_command(command);
  payload.set_address(address);
  tlm::tlm_dmi pointer;
  if (bus->get_direct_mem_ptr(payload, pointer)) pointers_.push_back(pointer);
}

bool Processor::access_by_pointer(tlm::tlm_command command, std::uint64_t address, void* data,
                                  std::uint64_t bytes) {
  const bool reads = command == tlm::TLM_READ_COMMAND;
  const auto serves = [&](const tlm::tlm_dmi& p) {
    return p.get_start_address() <= address && address <= p.get_end_address() &&
           bytes - 1 <= p.get_end_address() - address && (reads ? p.is_read_allowed() : p.is_write_allowed());
  };
  const auto pointer = std::find_if(pointers_.begin(), pointers_.end(), serves);
  if (pointer == pointers_.end()) return false;
  unsigned char* place = pointer->get_dmi_ptr() + (address - pointer->get_start_address());
  if (reads)
    std::memcpy(data, place, bytes);
  else
    std::memcpy(place, data, bytes);
  ++dmi_accesses_;
  pass(keeper_.get_local_time() + access_time() +
       (reads ? pointer->get_read_latency() : pointer->get_write_latency()));
  return true;
}

void Processor::invalidate(sc_dt::uint64 start, sc_dt::uint64 end) {
  const auto meets = [&](const tlm::tlm_dmi& pointer) {
    return pointer.get_start_address() <= end && start <= pointer.get_end_address();
  };
  pointers_.erase(std::remove_if(pointers_.begin(), pointers_.end(), meets), pointers_.end());
}

}  // namespace neartile::platform
