#include "dma.h"

#include <vector>

#include "on_chip_bus.h"
#include "transactions.h"

namespace neartile::sc_models {

using sc_core::sc_time;

Dma::Dma(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& config)
    : Unit(name, clock), config_(config), memory_(MemoryPort::make("memory", clock, config.dma)) {}

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

// A load's bytes are in the buffer when its last burst is back.
Unit::Execution Dma::execute(const WorkOrder& order, std::uint64_t start) {
  const Transfer transfer = transfer_of(order);
  const bool load = transfer.memory_command == tlm::TLM_READ_COMMAND;
  const auto data = std::make_shared<std::vector<std::uint8_t>>(transfer.bytes);
  sc_time port_time;
  if (!load) expect(read(on_chip, transfer.on_chip_address, data->data(), transfer.bytes, port_time));
  const auto done = [this, load, data, address = transfer.on_chip_address, finished = order.finished](
                        bool ok, std::uint64_t cycle) {
    sc_time delay;
    if (ok && load) ok = write(on_chip, address, data->data(), data->size(), delay);
    finished(ok, until(cycle));
  };
  const std::uint64_t free = memory_->send({transfer.memory_command,
                                            {{transfer.memory_address, data->data(), transfer.bytes}},
                                            order.engine,
                                            done},
                                           start);
  return {free, Execution::later};
}

bool Dma::fetch(std::uint64_t address, std::span<std::uint8_t> bytes) {
  bool is_back = false, ok = false;
  std::uint64_t last = 0;
  const auto done = [&](bool success, std::uint64_t cycle) {
    is_back = true;
    ok = success;
    last = cycle;
    fetched_.notify(sc_core::SC_ZERO_TIME);
  };
  memory_->send({tlm::TLM_READ_COMMAND, {{address, bytes.data(), bytes.size()}}, 0, done},
                clock().cycle(sc_core::sc_time_stamp()));
  while (!is_back) sc_core::wait(fetched_);
  sc_core::wait(until(last));
  return ok;
}

}  // namespace neartile::sc_models
