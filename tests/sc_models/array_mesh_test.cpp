#include "neartile/sc_models/array_mesh.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>

#include "array/random_stimulus.h"
#include "mesh_bench.h"
#include "neartile/array/gemm.h"

namespace neartile::sc_models {
namespace {

using namespace testing_support;
using array::testing_support::random_between;
using array::testing_support::random_stimulus;
using array::testing_support::random_type;

/// A mesh of a random PE type and the stimuli that it gets.
struct RandomMesh {
  RandomMesh(std::mt19937& random, std::size_t rows, std::size_t columns, std::size_t count)
      : type(random_type(random)), config{rows, columns, type.config} {
    for (std::size_t i = 0; i < count; ++i) {
      MeshCase drawn{random_stimulus(random, config), 0};
      drawn.cycles = edges_of(config, drawn.stimulus).size() + 2;
      if (random() % 3 == 0) drawn.cycles = random_between(random, 1, drawn.cycles);  // reset in the middle
      cases.push_back(drawn);
    }
  }

  std::string description() const {
    return fmt::format("{} x {} of {} ({})", config.rows, config.columns, name_of(type.config),
                       type.multiplier.name);
  }

  pe::PeType type;
  array::ArrayConfig config;
  std::vector<MeshCase> cases;
};

/// All meshes side by side in one simulation.
class Simulation {
 public:
  explicit Simulation(const std::vector<RandomMesh>& meshes) {
    for (const RandomMesh& mesh : meshes)
      benches_.push_back(std::make_unique<MeshBench>(sc_core::sc_gen_unique_name("bench"), clock_,
                                                     mesh.config, mesh.type, mesh.cases));
    std::uint64_t most = 0;
    for (const RandomMesh& mesh : meshes) {
      std::uint64_t cycles = 2;
      for (const MeshCase& drawn : mesh.cases) cycles += drawn.cycles + 1;
      most = std::max(most, cycles);
    }
    sc_core::sc_start(sc_core::sc_time(static_cast<double>(most), sc_core::SC_NS));
  }

  const MeshBench& bench(std::size_t i) const { return *benches_[i]; }

 private:
  sc_core::sc_clock clock_{"clock", 1, sc_core::SC_NS};
  std::vector<std::unique_ptr<MeshBench>> benches_;
};

/// The part of a wave that a run of `cycles` cycles shows.
array::Wave until(array::Wave wave, std::uint64_t cycles) {
  while (wave.back().cycle > cycles) wave.pop_back();
  return wave;
}

void expect_waves(const RandomMesh& mesh, const MeshCase& drawn, const MeshRun& run) {
  for (std::size_t r = 0; r < mesh.config.rows; ++r)
    for (std::size_t c = 0; c < mesh.config.columns; ++c) {
      const array::PeWaves kernel = pe_waves(mesh.config, mesh.type, drawn.stimulus, r, c);
      const array::PeWaves& seen = run.waves[r * mesh.config.columns + c];
      const auto same = [&](const char* name, const array::Wave& of_kernel, const array::Wave& of_mesh) {
        ASSERT_EQ(until(of_kernel, drawn.cycles), of_mesh)
            << name << " of PE(" << r << ", " << c << ") in " << mesh.description();
      };
      same("a", kernel.a, seen.a);
      same("s", kernel.s, seen.s);
      same("v", kernel.v, seen.v);
      same("e", kernel.e, seen.e);
      same("l", kernel.l, seen.l);
      same("b", kernel.b, seen.b);
      same("w0", kernel.w0, seen.w0);
      same("w1", kernel.w1, seen.w1);
      same("p", kernel.p, seen.p);
      same("f", kernel.f, seen.f);
      if (testing::Test::HasFatalFailure()) return;
    }
}

/// The sums of all vectors of a stimulus whose last one is in the drain within `cycles`, as the law and the
/// slow GEMM say.
std::vector<MeshOutput> expected_outputs(const RandomMesh& mesh, const MeshCase& drawn) {
  std::vector<MeshOutput> outputs;
  const auto cycles = clock_cycles(drawn.stimulus, settled_time(mesh.config, drawn.stimulus));
  for (const array::TileStimulus& tile : drawn.stimulus.tiles) {
    std::vector<std::int32_t> sums(tile.m * tile.n);
    array::reference_gemm(mesh.type, mesh.config.rows, {tile.activations.data(), tile.m, tile.k},
                          {tile.weights.data(), tile.k, tile.n}, {sums.data(), tile.m, tile.n});
    for (std::size_t m = 0; m < tile.m; ++m) {
      const std::uint64_t time = tile.entries[m] + mesh.config.rows + mesh.config.columns;
      const std::uint64_t cycle = cycles[time - 1] + 1;
      if (cycle > drawn.cycles) return outputs;
      outputs.push_back({cycle,
                         {sums.begin() + static_cast<std::ptrdiff_t>(m * tile.n),
                          sums.begin() + static_cast<std::ptrdiff_t>((m + 1) * tile.n)}});
    }
  }
  return outputs;
}

void expect_outputs(const RandomMesh& mesh, const MeshCase& drawn, const MeshRun& run) {
  const auto expected = expected_outputs(mesh, drawn);
  ASSERT_EQ(run.outputs.size(), expected.size()) << mesh.description();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    ASSERT_EQ(run.outputs[i].cycle, expected[i].cycle) << mesh.description() << ", vector " << i;
    for (std::size_t c = 0; c < expected[i].sums.size(); ++c)
      ASSERT_EQ(run.outputs[i].sums[c], expected[i].sums[c]) << mesh.description() << ", vector " << i;
  }
}

void judge(const std::vector<RandomMesh>& meshes) {
  const Simulation simulation(meshes);
  for (std::size_t i = 0; i < meshes.size(); ++i) {
    const MeshBench& bench = simulation.bench(i);
    ASSERT_EQ(bench.runs.size(), meshes[i].cases.size());
    for (std::size_t n = 0; n < bench.runs.size(); ++n) {
      EXPECT_EQ(bench.runs[n].feed_faults, 0u) << meshes[i].description() << ", case " << n;
      expect_waves(meshes[i], meshes[i].cases[n], bench.runs[n]);
      expect_outputs(meshes[i], meshes[i].cases[n], bench.runs[n]);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

// Every register of every PE in every cycle, the product nets, the sums and when they leave.
TEST(ArrayMesh, IsWhatTheKernelsWavesAndTheLawsSay) {
  std::mt19937 random(21);
  std::vector<RandomMesh> meshes;
  for (const auto& [rows, columns] : {std::pair{1, 1}, {1, 5}, {5, 1}, {7, 3}, {3, 8}})
    meshes.emplace_back(random, rows, columns, 12);
  for (int i = 0; i < 25; ++i)
    meshes.emplace_back(random, random_between(random, 1, 7), random_between(random, 1, 7), 4);
  meshes.emplace_back(random, 16, 16, 2);
  judge(meshes);
}

TEST(LongArrayMesh, IsWhatTheKernelsWavesAndTheLawsSay) {
  std::mt19937 random(22);
  std::vector<RandomMesh> meshes;
  for (int i = 0; i < 200; ++i)
    meshes.emplace_back(random, random_between(random, 1, 12), random_between(random, 1, 12), 20);
  judge(meshes);
}

}  // namespace
}  // namespace neartile::sc_models
