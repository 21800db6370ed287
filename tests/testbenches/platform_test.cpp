#include "platform/platform.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "neartile/router/compiler.h"
#include "neartile/sc_models/testbench.h"
#include "neartile/workloads/executor.h"
#include "platform/firmware/firmware.h"
#include "platform/firmware/map.h"
#include "platform/options.h"
#include "platform/workload_image.h"
#include "router/small_chip.h"
#include "support/protocol_checker.h"
#include "support/small_networks.h"

namespace neartile::platform {
namespace {

constexpr std::size_t images = 2;

router::ChipConfig chip_of_two() {
  router::ChipConfig chip = router::small_chip({"exact", "truncated(6)"});
  chip.unified_buffer_KiB = 256;
  chip.accumulator_vectors = 64;
  chip.memory.size_MiB = 16;
  return chip;
}

/// A network, its images, and what must come out.
struct Work {
  router::ChipConfig chip = chip_of_two();
  workloads::QuantisedNetwork network = testing_support::network_of_everything(5).quantise();
  router::Program program;
  std::vector<std::vector<std::uint8_t>> inputs;
  std::vector<std::uint8_t> expected;

  Work() {
    router::Routing routing;
    std::vector<array::ArrayConfig> arrays;
    for (std::size_t i = 0; i < network.network.nodes.size(); ++i) {
      routing.push_back(i % 2);
      arrays.push_back(chip.arrays[i % 2].array);
    }
    program = router::compile(network, routing, chip);
    const workloads::Executor executor(network, arrays);
    for (unsigned i = 0; i < images; ++i) {
      inputs.push_back(testing_support::random_patterns(program.input_bytes, i));
      const auto output = executor.run(inputs.back()).back();
      expected.insert(expected.end(), output.begin(), output.end());
    }
  }
};

/// Puts a checker on each connection.
class Checkers {
 public:
  MakeLink make() {
    return [this](const char* name) {
      checkers_.push_back(
          std::make_unique<testing_support::ProtocolChecker>((std::string(name) + "_checker").c_str()));
      return Link{&checkers_.back()->upstream, &checkers_.back()->downstream};
    };
  }
  std::size_t count() const { return checkers_.size(); }
  std::size_t in_flight() const {
    std::size_t sum = 0;
    for (const auto& checker : checkers_) sum += checker->in_flight();
    return sum;
  }

 private:
  std::vector<std::unique_ptr<testing_support::ProtocolChecker>> checkers_;
};

struct Bench {
  Bench(const Work& work, const Options& options, const char* name = "platform",
        std::function<int()> firmware = firmware_main)
      : image(workload_image(work.program, work.inputs, {})),
        platform(name, platform_of(options, work.chip), std::move(firmware), checkers.make()) {
    for (const auto& segment : image.segments) platform.preload(segment.address, segment.bytes);
  }
  std::vector<std::uint8_t> outputs() { return platform.peek(image.outputs_offset, image.outputs_bytes); }
  traces::ToggleCounts toggles() const {
    traces::ToggleCounts sum;
    for (const auto& layer : platform.npu.counters()) sum += layer.toggles;
    return sum;
  }
  std::uint64_t cycles() const {
    std::uint64_t sum = 0;
    for (const auto& layer : platform.npu.counters()) sum += layer.cycles.count;
    return sum;
  }
  void expect_success(const Work& work) {
    EXPECT_FALSE(platform.processor.faulted());
    EXPECT_EQ(platform.processor.exit_status(), 0);
    EXPECT_EQ(outputs(), work.expected);
    EXPECT_EQ(checkers.count(), 6u);
    EXPECT_EQ(checkers.in_flight(), 0u);
  }

