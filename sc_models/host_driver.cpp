#include "neartile/sc_models/host_driver.h"

#include "neartile/sc_models/driver/neartile_registers.h"
#include "transactions.h"

namespace neartile::sc_models {

HostDriver::HostDriver(sc_core::sc_module_name name, const router::Program& program,
                       std::span<const std::vector<std::uint8_t>> inputs,
                       std::function<void(std::size_t)> progress)
    : sc_module(name), program_(program), inputs_(inputs), progress_(std::move(progress)) {
  sc_core::sc_spawn([this] { stream_images(); }, "stream_images");
}

void HostDriver::stream_images() {
  for (const router::MemorySegment& segment : program_.memory) write_memory(segment.address, segment.bytes);
  write_register(NEARTILE_INTERRUPT_ENABLE, NEARTILE_INTERRUPT_ENABLE_DONE | NEARTILE_INTERRUPT_ENABLE_ERROR);
  for (const auto& input : inputs_) {
    if (!run_image(input)) break;
    ++finished_;
    if (progress_) progress_(finished_);
  }
}

bool HostDriver::run_image(const std::vector<std::uint8_t>& input) {
  write_memory(program_.input_address, input);
  write_register(NEARTILE_DOORBELL, 1);
  sc_core::wait(irq.posedge_event());
  status_ = read_register(NEARTILE_INTERRUPT_STATUS);
  write_register(NEARTILE_INTERRUPT_STATUS, status_);
  sc_core::wait(irq.negedge_event());
  const std::uint32_t cycles_low = read_register(NEARTILE_CYCLES_LOW);
  cycles_ += std::uint64_t{read_register(NEARTILE_CYCLES_HIGH)} << 32 | cycles_low;
  if ((status_ & NEARTILE_STATUS_ERROR) != 0) {
    failed_command_ = read_register(NEARTILE_ERROR_COMMAND);
    return false;
  }
  const std::size_t first = outputs_.size();
  outputs_.resize(first + program_.output_bytes);
  tlm::tlm_generic_payload payload;
  prepare(payload, tlm::TLM_READ_COMMAND, program_.output_address, outputs_.data() + first,
          program_.output_bytes);
  memory->transport_dbg(payload);
  return true;
}

void HostDriver::write_memory(std::uint64_t address, const std::vector<std::uint8_t>& bytes) {
  tlm::tlm_generic_payload payload;
  prepare(payload, tlm::TLM_WRITE_COMMAND, address, const_cast<std::uint8_t*>(bytes.data()), bytes.size());
  if (memory->transport_dbg(payload) != bytes.size()) {
    SC_REPORT_ERROR("neartile", "the program and its data do not fit external memory");
  }
}

std::uint32_t HostDriver::read_register(std::uint32_t address) {
  std::uint32_t value = 0;
  sc_core::sc_time delay;
  if (!read(chip, address, &value, 4, delay)) SC_REPORT_ERROR("neartile", "a register read was refused");
  return value;
}

void HostDriver::write_register(std::uint32_t address, std::uint32_t value) {
  sc_core::sc_time delay;
  if (!write(chip, address, &value, 4, delay)) SC_REPORT_ERROR("neartile", "a register write was refused");
}

}  // namespace neartile::sc_models
