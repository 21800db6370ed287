#include "neartile/pe/transition_table.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "neartile/pe/netlist_import.h"

namespace neartile::pe {
namespace {

// Two bits by two, of ASAP7's cells.
Netlist small_circuit() {
  const std::string text =
      "module m(A, B, O); input [7:0] A, B; output [3:0] O; wire p, q, r, s, t;\n"
      "AND2x2_ASAP7_75t_R g0(.A(A[0]), .B(B[0]), .Y(O[0]));\n"
      "AND2x2_ASAP7_75t_R g1(.A(A[1]), .B(B[0]), .Y(p));\n"
      "AND2x2_ASAP7_75t_R g2(.A(A[0]), .B(B[1]), .Y(q));\n"
      "AND2x2_ASAP7_75t_R g3(.A(A[1]), .B(B[1]), .Y(r));\n"
      "XOR2x2_ASAP7_75t_R g4(.A(p), .B(q), .Y(O[1]));\n"
      "AND2x2_ASAP7_75t_R g5(.A(p), .B(q), .Y(s));\n"
      "XOR2x2_ASAP7_75t_R g6(.A(r), .B(s), .Y(O[2]));\n"
      "AND2x2_ASAP7_75t_R g7(.A(r), .B(s), .Y(O[3]));\nendmodule\n";
  return import_verilog(text, "small", cells_of(default_technology()));
}

class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("neartile_cache_" + std::to_string(getpid()))) {
    std::filesystem::remove_all(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path only_file() const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) files.push_back(entry.path());
    EXPECT_EQ(files.size(), 1u);
    return files.at(0);
  }

 private:
  std::filesystem::path path_;
};

TEST(TransitionTable, HoldsTheTimedEnergyOfEveryTransition) {
  const Netlist netlist = small_circuit();
  const CircuitCost cost = circuit_cost(netlist, default_technology());
  const TransitionTable table = transition_table(netlist, cost);
  ASSERT_EQ(table.entries().size(), std::size_t{1} << 24);
  for (const unsigned weight : {0u, 1u, 3u, 255u}) {
    std::vector<OperandPair> from, to;
    for (unsigned i = 0; i < 65536; i += 5) {
      from.push_back({std::uint8_t(i >> 8), std::uint8_t(weight)});
      to.push_back({std::uint8_t(i), std::uint8_t(weight)});
    }
    const auto energies = transition_energies_fJ(netlist, cost, from, to);
    double most = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
      most = std::max<double>(most, energies[i]);
      ASSERT_NEAR(table.energy_fJ(std::uint8_t(weight), from[i].activation, to[i].activation), energies[i],
                  1e-3);
    }
    EXPECT_EQ(most > 0, (weight & 3) != 0);
  }
}

TEST(TransitionTable, DoesNotDependOnTheNumberOfThreads) {
  const Netlist netlist = small_circuit();
  const CircuitCost cost = circuit_cost(netlist, default_technology());
  EXPECT_EQ(transition_table(netlist, cost, {1}, 1), transition_table(netlist, cost, {1}, 3));
}

TEST(TransitionTable, IsTheSameFromTheCacheAndDamagedFilesAreMadeAnew) {
  const Folder folder;
  const Netlist netlist = small_circuit();
  const CircuitCost cost = circuit_cost(netlist, default_technology());
  const TransitionTable fresh = transition_table(netlist, cost, {1});
  EXPECT_EQ(cached_transition_table(netlist, cost, {1}, 0, folder.path()), fresh);
  const std::filesystem::path file = folder.only_file();
  const auto written = std::filesystem::last_write_time(file);
  EXPECT_EQ(cached_transition_table(netlist, cost, {1}, 0, folder.path()), fresh);
  EXPECT_EQ(std::filesystem::last_write_time(file), written);
  {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(1'000'000);
    stream.put('x');
  }
  EXPECT_EQ(cached_transition_table(netlist, cost, {1}, 0, folder.path()), fresh);
  std::filesystem::resize_file(file, 100);
  EXPECT_EQ(cached_transition_table(netlist, cost, {1}, 0, folder.path()), fresh);
  EXPECT_GT(std::filesystem::file_size(folder.only_file()), 100u);
}

TEST(TransitionTable, AFolderThatCannotBeWrittenIsNoError) {
  const Netlist netlist = small_circuit();
  const CircuitCost cost = circuit_cost(netlist, default_technology());
  EXPECT_EQ(cached_transition_table(netlist, cost, {1}, 0, "/proc/no/such/folder"),
            transition_table(netlist, cost, {1}));
}

}  // namespace
}  // namespace neartile::pe
