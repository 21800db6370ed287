#include "sc_models/program_queue.h"

#include <gtest/gtest.h>

#include <systemc>

#include <algorithm>
#include <functional>

#include "neartile/router/program_bytes.h"
#include "support/sealed_program.h"

namespace neartile::sc_models {
namespace {

using router::ProgramError;
using Code = router::ProgramErrorCode;

router::ChipConfig chip() {
  router::ChipConfig config;
  complete(config, "test");
  return config;
}

std::vector<std::uint8_t> program_of(std::size_t fences) {
  router::Program program;
  program.layers.resize(1);
  program.commands.resize(fences, {0, {}, router::Fence{}});
  return encode(program);
}

/// A queue whose memory holds `memory` from `base` on, refuses all else, and takes 1 ns a byte.
struct Bench {
  static constexpr std::uint64_t base = 0x8000'0000'0000;
  Bench() {
    queue.fetch = [this](std::uint64_t address, std::span<std::uint8_t> bytes) {
      if (address < base || address - base + bytes.size() > memory.size()) return false;
      std::copy_n(memory.begin() + static_cast<std::ptrdiff_t>(address - base), bytes.size(), bytes.begin());
      sc_core::wait(static_cast<double>(bytes.size()), sc_core::SC_NS);
      fetched += bytes.size();
      return true;
    };
  }
  /// Runs `body` in a thread of the simulation.
  void run(std::function<void()> body) {
    sc_core::sc_spawn(body);
    sc_core::sc_start();
  }
  ProgramError take(std::uint64_t size) { return queue.take({base, size, 0}); }

  std::vector<std::uint8_t> memory = program_of(3);
  std::uint64_t fetched = 0;
  ProgramQueue queue{chip()};
};

TEST(ProgramQueue, FetchesEveryTimeAndDecodesWhatIsNew) {
  Bench bench;
  bench.run([&] {
    const std::size_t size = bench.memory.size();
    EXPECT_EQ(bench.take(size), ProgramError{});
    EXPECT_TRUE(bench.queue.is_new());
    EXPECT_EQ(bench.queue.program().commands.size(), 3u);
    EXPECT_EQ(bench.take(size), ProgramError{});
    EXPECT_FALSE(bench.queue.is_new());
    EXPECT_EQ(bench.fetched, 2 * size);
    EXPECT_EQ(sc_core::sc_time_stamp(), sc_core::sc_time(2.0 * static_cast<double>(size), sc_core::SC_NS));
    bench.memory = program_of(2);
    EXPECT_EQ(bench.take(bench.memory.size()), ProgramError{});
    EXPECT_TRUE(bench.queue.is_new());
    EXPECT_EQ(bench.queue.program().commands.size(), 2u);
    EXPECT_EQ(bench.queue.take({Bench::base, bench.memory.size(), 64}), ProgramError{});
    EXPECT_TRUE(bench.queue.is_new()) << "the data base is another";
  });
}

TEST(ProgramQueue, AWrongProgramLeavesTheOneAtHand) {
  Bench bench;
  bench.run([&] {
    EXPECT_EQ(bench.take(bench.memory.size()), ProgramError{});
    bench.memory.back() ^= 1;
    EXPECT_EQ(bench.take(bench.memory.size()), ProgramError{Code::checksum});
    EXPECT_FALSE(bench.queue.is_new());
    EXPECT_EQ(bench.queue.program().commands.size(), 3u);
    bench.memory.back() ^= 1;
    EXPECT_EQ(bench.take(bench.memory.size()), ProgramError{});
  });
}

TEST(ProgramQueue, AWrongHeadIsSeenBeforeTheRestIsFetched) {
  Bench bench;
  bench.run([&] {
    EXPECT_EQ(bench.take(0), ProgramError{Code::size});
    EXPECT_EQ(bench.take(15), ProgramError{Code::size});
    EXPECT_EQ(bench.take(router::most_program_bytes + 1), ProgramError{Code::size});
    EXPECT_EQ(bench.take(0xffffffff), ProgramError{Code::size});
    EXPECT_EQ(bench.fetched, 0u);
    EXPECT_EQ(bench.take(bench.memory.size() + 1), ProgramError{Code::size});
    EXPECT_EQ(bench.fetched, router::program_head_bytes);
    bench.memory.assign(64, 0);
    EXPECT_EQ(bench.take(64), ProgramError{Code::signature});
  });
}

TEST(ProgramQueue, WhatMemoryRefusesIsAnErrorOfTheFetch) {
  Bench bench;
  bench.run([&] {
    const std::size_t size = bench.memory.size();
    EXPECT_EQ(bench.queue.take({0, size, 0}), ProgramError{Code::fetch});
    EXPECT_EQ(bench.queue.take({~std::uint64_t{0}, size, 0}), ProgramError{Code::fetch});
    bench.memory.resize(size - 1);
    EXPECT_EQ(bench.take(size), ProgramError{Code::fetch});
  });
}

}  // namespace
}  // namespace neartile::sc_models
