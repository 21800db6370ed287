#include "mesh_bench.h"

#include <algorithm>

namespace neartile::sc_models::testing_support {
namespace {

void put(array::Wave& wave, std::uint64_t cycle, std::uint32_t value) {
  if (wave.empty() || wave.back().value != value) wave.push_back({cycle, value});
}

}  // namespace

MeshBench::MeshBench(sc_core::sc_module_name name, sc_core::sc_clock& clock, const array::ArrayConfig& config,
                     const pe::PeType& type, std::vector<MeshCase> cases)
    : sc_module(name),
      array("array", config, type),
      config_(config),
      cases_(std::move(cases)),
      clock_(clock),
      vector_("vector", config.rows),
      weights_("weights", config.columns) {
  array.clock(clock);
  array.reset(reset_);
  array.run(run_);
  array.feed.valid(valid_);
  array.feed.select(select_);
  array.feed.used_rows(used_rows_);
  array.feed.vector(vector_);
  array.feed.load(load_);
  array.feed.bank(bank_);
  array.feed.load_row(load_row_);
  array.feed.weights(weights_);
  SC_HAS_PROCESS(MeshBench);
  SC_THREAD(stream);
}

void MeshBench::stream() {
  wait(clock_.negedge_event());
  for (const MeshCase& drawn : cases_) stream_case(drawn);
  finished = true;
}

void MeshBench::stream_case(const MeshCase& drawn) {
  reset_ = true;
  wait(clock_.negedge_event());
  reset_ = false;
  runs.emplace_back();
  runs.back().waves.resize(config_.rows * config_.columns);
  watch(0);
  const auto edges = edges_of(config_, drawn.stimulus);
  std::uint64_t time = 0;
  for (std::uint64_t cycle = 0; cycle < drawn.cycles; ++cycle) {
    const bool runs_on = cycle >= edges.size() || edges[cycle].run;
    run_ = runs_on;
    drive(drawn.stimulus, time);
    wait(1, sc_core::SC_PS);
    if (cycle < edges.size() && !feeds(edges[cycle])) ++runs.back().feed_faults;
    wait(clock_.negedge_event());
    watch(cycle + 1);
    if (runs_on) ++time;
  }
}

// What comes in an array time, without skew; what does not count is not 0.
void MeshBench::drive(const array::ArrayStimulus& stimulus, std::uint64_t time) {
  valid_ = false;
  load_ = false;
  for (auto& element : vector_) element = 0x5a;
  for (auto& weight : weights_) weight = 0xc3;
  for (std::size_t i = 0; i < stimulus.tiles.size(); ++i) {
    const array::TileStimulus& tile = stimulus.tiles[i];
    const auto entry = std::find(tile.entries.begin(), tile.entries.end(), time);
    if (entry != tile.entries.end()) {
      const auto* vector = &tile.activations[static_cast<std::size_t>(entry - tile.entries.begin()) * tile.k];
      valid_ = true;
      select_ = weight_register(config_, i) == 1;
      used_rows_ = static_cast<std::uint32_t>(tile.k);
      for (std::size_t r = 0; r < tile.k; ++r) vector_[r] = vector[r];
    }
    if (time >= tile.load_start && time < tile.load_start + config_.rows) {
      const std::size_t row = config_.rows - 1 - (time - tile.load_start);
      load_ = true;
      bank_ = weight_register(config_, i) == 1;
      load_row_ = static_cast<std::uint32_t>(row);
      for (std::size_t c = 0; c < config_.columns; ++c)
        weights_[c] =
            row < tile.k && c < tile.n ? static_cast<std::uint8_t>(tile.weights[row * tile.n + c]) : 0;
    }
  }
}

// Whether the feed shows the mesh this edge; weights count in the columns that load.
bool MeshBench::feeds(const array::ArrayEdge& edge) const {
  bool same = true;
  for (std::size_t r = 0; r < config_.rows; ++r) {
    const array::RowEdge& row = edge.rows[r];
    same &= array.feed.v[r] == row.v && array.feed.l[r] == row.l;
    if (row.v) same &= array.feed.s[r] == row.s && array.feed.e[r] == row.e;
    if (row.v && row.e) same &= array.feed.a[r] == row.a;
    if (row.l) same &= array.feed.b[r] == row.b;
  }
  if (edge.rows[0].l) same &= array.feed.w[0] == edge.weights[0];
  return same;
}

void MeshBench::watch(std::uint64_t cycle) {
  for (std::size_t r = 0; r < config_.rows; ++r)
    for (std::size_t c = 0; c < config_.columns; ++c)
      watch_pe(array.mesh.pe(r, c), cycle, runs.back().waves[r * config_.columns + c]);
  if (!array.drain.valid || !run_) return;
  MeshOutput output{cycle, {}};
  for (const auto& sum : array.drain.sums) output.sums.push_back(sum);
  runs.back().outputs.push_back(output);
}

void MeshBench::watch_pe(const Pe& pe, std::uint64_t cycle, array::PeWaves& waves) const {
  const auto bits = static_cast<std::uint32_t>((std::uint64_t{1} << config_.pe.accumulator_bits) - 1);
  put(waves.a, cycle, pe.a);
  put(waves.s, cycle, pe.s);
  put(waves.v, cycle, pe.v);
  put(waves.e, cycle, pe.e);
  put(waves.l, cycle, pe.l);
  put(waves.b, cycle, pe.b);
  put(waves.w0, cycle, pe.w0);
  put(waves.w1, cycle, pe.w1);
  put(waves.p, cycle, static_cast<std::uint32_t>(pe.p.read()) & bits);
  put(waves.f, cycle, static_cast<std::uint16_t>(pe.f.read()));
}

}  // namespace neartile::sc_models::testing_support
