#include "neartile/memory/hbm2.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>

#include "memory/pseudo_channel.h"
#include "slow_hbm2.h"

namespace neartile::memory {
namespace {

using Random = std::mt19937;

std::uint64_t between(Random& random, std::uint64_t low, std::uint64_t high) {
  return std::uniform_int_distribution<std::uint64_t>(low, high)(random);
}

/// Any timing that a memory could have, with bursts that fit on the bus.
Hbm2Config any_config(Random& random) {
  Hbm2Config config;
  config.channels = config.pseudo_channels = 1;
  config.bank_groups = 1u << between(random, 0, 2);
  config.banks = 1u << between(random, 0, 2);
  config.queue_bursts = between(random, 1, 40);
  config.clock_MHz = static_cast<double>(between(random, 400, 1200));
  Hbm2Timing& t = config.timing;
  for (double* ns : {&t.tRCDRD_ns, &t.tRCDWR_ns, &t.tRP_ns, &t.tRAS_ns, &t.tRC_ns, &t.tRRDS_ns, &t.tRRDL_ns,
                     &t.tFAW_ns, &t.tRTP_ns, &t.tWR_ns, &t.tWTRS_ns, &t.tWTRL_ns, &t.tRFC_ns})
    *ns = *ns * static_cast<double>(between(random, 50, 200)) / 100;
  t.tRRDL_ns = std::max(t.tRRDL_ns, t.tRRDS_ns);
  t.tWTRL_ns = std::max(t.tWTRL_ns, t.tWTRS_ns);
  t.tREFI_ns = static_cast<double>(between(random, 1500, 4000));
  t.RL_clocks = between(random, 10, 25);
  t.WL_clocks = between(random, 3, 10);
  t.tCCDS_clocks = between(random, 2, 4);
  t.tCCDL_clocks = t.tCCDS_clocks + between(random, 0, 2);
  t.tRTW_clocks = t.RL_clocks + 2 - t.WL_clocks + between(random, 0, 6);
  check(config, "test");
  return config;
}

/// Traffic with runs in a row, few rows, changes of direction, crowds and pauses, as `seed` has it.
struct Traffic {
  explicit Traffic(Random& source)
      : random(source),
        rows(between(random, 1, 8)),
        writes(between(random, 0, 100)),
        pause(between(random, 0, 60)) {}

