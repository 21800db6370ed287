#include "neartile/sc_models/host_driver.h"

#include <algorithm>

#include "neartile/router/program_bytes.h"
#include "transactions.h"

namespace neartile::sc_models {
namespace {

/// Where the program's bytes are: behind its data.
std::uint64_t program_address(const router::Program& program) {
  constexpr std::uint64_t alignment = 64;
  return (data_end(program) + alignment - 1) / alignment * alignment;
}

HostDriver& host(void* context) {
  return *static_cast<HostDriver*>(context);
}

}  // namespace

HostDriver::HostDriver(sc_core::sc_module_name name, const router::Program& program,
                       std::span<const std::vector<std::uint8_t>> inputs,
                       std::function<void(std::size_t)> progress)
    : sc_module(name),
      program_(program),
      program_bytes_(encode(program)),
      inputs_(inputs),
      progress_(std::move(progress)) {
  device_.context = this;
  device_.read = [](void* context, std::uint32_t offset) { return host(context).read_register(offset); };
  device_.write = [](void* context, std::uint32_t offset, std::uint32_t value) {
    host(context).write_register(offset, value);
  };
  device_.pause = [](void* context) { host(context).wait_for_interrupt(); };
  sc_core::sc_spawn([this] { stream_images(); }, "stream_images");
}

std::uint64_t HostDriver::memory_bytes(const router::Program& program) {
  return program_address(program) + encode(program).size();
}

void HostDriver::stream_images() {
  if (neartile_probe(&device_, nullptr) != NEARTILE_OK) SC_REPORT_ERROR("neartile", "there is no chip");
  for (const router::MemorySegment& segment : program_.memory) write_memory(segment.address, segment.bytes);
  write_memory(program_address(program_), program_bytes_);
  neartile_enable_interrupt(&device_, true);
  for (std::size_t first = 0; first < inputs_.size(); first += program_.images) {
    const auto images =
        inputs_.subspan(first, std::min<std::size_t>(program_.images, inputs_.size() - first));
    if (!run_images(images)) break;
    finished_ += images.size();
    if (progress_) progress_(finished_);
  }
}

// As many as one execution computes; where there are fewer, the last places keep what they had.
bool HostDriver::run_images(std::span<const std::vector<std::uint8_t>> images) {
  for (std::size_t i = 0; i < images.size(); ++i)
    write_memory(program_.input_address + i * program_.input_stride, images[i]);
  neartile_submit(&device_, program_address(program_), static_cast<std::uint32_t>(program_bytes_.size()));
  const neartile_result result = neartile_wait(&device_, 3);
  neartile_acknowledge(&device_);
  synchronise();
  if (irq.read()) sc_core::wait(irq.negedge_event());
  error_ = neartile_last_error(&device_);
  cycles_ += neartile_cycles(&device_);
  fetch_cycles_ += neartile_fetch_cycles(&device_);
  if (result != NEARTILE_OK) return false;
  for (std::size_t i = 0; i < images.size(); ++i) {
    const std::size_t first = outputs_.size();
    outputs_.resize(first + program_.output_bytes);
    tlm::tlm_generic_payload payload;
    prepare(payload, tlm::TLM_READ_COMMAND, program_.output_address + i * program_.output_stride,
            outputs_.data() + first, program_.output_bytes);
    memory->transport_dbg(payload);
  }
  return true;
}

void HostDriver::wait_for_interrupt() {
  synchronise();
  if (!irq.read()) sc_core::wait(irq.posedge_event());
}

void HostDriver::write_memory(std::uint64_t address, const std::vector<std::uint8_t>& bytes) {
  tlm::tlm_generic_payload payload;
  prepare(payload, tlm::TLM_WRITE_COMMAND, address, const_cast<std::uint8_t*>(bytes.data()), bytes.size());
  if (memory->transport_dbg(payload) != bytes.size()) {
    SC_REPORT_ERROR("neartile", "the program and its data do not fit external memory");
  }
}

std::uint32_t HostDriver::read_register(std::uint32_t offset) {
  std::uint32_t value = 0;
  if (!read(chip, offset, &value, 4, local_time_)) SC_REPORT_ERROR("neartile", "a register read was refused");
  keep_quantum();
  return value;
}

void HostDriver::write_register(std::uint32_t offset, std::uint32_t value) {
  if (!write(chip, offset, &value, 4, local_time_))
    SC_REPORT_ERROR("neartile", "a register write was refused");
  keep_quantum();
}

void HostDriver::keep_quantum() {
  if (local_time_ >= tlm::tlm_global_quantum::instance().compute_local_quantum()) synchronise();
}

void HostDriver::synchronise() {
  if (local_time_ > sc_core::SC_ZERO_TIME) sc_core::wait(local_time_);
  local_time_ = sc_core::SC_ZERO_TIME;
}

}  // namespace neartile::sc_models
