#include "dma.h"

#include <algorithm>

#include "on_chip_bus.h"
#include "transactions.h"

namespace neartile::sc_models {

using sc_core::sc_time;

Dma::Dma(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& config)
    : Unit(name, clock), config_(config) {}

std::uint64_t Dma::execute(const WorkOrder& order, std::uint64_t start) {
  const auto& work = order.command->work;
  if (const auto* load = std::get_if<router::LoadTensor>(&work)) {
    return transfer(tlm::TLM_READ_COMMAND, load->memory_address,
                    on_chip::unified_buffer + load->buffer_address, load->bytes, start);
  }
  if (const auto* load = std::get_if<router::LoadWeights>(&work)) {
    const array::ArrayConfig& array = group_of(config_, order.array).array;
    const std::uint64_t target =
        on_chip::weight_buffer(order.array) + load->slot * array.rows * array.columns;
    return transfer(tlm::TLM_READ_COMMAND, load->memory_address, target, load->bytes, start);
  }
  const auto* store = std::get_if<router::Store>(&work);
  expect(store != nullptr);
  return transfer(tlm::TLM_WRITE_COMMAND, store->memory_address,
                  on_chip::unified_buffer + store->buffer_address, store->bytes, start);
}

// Burst i goes out with burst i - 1, but not before burst i - outstanding has come back.
std::uint64_t Dma::transfer(tlm::tlm_command memory_command, std::uint64_t memory_address,
                            std::uint64_t on_chip_address, std::uint64_t bytes, std::uint64_t start) {
  const bool load = memory_command == tlm::TLM_READ_COMMAND;
  const sc_time now = sc_core::sc_time_stamp();
  const sc_time first = clock().time(start) - now;
  data_.resize(bytes);
  sc_time port_time;
  if (!load) expect(read(on_chip, on_chip_address, data_.data(), bytes, port_time));

  std::vector<sc_time> back(config_.dma.outstanding_bursts, first);  // a ring of the bursts in flight
  sc_time issue = first, last = first;
  std::uint64_t burst = 0;
  for (std::uint64_t done = 0; done < bytes; ++burst) {
    const std::uint64_t part = std::min(config_.dma.burst_bytes, bytes - done);
    sc_time& slot = back[burst % back.size()];
    issue = std::max(issue, slot);
    sc_time delay = issue;
    expect(access(memory, memory_command, memory_address + done, data_.data() + done, part, delay));
    slot = delay;
    last = std::max(last, delay);
    done += part;
  }
  if (load) expect(write(on_chip, on_chip_address, data_.data(), bytes, port_time));
  return clock().cycle(now + last);
}

}  // namespace neartile::sc_models
