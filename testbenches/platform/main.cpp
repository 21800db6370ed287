#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <systemc>

#include "neartile/pe/base/error.h"
#include "neartile/router/compiler.h"
#include "neartile/workloads/executor.h"
#include "platform/firmware/firmware.h"
#include "platform/options.h"
#include "platform/workload_image.h"
#include "run/evaluation.h"
#include "run/inputs.h"
#include "run/output.h"
#include "text/printable.h"

namespace neartile::platform {
namespace {

/// What the options name, compiled and encoded.
struct Work {
  router::ChipConfig chip;
  router::Program program;
  std::vector<std::vector<std::uint8_t>> inputs;
  std::vector<std::int64_t> labels;
};

Work prepare(const RunOptions& options) {
  Work work;
  work.chip = chosen_chip(options);
  const workloads::Workload workload = chosen_workload(options);
  const auto routing = chosen_routing(options, workload.network, work.chip);
  const auto network = quantised(workload, scheme_of(work.chip));
  work.program = router::compile(network, routing.groups, work.chip);
  for (std::size_t i = 0; i < workload.images.count; ++i)
    work.inputs.push_back(
        encode_image(workload.images, i, workload.preprocessing, network.encodings.front()));
  work.labels = workload.classes;
  return work;
}

/// What a simulation took.
struct Times {
  double simulated_cycles = 0, wall_s = 0, cpu_s = 0;
};

nlohmann::json to_json(const Platform& platform, const std::vector<std::uint8_t>& outputs,
                       const Times& times) {
  traces::ToggleCounts toggles;
  std::uint64_t layer_cycles = 0;
  for (const auto& layer : platform.npu.counters()) {
    toggles += layer.toggles;
    layer_cycles += layer.cycles.count;
  }
  return {{"outputs", outputs},
          {"cycles", layer_cycles},
          {"toggles",
           {{"activation", toggles.activation},
            {"product", toggles.product},
            {"partial_sum", toggles.partial_sum},
            {"weight", toggles.weight},
            {"control", toggles.control}}},
          {"simulated_cycles", times.simulated_cycles},
          {"wall_s", times.wall_s},
          {"cpu_s", times.cpu_s}};
}

Times run(Platform& platform, double clock_MHz) {
  std::fflush(stdout);
  const auto wall = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  sc_core::sc_start();
  Times times;
  times.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  times.cpu_s = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  times.simulated_cycles = std::round(platform.processor.end().to_seconds() * clock_MHz * 1e6);
  if (platform.processor.faulted())
    throw InputError("platform", fmt::format("firmware was refused an access to {:#x}",
                                             platform.processor.fault_address()));
  if (platform.processor.exit_status() != 0) throw InputError("platform", "firmware reports a failure");
  return times;
}

void run_with(const std::vector<std::string>& arguments) {
  const auto options = parse_options(arguments);
  if (!options) return;
  if (options->run.out) check_output(*options->run.out);
  if (options->memory_image) check_file(*options->memory_image, "--memory-image");
  const Work work = prepare(options->run);
  const WorkloadImage image = workload_image(work.program, work.inputs, work.labels);
  if (options->memory_image) return write_file(*options->memory_image, flat_bytes(image));
  const PlatformConfig config = platform_of(*options, work.chip);
  tlm::tlm_global_quantum::instance().set(sc_core::sc_time(options->quantum_us, sc_core::SC_US));

  Platform platform("platform", config, firmware_main);
  for (const auto& segment : image.segments) platform.preload(segment.address, segment.bytes);
  const Times times = run(platform, config.chip.clock_MHz);

  const auto images = static_cast<double>(work.inputs.size());
  fmt::print("simulated: {:.0f} cycles in {:.2f} s, {:.3g} cycles a second, {:.0f} images a minute\n",
             times.simulated_cycles, times.wall_s, times.simulated_cycles / times.wall_s,
             60 * images / times.wall_s);
  if (options->run.out) {
    const auto outputs = platform.peek(image.outputs_offset, image.outputs_bytes);
    write_output(*options->run.out, "platform.json", to_json(platform, outputs, times).dump(1) + "\n");
  }
}

int run_program(int argc, char** argv) {
  try {
    run_with({argv + 1, argv + argc});
    return std::fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
  } catch (const std::exception& error) {
    std::fflush(stdout);
    fmt::print(stderr, "platform: {}\n", printable(error.what()));
    return EXIT_FAILURE;
  }
}

}  // namespace
}  // namespace neartile::platform

int sc_main(int argc, char** argv) {
  return neartile::platform::run_program(argc, argv);
}

// Takes the place of libsystemc's main(), which would print a banner first.
int main(int argc, char** argv) {
  setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", 0);
  return sc_core::sc_elab_and_sim(argc, argv);
}
