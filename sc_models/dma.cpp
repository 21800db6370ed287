#include "dma.h"

#include <algorithm>
#include <vector>

#include "buffer_stream.h"
#include "on_chip_bus.h"
#include "transactions.h"

namespace neartile::sc_models {

using sc_core::sc_time;

Dma::Dma(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& config)
    : Unit(name, clock), config_(config), memory_(MemoryPort::make("memory", clock, config.dma)) {}

Dma::Transfer Dma::transfer_of(const WorkOrder& order) const {
  const auto& work = order.command->work;
  Transfer transfer;
  if (const auto* load = std::get_if<router::LoadTensor>(&work)) {
    transfer.on_chip_address = on_chip::unified_buffer + load->buffer_address;
    transfer.rows_in_buffer = load->pad_rows_before + load->rows + load->pad_rows_after;
    transfer.buffer_row_bytes = load->pad_before + load->bytes + load->pad_after;
    transfer.buffer_stride = load->buffer_stride;
    transfer.first_row = load->pad_rows_before;
    transfer.first_byte = load->pad_before;
    transfer.memory_address = load->memory_address;
    transfer.rows = load->rows;
    transfer.row_bytes = load->bytes;
    transfer.memory_stride = load->memory_stride;
    transfer.pad_pattern = load->pad_pattern;
    return transfer;
  }
  if (const auto* load = std::get_if<router::LoadWeights>(&work)) {
    const array::ArrayConfig& array = group_of(config_, order.array).array;
    transfer.on_chip_address = on_chip::weight_buffer(order.array) + load->slot * array.rows * array.columns;
    transfer.memory_address = load->memory_address;
    transfer.buffer_row_bytes = transfer.row_bytes = load->bytes;
    return transfer;
  }
  const auto* store = std::get_if<router::Store>(&work);
  expect(store != nullptr);
  transfer.memory_command = tlm::TLM_WRITE_COMMAND;
  transfer.on_chip_address = on_chip::unified_buffer + store->buffer_address;
  transfer.rows_in_buffer = transfer.rows = store->rows;
  transfer.buffer_row_bytes = transfer.row_bytes = store->bytes;
  transfer.buffer_stride = store->buffer_stride;
  transfer.memory_address = store->memory_address;
  transfer.memory_stride = store->memory_stride;
  return transfer;
}

// What lies between the rows in the buffer is neither read nor written. The first row's transaction stands
// for the words of all.
bool Dma::access_buffer(const Transfer& transfer, bool load, std::vector<std::uint8_t>& data,
                        const Pace& pace, std::uint64_t& late_cycles) {
  const bool dense = transfer.rows_in_buffer == 1 || transfer.buffer_stride == transfer.buffer_row_bytes;
  const auto way = load ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND;
  memory::SramStream words =
      in_one_run(dense ? data.size() : transfer.buffer_row_bytes, pace.start, pace.cycles);
  words.runs = dense ? 1 : transfer.rows_in_buffer;
  words.stride_bytes = transfer.buffer_stride;
  if (!stream(on_chip, way, transfer.on_chip_address, data.data(), words.run_bytes, words, late_cycles))
    return false;
  sc_time port_time;
  for (std::uint64_t i = 1; i < words.runs; ++i) {
    const std::uint64_t place = i * words.stride_bytes;
    if (!access(on_chip, way, transfer.on_chip_address + place, data.data() + place, words.run_bytes,
                port_time))
      return false;
  }
  return true;
}

// A load's bytes are in the buffer when its last burst is back.
Unit::Execution Dma::execute(const WorkOrder& order, std::uint64_t start) {
  const Transfer transfer = transfer_of(order);
  const bool load = transfer.memory_command == tlm::TLM_READ_COMMAND;
  const auto data =
      std::make_shared<std::vector<std::uint8_t>>(transfer.bytes_in_buffer(), transfer.pad_pattern);
  // A store reads words as its bursts take them.
  std::uint64_t late_start = 0;
  if (!load) {
    const std::uint64_t bursts = transfer.rows * transfer.row_bytes / config_.dma.burst_bytes;
    expect(access_buffer(transfer, false, *data, {start, bursts}, late_start));
  }
  const auto done = [this, load, data, start, transfer, finished = order.finished](bool ok,
                                                                                   std::uint64_t cycle) {
    // Words go into the buffer as they come: from the start of the transfer, or all that is left of it.
    const std::uint64_t begin = std::max(start, clock().cycle(sc_core::sc_time_stamp()));
    std::uint64_t late = 0;
    if (ok && load) ok = access_buffer(transfer, true, *data, {begin, cycle - std::min(cycle, begin)}, late);
    finished(ok, until(cycle + late));
  };
  MemoryPort::Transfer pieces{transfer.memory_command, {}, order.engine, done};
  for (std::uint64_t row = 0; row < transfer.rows; ++row)
    pieces.pieces.push_back({transfer.memory_address + row * transfer.memory_stride,
                             data->data() + transfer.place_of_row(row), transfer.row_bytes});
  const std::uint64_t free = memory_->send(std::move(pieces), start + late_start);
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
