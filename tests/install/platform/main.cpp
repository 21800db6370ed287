// A user's program: one layer on a board with the chip; what comes back is what the executor says.
#include <cstdio>
#include <exception>
#include <vector>

#include "board.h"
#include "neartile/router/compiler.h"
#include "neartile/sc_models/host_driver.h"
#include "neartile/workloads/executor.h"

namespace {

using namespace neartile;

/// A fully connected layer of 4 outputs over 2 x 2 pixels of 3 channels.
workloads::QuantisedNetwork one_layer() {
  workloads::MatrixLayer layer;
  layer.shape = {{3, 2, 2}, {2, 2}, 1, 4};
  for (std::size_t i = 0; i < layer.shape.out_channels * layer.shape.k(); ++i)
    layer.weights.push_back(static_cast<float>(i % 7) / 7.0f - 0.4f);
  layer.bias = {0.1f, -0.2f, 0.3f, 0.0f};
  const workloads::Network network{"one layer", {3, 2, 2}, {{"fc", "Gemm", "out", {0}, {4, 1, 1}, layer}}};
  return workloads::quantise(network, {{0.01, 100, false}, {0.02, 120, false}});
}

int run_platform() {
  router::ChipConfig config;
  config.arrays[0].count = 1;
  config.arrays[0].array.rows = config.arrays[0].array.columns = 8;
  config.arrays[0].array.pe.multiplier = "truncated(4)";
  config.memory.size_MiB = 16;
  complete(config, "platform");
  const auto network = one_layer();
  const auto program = router::compile(network, {0}, config);
  const std::vector<std::vector<std::uint8_t>> inputs{{0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 255}};

  Board board("board", config);
  sc_models::HostDriver cpu("cpu", program, inputs);
  cpu.chip.bind(board.npu.host);
  cpu.memory.bind(board.dram.socket);
  cpu.irq.bind(board.irq);
  sc_core::sc_start();

  const auto expected = workloads::Executor(network, {config.arrays[0].array}).run(inputs[0]).back();
  for (const unsigned output : cpu.outputs()) std::printf("%u ", output);
  std::printf("in %llu cycles\n", static_cast<unsigned long long>(cpu.cycles()));
  return cpu.outputs() == expected && cpu.cycles() > 0 ? 0 : 1;
}

}  // namespace

int sc_main(int, char**) {
  try {
    return run_platform();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "platform: %s\n", error.what());
    return 1;
  }
}
