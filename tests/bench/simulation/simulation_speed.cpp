// Simulated cycles a second of processor time: the worked platform in its styles, and meshes of PEs.
#include <fmt/format.h>

#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <systemc>

#include "neartile/array/pe_registers.h"
#include "neartile/pe/base/child_process.h"
#include "neartile/sc_models/array_mesh.h"
#include "support/temporary_folder.h"

namespace {

using namespace neartile;

void print_row(const std::string& model, double cycles, double cpu_s) {
  fmt::print("{:<40} {:>12.0f} cycles {:>8.2f} s {:>12.0f} cycles a second\n", model, cycles, cpu_s,
             cycles / cpu_s);
  std::fflush(stdout);
}

void measure_platform(const std::vector<std::string>& options) {
  const testing_support::TemporaryFolder folder;
  std::vector<std::string> command{PLATFORM_PROGRAM, "--images", "20", "--out", (folder / "out").string()};
  command.insert(command.end(), options.begin(), options.end());
  const auto done = run_child(command, std::chrono::seconds(600));
  if (done.status != 0) return fmt::print("platform failed: {}\n", done.output);
  std::ifstream file(folder / "out/platform.json");
  const auto result = nlohmann::json::parse(file);
  std::string name = "platform";
  for (const auto& option : options) name += " " + option;
  print_row(name, result["simulated_cycles"].get<double>(), result["cpu_s"].get<double>());
}

/// A mesh whose inputs change in every cycle.
class BusyMesh : public sc_core::sc_module {
 public:
  BusyMesh(sc_core::sc_module_name name, sc_core::sc_clock& clock, const array::ArrayConfig& config)
      : sc_module(name),
        mesh_("mesh", config),
        clock_(clock),
        vector_("vector", config.rows),
        weights_("weights", config.columns) {
    mesh_.clock(clock);
    mesh_.reset(low_);
    mesh_.run(high_);
    mesh_.feed.valid(high_);
    mesh_.feed.select(low_);
    mesh_.feed.used_rows(used_rows_);
    mesh_.feed.vector(vector_);
    mesh_.feed.load(load_);
    mesh_.feed.bank(low_);
    mesh_.feed.load_row(load_row_);
    mesh_.feed.weights(weights_);
    used_rows_ = static_cast<std::uint32_t>(config.rows);
    high_ = true;
    sc_core::sc_spawn([this, rows = config.rows] { stream(rows); }, "stream");
  }

 private:
  void stream(std::size_t rows) {
    std::uint32_t random = 1;
    const auto byte = [&] {
      return static_cast<std::uint8_t>((random = random * 1664525u + 1013904223u) >> 24);
    };
    for (std::uint64_t cycle = 0;; ++cycle) {
      load_ = cycle < rows;
      load_row_ = static_cast<std::uint32_t>(cycle < rows ? rows - 1 - cycle : 0);
      for (auto& weight : weights_) weight = byte();
      for (auto& element : vector_) element = byte();
      sc_core::wait(clock_.negedge_event());
    }
  }

  sc_models::ArrayMesh mesh_;
  sc_core::sc_clock& clock_;
  sc_core::sc_signal<bool> low_{"low"}, high_{"high"}, load_{"load"};
  sc_core::sc_signal<std::uint32_t> used_rows_{"used_rows"}, load_row_{"load_row"};
  sc_core::sc_vector<sc_core::sc_signal<std::uint8_t>> vector_, weights_;
};

void measure_mesh(std::size_t size, double cycles) {
  sc_core::sc_clock clock("clock", 1, sc_core::SC_NS);
  array::ArrayConfig config;
  config.rows = config.columns = size;
  BusyMesh mesh("busy", clock, config);
  const std::clock_t start = std::clock();
  sc_core::sc_start(cycles, sc_core::SC_NS);
  print_row(fmt::format("mesh of {0} x {0} PEs", size), cycles,
            static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
}

}  // namespace

int sc_main(int argc, char** argv) {
  if (argc > 1) {  // one elaboration a process: each mesh is a run of its own
    measure_mesh(std::stoul(argv[1]), std::stod(argv[2]));
    return 0;
  }
  for (const char* memory : {"simple", "hbm2"}) {
    measure_platform({"--style", "lt", "--memory", memory});
    measure_platform({"--style", "lt-dmi", "--quantum", "10", "--memory", memory});
    measure_platform({"--style", "at", "--memory", memory});
  }
  for (const auto& [size, cycles] : {std::pair{"8", "20000"}, {"32", "2000"}, {"128", "100"}})
    fmt::print("{}", run_child({argv[0], size, cycles}, std::chrono::seconds(600)).output);
  return 0;
}
