#include "neartile/sc_models/chip.h"

#include <memory>
#include <string>
#include <utility>

#include "chip_counters.h"
#include "controller.h"
#include "dma.h"
#include "host_port.h"
#include "neartile/router/program.h"
#include "neartile/sc_models/array_spans.h"
#include "on_chip_bus.h"
#include "sram.h"
#include "systolic_array.h"
#include "vector_unit.h"

namespace neartile::sc_models {

/// The modules of the chip and their wiring.
struct Chip::Parts {
  explicit Parts(const router::ChipConfig& chip)
      : config(chip),
        clock(config.clock_MHz),
        controller("controller", clock, config),
        host("host_port", clock, controller, config.unified_buffer_KiB * 1024),
        dma("dma", clock, config),
        vector_unit("vector_unit", clock, config),
        bus("bus", 1 + 2 * array_count(config)),
        unified_buffer("unified_buffer", clock, config.unified_buffer_KiB * 1024, config.unified_buffer) {
    controller.dma.bind(dma.command);
    controller.vector_unit.bind(vector_unit.command);
    dma.on_chip.bind(bus.initiators);
    vector_unit.on_chip.bind(bus.initiators);
    host.buffer.bind(unified_buffer.socket);
    bus.target(0).bind(unified_buffer.socket);
    for (std::uint64_t i = 0; i < array_count(config); ++i) add_array(i);
  }

  void connect_reset() {
    controller.units.stop = [this] {
      host.take_back_pointers();
      dma.memory().stop();
    };
    controller.units.drained = [this] { return dma.memory().idle(); };
    controller.units.restart = [this] {
      dma.memory().resume();
      for (const auto& array : arrays) array->reset();
    };
    sc_core::sc_spawn_options options;
    options.spawn_method();
    options.dont_initialize();
    options.set_sensitivity(&dma.memory().idle_change());
    sc_core::sc_spawn([this] { controller.note_drained(); }, "note_drained", &options);
  }

  void add_array(std::uint64_t i) {
    const std::string number = std::to_string(i);
    arrays.push_back(std::make_unique<SystolicArray>(("array" + number).c_str(), clock, config, i));
    weight_buffers.push_back(std::make_unique<Sram>(("weight_buffer" + number).c_str(), clock,
                                                    config.weight_buffer_KiB * 1024, config.weight_buffer));
    accumulators.push_back(std::make_unique<Sram>(("accumulators" + number).c_str(), clock,
                                                  2 * accumulator_half_bytes(config, i),
                                                  config.accumulators));
    SystolicArray& array = *arrays.back();
    controller.arrays[i]->bind(array.command);
    array.unified_buffer.bind(unified_buffer.socket);
    array.weight_buffer.bind(weight_buffers.back()->socket);
    array.accumulators.bind(accumulators.back()->socket);
    bus.target(1 + 2 * i).bind(weight_buffers.back()->socket);
    bus.target(2 + 2 * i).bind(accumulators.back()->socket);
  }

  void count_time(const router::Program& program, const ExecutionTimes& times) {
    if (array_time.size() < program.layers.size())
      array_time.resize(program.layers.size(), std::vector<traces::ArrayTime>(arrays.size()));
    for (std::uint64_t array = 0; array < arrays.size(); ++array) {
      const auto of_layer = time_by_layer(array_spans(program, times, config, array), program.layers.size());
      for (std::size_t layer = 0; layer < of_layer.size(); ++layer)
        array_time[layer][array] += of_layer[layer];
    }
  }

  router::ChipConfig config;
  Clock clock;
  sc_core::sc_signal<bool> no_reset{"no_reset"};
  Controller controller;
  HostPort host;
  Dma dma;
  VectorUnit vector_unit;
  OnChipBus bus;
  Sram unified_buffer;
  std::vector<std::unique_ptr<SystolicArray>> arrays;
  std::vector<std::unique_ptr<Sram>> weight_buffers, accumulators;
  std::vector<std::vector<traces::ArrayTime>> array_time;  ///< by layer and array
  ExecutionObserver observer;
};

Chip::Chip(sc_core::sc_module_name name, const router::ChipConfig& config)
    : sc_module(name), parts_(std::make_unique<Parts>(config)) {
  host.bind(parts_->host.socket);
  parts_->controller.irq.bind(irq);
  parts_->dma.memory().socket.bind(memory);
  parts_->controller.queue().fetch = [&dma = parts_->dma](auto address, auto bytes) {
    return dma.fetch(address, bytes);
  };
  connect_counters(parts_->controller, parts_->arrays);
  parts_->controller.executed = [parts = parts_.get()](const auto& program, const auto& times) {
    parts->count_time(program, times);
    if (parts->observer) parts->observer(program, times);
  };
  parts_->controller.clear_layer_counters = [parts = parts_.get(),
                                             clear = parts_->controller.clear_layer_counters] {
    clear();
    parts->array_time.clear();
  };
  parts_->connect_reset();
  sc_core::sc_spawn_options options;
  options.spawn_method();
  options.set_sensitivity(&reset);
  sc_core::sc_spawn([this] { parts_->controller.hold_in_reset(reset.read()); }, "read_reset", &options);
}

// A port must be bound; whoever does not need the reset leaves it out.
void Chip::before_end_of_elaboration() {
  if (reset.bind_count() == 0) reset.bind(parts_->no_reset);
}

Chip::~Chip() = default;

std::vector<LayerCounters> Chip::counters() const {
  std::vector<LayerCounters> layers;
  for (const std::uint64_t cycles : parts_->controller.layer_cycles())
    layers.push_back({Cycles(cycles), {}, {}});
  for (std::size_t layer = 0; layer < layers.size() && layer < parts_->array_time.size(); ++layer)
    layers[layer].arrays = parts_->array_time[layer];
  for (const auto& array : parts_->arrays) {
    for (std::size_t layer = 0; layer < array->toggles().size(); ++layer) {
      layers[layer].toggles += array->toggles()[layer];
    }
  }
  return layers;
}

BufferCounts Chip::buffers() const {
  BufferCounts counts{parts_->unified_buffer.counts(), {}, {}};
  for (const auto& buffer : parts_->weight_buffers) counts.weight_buffers += buffer->counts();
  for (const auto& buffer : parts_->accumulators) counts.accumulators += buffer->counts();
  return counts;
}

void Chip::observe(ExecutionObserver observer) {
  parts_->observer = std::move(observer);
}

traces::ClockCounts Chip::clock_edges(Cycles cycles) const {
  traces::ClockCounts edges;
  for (const auto& array : parts_->arrays) edges += array->clock_edges(cycles);
  return edges;
}

}  // namespace neartile::sc_models
