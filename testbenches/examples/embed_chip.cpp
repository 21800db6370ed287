// A platform of one's own with Neartile's chip in it: docs/how-to/embed-the-chip.md explains each line.
#include <cstdio>
#include <exception>
#include <systemc>
#include <vector>

#include "neartile/router/compiler.h"
#include "neartile/router/policy.h"
#include "neartile/sc_models/chip.h"
#include "neartile/sc_models/external_memory.h"
#include "neartile/sc_models/host_driver.h"
#include "neartile/workloads/executor.h"
#include "neartile/workloads/workload.h"

namespace {

int run_platform(const char* workload_file) {
  using namespace neartile;
  const workloads::Workload workload = workloads::read_workload(workload_file, 10);
  const auto calibration = calibrate(workload.network, workload.calibration, workload.preprocessing);
  const auto network = quantise(
      workload.network, choose_encodings(workload.network, calibration, workloads::Scheme::affine_u8));
  router::ChipConfig config;
  config.arrays[0].count = 4;
  config.arrays[0].array.pe.multiplier = "truncated(4)";
  complete(config, "embed_chip");
  const auto program = compile(network, router::find_policy("first").route(workload.network, config), config);
  std::vector<std::vector<std::uint8_t>> inputs;
  for (std::size_t i = 0; i < workload.images.count; ++i) {
    inputs.push_back(encode_image(workload.images, i, workload.preprocessing, program.input_encoding));
  }

  Chip npu("npu", config);                                // the chip
  sc_models::ExternalMemory dram("dram", config.memory);  // your memory
  sc_models::HostDriver cpu("cpu", program, inputs);      // your processor, or its driver
  sc_core::sc_signal<bool> irq("irq");
  npu.memory.bind(dram.socket);  // DMA
  npu.irq.bind(irq);             // interrupt
  cpu.chip.bind(npu.host);       // registers
  cpu.memory.bind(dram.socket);
  cpu.irq.bind(irq);
  sc_core::sc_start();

  std::printf("%zu images, %llu cycles\n", cpu.finished(), static_cast<unsigned long long>(cpu.cycles()));
  return cpu.finished() == inputs.size() ? 0 : 1;
}

}  // namespace

int sc_main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: embed_chip WORKLOAD.json\n");
    return 1;
  }
  try {
    return run_platform(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "embed_chip: %s\n", error.what());
    return 1;
  }
}