  void next(const Hbm2Config& config) {
    if (between(random, 0, 3) == 0) write = between(random, 1, 100) <= writes;
    if (between(random, 0, 2) == 0) location.row = between(random, 0, rows - 1);
    location.bank_group = between(random, 0, config.bank_groups - 1);
    location.bank = between(random, 0, config.banks - 1);
    if (between(random, 0, 1) == 0) clock += between(random, 0, pause);
    if (between(random, 0, 200) == 0) clock += between(random, 0, 20'000);
  }

  Random& random;
  std::uint64_t rows, writes, pause, clock = 0;
  bool write = false;
  Hbm2Location location;
};

void expect_the_slow_one_agrees(int rounds, int bursts) {
  Random random(1);
  for (int round = 0; round < rounds; ++round) {
    const Hbm2Config config = any_config(random);
    const Hbm2Clocks clocks(config);
    PseudoChannel fast(config, clocks, 0);
    slow::PseudoChannel judge(config);
    std::vector<Hbm2Command> commands;
    fast.observer = [&](const Hbm2Command& command) { commands.push_back(command); };
    Hbm2Counts counts;
    Traffic traffic(random);
    for (int i = 0; i < bursts; ++i) {
      traffic.next(config);
      ASSERT_EQ(fast.serve(traffic.write, traffic.location, traffic.clock, counts).data_end,
                judge.serve(traffic.write, traffic.location, traffic.clock))
          << "round " << round << ", burst " << i;
    }
    ASSERT_EQ(slow::breach_of(commands, config), "") << "round " << round;
    std::map<int, std::uint64_t> of_kind;
    for (const Hbm2Command& command : judge.commands()) ++of_kind[command.kind];
    EXPECT_EQ(counts.activates, of_kind[Hbm2Command::activate]);
    EXPECT_EQ(counts.precharges, of_kind[Hbm2Command::precharge]);
    EXPECT_EQ(counts.reads, of_kind[Hbm2Command::read]);
    EXPECT_EQ(counts.writes, of_kind[Hbm2Command::write]);
    EXPECT_EQ(counts.refreshes, of_kind[Hbm2Command::refresh]);
  }
}

TEST(Hbm2, TakesTheTimesOfASlowModelThatAsksEveryCommandSoFar) {
  expect_the_slow_one_agrees(20, 400);
}

TEST(LongHbm2, TakesTheTimesOfASlowModelThatAsksEveryCommandSoFar) {
  expect_the_slow_one_agrees(300, 3000);
}

TEST(Hbm2, TheJudgeOfTracesSeesACommandThatComesAClockEarly) {
  const Hbm2Config config;
  const Hbm2Clocks clocks(config);
  PseudoChannel channel(config, clocks, 0);
  std::vector<Hbm2Command> commands;
  channel.observer = [&](const Hbm2Command& command) { commands.push_back(command); };
  Hbm2Counts counts;
  Random random(2);
  Traffic traffic(random);
  for (int i = 0; i < 100; ++i) {
    traffic.next(config);
    channel.serve(traffic.write, traffic.location, 0, counts);
  }
  ASSERT_EQ(slow::breach_of(commands, config), "");
  // Those that come after no pause: each is as early as it may be.
  int seen = 0;
  for (std::size_t i = 50; i < commands.size(); ++i) {
    auto early = commands;
    --early[i].clock;
    seen += slow::breach_of(early, config).empty() ? 0 : 1;
  }
  EXPECT_GE(seen, static_cast<int>(commands.size() - 50) * 9 / 10);
}

TEST(Hbm2, AnIdleReadTakesWhatItsRowNeeds) {
  Hbm2Config config;
  config.timing.refresh = false;
  config.hash_banks = false;  // rows follow each other in one bank
  Hbm2Model model(config);
  const Hbm2Clocks t(config);
  std::uint64_t now_ps = 0;
  const auto expect_clocks = [&](std::uint64_t row, std::uint64_t clocks) {
    now_ps += 1'000'000;
    const Hbm2Times times = model.access(false, row * (size_bytes(config) / config.rows), 32, now_ps);
    const double taken =
        (static_cast<double>(times.complete_ps - now_ps) / 1000 - config.path_ns) * config.clock_MHz / 1000;
    EXPECT_GE(taken, static_cast<double>(clocks));
    EXPECT_LT(taken, static_cast<double>(clocks) + 1.01) << "it waits for the next edge, and no longer";
  };
  expect_clocks(0, t.RCDRD + t.RL + t.data);
  expect_clocks(0, t.RL + t.data);
  expect_clocks(1, t.RP + t.RCDRD + t.RL + t.data);
  EXPECT_EQ(model.counts()[0].row_misses, 1u);
  EXPECT_EQ(model.counts()[0].row_hits, 1u);
  EXPECT_EQ(model.counts()[0].row_conflicts, 1u);
}

TEST(Hbm2, ARequestIsCutIntoTheBurstsThatItTouches) {
  const Hbm2Config config;
  Hbm2Model model(config);
  model.access(true, 31, 34, 0);  // the last byte of one burst, a whole one, the first of a third
  model.idle_until(1'000'000);
  std::uint64_t writes = 0, bytes = 0;
  for (const Hbm2Counts& counts : model.counts()) {
    writes += counts.writes;
    bytes += counts.written_bytes;
  }
  EXPECT_EQ(writes, 3u);
  EXPECT_EQ(bytes, 34u);
}

TEST(Hbm2, AFullQueueAcceptsLater) {
  Hbm2Config config;
  config.channels = config.pseudo_channels = 1;
  config.queue_bursts = 4;
  Hbm2Model model(config);
  const std::uint64_t burst = burst_bytes(config);
  EXPECT_EQ(model.access(false, 0, 4 * burst, 0).accepted_ps, 0u);
  const Hbm2Times fifth = model.access(false, 4 * burst, burst, 0);
  EXPECT_GT(fifth.accepted_ps, 0u);
  EXPECT_LT(fifth.accepted_ps, fifth.complete_ps);
}

struct Sum {
  explicit Sum(const Hbm2Model& model) {
    for (const Hbm2Counts& counts : model.counts()) {
      reads += counts.reads;
      writes += counts.writes;
    }
  }
  std::uint64_t reads = 0, writes = 0;
};

TEST(Hbm2, WritesArePostedAndReachTheMemoryInBatchesOrWhenItIsIdle) {
  Hbm2Config config;
  config.channels = config.pseudo_channels = 1;
  config.write_batch = 8;
  Hbm2Model model(config);
  const std::uint64_t burst = burst_bytes(config);
  const auto path_ps = static_cast<std::uint64_t>(config.path_ns * 1000);
  for (std::uint64_t i = 0; i < 7; ++i)
    EXPECT_EQ(model.access(true, i * burst, burst, 0).complete_ps, path_ps);
  EXPECT_EQ(Sum(model).writes, 0u);
  model.access(true, 7 * burst, burst, 0);
  EXPECT_EQ(Sum(model).writes, 8u) << "a batch";
  model.access(true, 8 * burst, burst, 0);
  EXPECT_EQ(Sum(model).writes, 8u);
  model.access(false, 0, burst, 1'000'000);
  EXPECT_EQ(Sum(model).writes, 9u) << "there was time";
}

TEST(Hbm2, AWriteFindsNoRoomUntilTheBatchBeforeTheLastIsWritten) {
  Hbm2Config config;
  config.channels = config.pseudo_channels = 1;
  config.write_batch = 4;
  Hbm2Model model(config);
  const std::uint64_t burst = burst_bytes(config);
  for (std::uint64_t i = 0; i < 8; ++i)
    EXPECT_EQ(model.access(true, i * burst, burst, 0).accepted_ps, 0u) << i;
  EXPECT_GT(model.access(true, 8 * burst, burst, 0).accepted_ps, 0u);
}

// Whatever the controller makes of the order, what goes to the memory is legal, and nothing is lost.
TEST(Hbm2, CommandsOfTheWholeModelAreLegal) {
  Random random(3);
  for (int round = 0; round < 20; ++round) {
    Hbm2Config config = any_config(random);
    config.channels = config.pseudo_channels = 2;
    config.write_batch = between(random, 1, 40);
    Hbm2Model model(config);
    std::map<std::uint64_t, std::vector<Hbm2Command>> commands;
    model.observe([&](const Hbm2Command& command) { commands[command.pseudo_channel].push_back(command); });
    std::uint64_t now = 0, reads = 0, writes = 0;
    const std::uint64_t pause = between(random, 0, 30'000),
                        span = std::uint64_t{1} << between(random, 14, 24);
    for (int i = 0; i < 300; ++i) {
      const bool write = between(random, 0, 1) == 0;
      const std::uint64_t burst = burst_bytes(config), bursts = between(random, 1, 32);
      const std::uint64_t address = between(random, 0, span / burst - 33) * burst;
      now = std::max(now + between(random, 0, pause),
                     model.access(write, address, bursts * burst, now).accepted_ps);
      (write ? writes : reads) += bursts;
    }
    model.idle_until(now + 10'000'000);
    EXPECT_EQ(Sum(model).reads, reads);
    EXPECT_EQ(Sum(model).writes, writes);
    EXPECT_EQ(commands.size(), 4u);
    for (const auto& [channel, list] : commands)
      EXPECT_EQ(slow::breach_of(list, config), "") << round << ": " << channel;
  }
}

// Two senders, one of which runs ahead of the other by the whole of its traffic.
TEST(Hbm2, WhatComesLateTakesTimeThatWasIdle) {
  Hbm2Config config;
  config.channels = config.pseudo_channels = 1;
  config.timing.refresh = false;
  Hbm2Model model(config);
  const std::uint64_t burst = burst_bytes(config), bursts = 1000, period_ps = 6'000,
                      other_rows = size_bytes(config) / 2;
  std::uint64_t ahead = 0, late = 0;
  for (std::uint64_t i = 0; i < bursts; ++i)
    ahead = model.access(false, i * burst, burst, i * period_ps).complete_ps;
  for (std::uint64_t i = 0; i < bursts; ++i)
    late = std::max(late, model.access(false, other_rows + i * burst, burst, i * period_ps).complete_ps);
  EXPECT_LE(late, ahead + 100'000) << "more than half the time was idle";
  EXPECT_EQ(model.counts()[0].reads, 2 * bursts);
  for (std::uint64_t i = 0; i < bursts; ++i)
    late = std::max(late, model.access(false, other_rows / 2 + i * burst, burst, i * period_ps).complete_ps);
  EXPECT_GT(late, ahead + 100'000) << "now there is too little left for as much again";
  const double clocks = static_cast<double>(late) * 1e-6 * config.clock_MHz;
  EXPECT_GE(clocks, static_cast<double>(3 * bursts * config.burst_length / 2))
      << "more than the bus can carry";
}

TEST(Hbm2, AnIdleMemoryIsRefreshedInTime) {
  Hbm2Config config;
  config.channels = 2;
  Hbm2Model model(config);
  const std::uint64_t periods = 1'000'000;
  const double refi_clocks = static_cast<double>(Hbm2Clocks(config).REFI);
  model.idle_until(static_cast<std::uint64_t>((static_cast<double>(periods) + 0.5) * refi_clocks /
                                              config.clock_MHz * 1e6));
  for (const Hbm2Counts& counts : model.counts())
    EXPECT_EQ(counts.refreshes, periods * config.pseudo_channels);
  const std::uint64_t late = std::uint64_t{1} << 62;  // a picosecond count that a platform may well reach
  EXPECT_GT(model.access(false, 0, 1, late).complete_ps, late);
}

}  // namespace
}  // namespace neartile::memory