  Checkers checkers;
  WorkloadImage image;
  Platform platform;
};

Options options_of(Style style, MemoryKind memory) {
  Options options;
  options.style = style;
  options.memory = memory;
  return options;
}

class PlatformStyles : public testing::TestWithParam<std::tuple<Style, MemoryKind, double>> {};

// Beside the platform, the bench that `neartile run` uses: the same outputs and toggles.
TEST_P(PlatformStyles, ClassifyAsExecutorAndBenchDo) {
  const auto [style, memory, quantum_us] = GetParam();
  tlm::tlm_global_quantum::instance().set(sc_core::sc_time(quantum_us, sc_core::SC_US));
  const Work work;
  Bench bench(work, options_of(style, memory));
  sc_models::Testbench reference("reference", work.program, work.chip, work.inputs);
  sc_core::sc_start();
  bench.expect_success(work);
  const sc_models::RunResult result = reference.result();
  EXPECT_EQ(result.outputs, work.expected);
  traces::ToggleCounts toggles;
  for (const auto& layer : result.layers) toggles += layer.toggles;
  // Control bits also change between tiles that do not follow each other at once: that is timing.
  traces::ToggleCounts found = bench.toggles();
  EXPECT_NEAR(static_cast<double>(found.control), static_cast<double>(toggles.control),
              0.05 * static_cast<double>(toggles.control));
  found.control = toggles.control;
  EXPECT_EQ(found, toggles);
  EXPECT_GT(toggles.product, 0u);
  EXPECT_EQ(bench.platform.processor.dmi_accesses() > 0, style == Style::lt_dmi);
}

std::string name_of_case(const testing::TestParamInfo<PlatformStyles::ParamType>& info) {
  const auto [style, memory, quantum_us] = info.param;
  return fmt::format("{}_{}_{:.0f}us", style == Style::lt_dmi ? "lt_dmi" : to_string(style),
                     memory == MemoryKind::hbm2 ? "hbm2" : "simple", quantum_us);
}

INSTANTIATE_TEST_SUITE_P(All, PlatformStyles,
                         testing::Combine(testing::Values(Style::lt, Style::lt_dmi, Style::at),
                                          testing::Values(MemoryKind::simple, MemoryKind::hbm2),
                                          testing::Values(0.0, 10.0)),
                         name_of_case);

TEST(Platform, LooselyTimedCyclesAreNearApproximatelyTimedOnes) {
  const Work work;
  Bench lt(work, options_of(Style::lt, MemoryKind::hbm2), "lt");
  Bench at(work, options_of(Style::at, MemoryKind::hbm2), "at");
  sc_core::sc_start();
  lt.expect_success(work);
  at.expect_success(work);
  RecordProperty("lt_cycles", std::to_string(lt.cycles()));
  RecordProperty("at_cycles", std::to_string(at.cycles()));
  EXPECT_NEAR(static_cast<double>(lt.cycles()), static_cast<double>(at.cycles()), 0.1 * at.cycles());
}

TEST(Platform, FirmwareReportsADamagedProgramAndGoesOn) {
  const Work work;
  int first = -1, second = -1;
  std::uint64_t damaged = 0;
  const auto firmware = [&] {
    Processor& processor = Processor::running();
    std::uint8_t byte = 0;
    processor.read(PLATFORM_MEMORY + damaged, &byte, 1);
    const auto changed = static_cast<std::uint8_t>(byte ^ 1);
    processor.write(PLATFORM_MEMORY + damaged, &changed, 1);
    first = firmware_main();
    processor.write(PLATFORM_MEMORY + damaged, &byte, 1);
    second = firmware_main();
    return second;
  };
  Bench bench(work, {}, "platform", firmware);
  damaged = bench.image.segments.front().address + 100;  // of the program's bytes
  sc_core::sc_start();
  EXPECT_EQ(first, 1);
  bench.expect_success(work);
}

TEST(Platform, AnAccessToNowhereIsAFault) {
  const Work work;
  Bench bench(work, {}, "platform", [] {
    std::uint32_t word = 0;
    Processor::running().read(0x1234, &word, 4);
    ADD_FAILURE() << "firmware went on";
    return 0;
  });
  sc_core::sc_start();
  EXPECT_TRUE(bench.platform.processor.faulted());
  EXPECT_EQ(bench.platform.processor.fault_address(), 0x1234u);
  EXPECT_EQ(bench.platform.processor.exit_status(), -1);
}

TEST(Platform, FirmwareFindsNoWorkloadInEmptyMemory) {
  const Work work;
  Platform platform("platform", platform_of({}, work.chip), firmware_main);
  sc_core::sc_start();
  EXPECT_EQ(platform.processor.exit_status(), 1);
  EXPECT_FALSE(platform.processor.faulted());
}

}  // namespace
}  // namespace neartile::platform
