#include "dma.h"

#include <algorithm>

#include "on_chip_bus.h"
#include "transactions.h"

namespace neartile::sc_models {

using sc_core::sc_time;

Dma::Dma(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& config)
    : Unit(name, clock), config_(config), engines_(config.dma.engines) {}

Dma::Transfer Dma::transfer_of(const WorkOrder& order) const {
  const auto& work = order.command->work;
  if (const auto* load = std::get_if<router::LoadTensor>(&work)) {
    return {tlm::TLM_READ_COMMAND, load->memory_address, on_chip::unified_buffer + load->buffer_address,
            load->bytes};
  }
  if (const auto* load = std::get_if<router::LoadWeights>(&work)) {
    const array::ArrayConfig& array = group_of(config_, order.array).array;
    return {tlm::TLM_READ_COMMAND, load->memory_address,
            on_chip::weight_buffer(order.array) + load->slot * array.rows * array.columns, load->bytes};
  }
  const auto* store = std::get_if<router::Store>(&work);
  expect(store != nullptr);
  return {tlm::TLM_WRITE_COMMAND, store->memory_address, on_chip::unified_buffer + store->buffer_address,
          store->bytes};
}

Unit::Execution Dma::execute(const WorkOrder& order, std::uint64_t start) {
  const Transfer transfer = transfer_of(order);
  const bool load = transfer.memory_command == tlm::TLM_READ_COMMAND;
  data_.resize(transfer.bytes);
  sc_time port_time;
  if (!load) expect(read(on_chip, transfer.on_chip_address, data_.data(), transfer.bytes, port_time));
  const Execution execution = send_bursts(transfer, order.engine, start);
  if (load) expect(write(on_chip, transfer.on_chip_address, data_.data(), transfer.bytes, port_time));
  return execution;
}

Unit::Execution Dma::send_bursts(const Transfer& transfer, std::uint64_t engine, std::uint64_t start) {
  const sc_time now = sc_core::sc_time_stamp();
  InFlight& in_flight = engines_.at(engine);
  std::uint64_t send = start, complete = start;
  for (std::uint64_t done = 0; done < transfer.bytes; ++send) {
    if (in_flight.size() == config_.dma.outstanding_bursts) {
      send = std::max(send, clock().cycle(in_flight.front()));
      in_flight.pop_front();
    }
    const std::uint64_t part = std::min(config_.dma.burst_bytes, transfer.bytes - done);
    sc_time delay = clock().time(send) - now;
    expect(access(memory, transfer.memory_command, transfer.memory_address + done, data_.data() + done, part,
                  delay));
    in_flight.push_back(now + delay);
    complete = std::max(complete, clock().cycle(now + delay));
    done += part;
  }
  return {send, std::max(send, complete)};
}

}  // namespace neartile::sc_models
