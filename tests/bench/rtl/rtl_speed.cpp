// The same array and stimulus in Verilator with waves and in Neartile: CPU time of each, toggles compared.
//   rtl_speed [ROWS COLUMNS VECTORS]
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>

#include "neartile/array/array_kernel.h"
#include "neartile/array/control_activity.h"
#include "neartile/array/cycle_law.h"
#include "neartile/array/pe_waves.h"
#include "neartile/array/rtl.h"
#include "neartile/pe/base/child_process.h"

namespace neartile::array {
namespace {

constexpr std::size_t tiles = 4;

double cpu_s(int who) {
  rusage usage{};
  getrusage(who, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// CPU seconds of `work`, the least of `times`.
double measured(int times, const std::function<void()>& work) {
  double least = 1e9;
  for (int i = 0; i < times; ++i) {
    const double begin = cpu_s(RUSAGE_SELF);
    work();
    least = std::min(least, cpu_s(RUSAGE_SELF) - begin);
  }
  return least;
}

/// Whole tiles back to back, half of the activations 0.
ArrayStimulus stimulus_of(const ArrayConfig& config, std::size_t vectors) {
  std::mt19937 random(1);
  TileSchedule schedule(config);
  ArrayStimulus stimulus;
  for (std::size_t i = 0; i < tiles; ++i) {
    TileStimulus tile;
    tile.m = vectors;
    tile.k = config.rows;
    tile.n = config.columns;
    for (std::size_t j = 0; j < tile.m * tile.k; ++j)
      tile.activations.push_back(random() % 2 ? static_cast<std::uint8_t>(random()) : std::uint8_t{0});
    for (std::size_t j = 0; j < tile.k * tile.n; ++j)
      tile.weights.push_back(static_cast<std::int8_t>(random()));
    const TileTiming timing = schedule.place(0, tile.m);
    tile.load_start = timing.load_start;
    for (std::size_t m = 0; m < tile.m; ++m) tile.entries.push_back(timing.stream_start + m);
    stimulus.tiles.push_back(std::move(tile));
  }
  return stimulus;
}

void require(const ChildResult& result, const char* what) {
  if (result.status == 0) return;
  fmt::print(stderr, "{} failed:\n{}\n", what, result.output);
  std::exit(1);
}

/// Verilator's run of the test bench with waves, and all toggles below the PEs' names that it shows.
class Verilated {
 public:
  explicit Verilated(const std::vector<RtlArray>& bank, const ArrayStimulus& stimulus) {
    std::vector<std::string> words{"verilator", "--binary", "-O3", "--trace",      "--timescale",
                                   "1ps/1ps",   "-CFLAGS",  "-O2", "--top-module", "testbench"};
    for (const RtlFiles& files :
         {rtl_files(bank), rtl_bench_files(bank, {0, stimulus, 1000, "drawn operands"})})
      for (const auto& [name, text] : files) {
        folder_.write(name, text);
        if (name.ends_with(".sv")) words.push_back(name);
      }
    require(run_child(words, std::chrono::seconds(3000), folder_.path()), "verilator");
  }

  double run(const std::string& option) {
    std::vector<std::string> words{"obj_dir/Vtestbench"};
    if (!option.empty()) words.push_back(option);
    words[0] = "./" + words[0];
    const double begin = cpu_s(RUSAGE_CHILDREN);
    require(run_child(words, std::chrono::seconds(3000), folder_.path()), "the test bench");
    return cpu_s(RUSAGE_CHILDREN) - begin;
  }

  std::uint64_t vcd_bytes() const {
    std::ifstream file(folder_.file("waves.vcd"), std::ios::ate | std::ios::binary);
    return static_cast<std::uint64_t>(file.tellg());
  }

  /// Of all registers and product nets in a window of the waves, in ps.
  std::uint64_t toggles(std::uint64_t from_ps, std::uint64_t to_ps,
                        const std::vector<PeRegister>& registers) {
    std::string pattern;
    for (const PeRegister& one : registers) pattern += (pattern.empty() ? "" : "|") + one.path();
    require(
        run_child({"sh", "-c",
                   fmt::format("python3 -B {}/tests/array/rtl/vcd_toggles.py waves.vcd bank {} {} | "
                               "grep -E '/pe_[0-9]+/({}) ' | awk '{{ n += $3 }} END {{ print n }}' > sum.txt",
                               NEARTILE_SOURCE_DIR, from_ps, to_ps, pattern)},
                  std::chrono::seconds(3000), folder_.path()),
        "vcd_toggles.py");
    std::uint64_t sum = 0;
    std::ifstream(folder_.file("sum.txt")) >> sum;
    return sum;
  }

 private:
  ScratchFolder folder_;
};

/// Neartile's toggles of all nets: by the kernel, with each PE's totals where `pe_toggles` is given.
std::uint64_t by_kernel(const ArrayConfig& config, const pe::PeType& type, const ArrayStimulus& stimulus,
                        PeToggles* pe_toggles) {
  ArrayKernel kernel(config, type);
  ControlActivity control(config, type);
  traces::ToggleCounts counts;
  for (const TileStimulus& tile : stimulus.tiles) {
    std::vector<std::int32_t> sums(tile.m * tile.n);
    counts += kernel.run({tile.activations.data(), tile.m, tile.k}, {tile.weights.data(), tile.k, tile.n},
                         {sums.data(), tile.m, tile.n}, {pe_toggles, {}});
    counts += control.place(tile);
  }
  return counts.total();
}

std::uint64_t by_waves(const ArrayConfig& config, const pe::PeType& type, const ArrayStimulus& stimulus,
                       std::uint64_t cycles) {
  std::uint64_t sum = 0;
  for_each_pe(config, type, stimulus, [&](std::size_t, std::size_t, const PeWaves& waves) {
    for (const RegisterActivity& one : pe_activity(type, waves, 0, cycles + 1))
      for (const traces::BitActivity& bit : one.bits) sum += bit.toggles;
  });
  return sum;
}

int compare(const ArrayConfig& config, std::size_t vectors) {
  const pe::PeType type(config.pe);
  const std::vector<RtlArray> bank{{config, as_circuit(type.multiplier)}};
  const ArrayStimulus stimulus = stimulus_of(config, vectors);
  const std::uint64_t cycles = edges_of(config, stimulus).size();
  Verilated verilated(bank, stimulus);
  const double plain_s = verilated.run(""), waves_s = verilated.run("+vcd=waves.vcd");
  constexpr std::uint64_t half_period_ps = 500;
  const auto registers = pe_registers(config.pe, low_zero_bits(*type.multiplier.table, config.pe.overflow));
  const std::uint64_t of_rtl =
      verilated.toggles(half_period_ps, (2 * cycles + 3) * half_period_ps, registers);
  std::uint64_t totals = 0, each = 0, bits = 0;
  PeToggles pes(config.rows, config.columns);
  const double totals_s = measured(5, [&] { totals = by_kernel(config, type, stimulus, nullptr); });
  const double each_s = measured(5, [&] { each = by_kernel(config, type, stimulus, &pes); });
  const double bits_s = measured(2, [&] { bits = by_waves(config, type, stimulus, cycles); });
  fmt::print("{} x {} of {}, {} tiles of {} vectors, {} cycles, {} toggles\n", config.rows, config.columns,
             name_of(config.pe), tiles, vectors, cycles, of_rtl);
  fmt::print("Verilator with VCD     {:10.4f} s CPU, {} bytes of VCD\n", waves_s, verilated.vcd_bytes());
  fmt::print("Verilator without      {:10.4f} s CPU\n", plain_s);
  for (const auto& [name, seconds] :
       {std::pair("Neartile, totals", totals_s), std::pair("Neartile, of each PE", each_s),
        std::pair("Neartile, of every bit", bits_s)})
    fmt::print("{:22} {:10.4f} s CPU, VCD takes {:.0f} times as long\n", name, seconds, waves_s / seconds);
  const bool same = totals == of_rtl && each == of_rtl && bits == of_rtl;
  fmt::print("toggles {}\n", same ? "are the same" : "DIFFER");
  return same ? 0 : 1;
}

}  // namespace
}  // namespace neartile::array

int main(int argc, char** argv) {
  const auto number = [&](int i, std::size_t otherwise) {
    return argc > i ? static_cast<std::size_t>(std::strtoul(argv[i], nullptr, 10)) : otherwise;
  };
  neartile::array::ArrayConfig config{number(1, 16), number(2, 16), {}};
  config.pe.multiplier = "truncated(6)";
  config.pe.accumulator_bits = 24;
  return neartile::array::compare(config, number(3, 1000));
}
