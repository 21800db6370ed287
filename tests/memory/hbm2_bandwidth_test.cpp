// Prints the table of docs/reference/memory.md, and holds it against what the timing implies.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <random>

#include "memory/pseudo_channel.h"
#include "neartile/memory/hbm2.h"

namespace neartile::memory {
namespace {

Hbm2Config with_channels(std::uint64_t channels) {
  Hbm2Config config;
  config.channels = channels;
  check(config, "test");
  return config;
}

struct Request {
  bool write;
  std::uint64_t address, bytes;
};
using Pattern = std::function<Request(std::uint64_t)>;

/// 10^9 bytes a second of 16 MiB of requests, each sent as soon as the queues have taken the one before.
double bandwidth_GBps(const Hbm2Config& config, const Pattern& pattern) {
  Hbm2Model model(config);
  const auto path_ps = static_cast<std::uint64_t>(config.path_ns * 1000);
  std::uint64_t arrival = 0, end = 0, bytes = 0;
  for (std::uint64_t i = 0; bytes < std::uint64_t{16} << 20; ++i) {
    const Request request = pattern(i);
    const Hbm2Times times = model.access(request.write, request.address, request.bytes, arrival);
    arrival = times.accepted_ps;
    end = std::max(end, times.complete_ps - path_ps);
    bytes += request.bytes;
  }
  return static_cast<double>(bytes) * 1e3 / static_cast<double>(end);
}

Pattern stream(bool write) {
  return [write](std::uint64_t i) { return Request{write, i * 512, 512}; };
}
/// 512 bytes read, 512 bytes written in the next bank.
Pattern copy(const Hbm2Config& config) {
  const std::uint64_t bank_stride = size_bytes(config) / config.rows / config.banks;
  return [bank_stride](std::uint64_t i) {
    return Request{i % 2 == 1, i / 2 * 512 + i % 2 * bank_stride, 512};
  };
}
/// The worst of strides: each read in another row of one bank.
Pattern rows_of_one_bank(const Hbm2Config& config) {
  const AddressMap map(config, "test");
  const std::uint64_t row_stride = size_bytes(config) / config.rows;
  std::vector<std::uint64_t> addresses;
  for (std::uint64_t row = 0; row < config.rows; ++row)
    if (map(row * row_stride).bank == 0) addresses.push_back(row * row_stride);
  return [addresses](std::uint64_t i) { return Request{false, addresses[i % addresses.size()], 32}; };
}
Pattern random_reads(const Hbm2Config& config, std::uint64_t bytes) {
  return [&config, bytes, random = std::mt19937_64(1)](std::uint64_t) mutable {
    return Request{false, random() % (size_bytes(config) / bytes) * bytes, bytes};
  };
}

/// What the timing implies, in 10^9 bytes a second.
struct Implied {
  explicit Implied(const Hbm2Config& of) : config(of), t(of), peak(peak_GBps(of)) {}

  /// Bursts one after the other, but for refreshes: close, refresh, open.
  double streamed(bool write) const {
    return peak * (1 - static_cast<double>(t.RP + t.RFC + (write ? t.RCDWR : t.RCDRD)) /
                           static_cast<double>(t.REFI));
  }
  /// A batch of writes, as many reads, and the bus turns round twice.
  double copied() const {
    const std::uint64_t round = 2 * (config.write_batch - 1) * t.CCDS + t.RTW + t.WL + t.data + t.WTRS;
    return streamed(false) * static_cast<double>(2 * config.write_batch * t.data) /
           static_cast<double>(round);
  }
  double one_bank() const {
    return 32 / (static_cast<double>(t.RC) / config.clock_MHz * 1e3) * streamed(false) / peak;
  }
  /// No more than four activates in tFAW, and none within tRRDS.
  double row_each_burst() const {
    const double clocks = std::max(static_cast<double>(t.RRDS), static_cast<double>(t.FAW) / 4);
    return streamed(false) * static_cast<double>(t.data) / clocks;
  }

  const Hbm2Config& config;
  const Hbm2Clocks t;
  const double peak;
};

struct Row {
  const char* traffic;
  double measured, implied, low, high;  ///< the last two as shares of implied
};

TEST(Hbm2Bandwidth, IsWhatTheTimingImplies) {
  std::string table =
      "\n| traffic | channels | GB/s | implied by the timing | share of the peak |\n|---|---|---|---|---|\n";
  for (const std::uint64_t channels : {1, 8, 32}) {
    const Hbm2Config config = with_channels(channels);
    const Implied implied(config);
    for (const Row& row :
         std::vector<Row>{{"stream of reads, 512 bytes each", bandwidth_GBps(config, stream(false)),
                           implied.streamed(false), 0.98, 1.01},
                          {"stream of writes, 512 bytes each", bandwidth_GBps(config, stream(true)),
                           implied.streamed(true), 0.98, 1.01},
                          {"copy: 512 bytes read, 512 written", bandwidth_GBps(config, copy(config)),
                           implied.copied(), 0.9, 1.05},
                          {"stride: rows of one bank, 32 bytes each",
                           bandwidth_GBps(config, rows_of_one_bank(config)), implied.one_bank(), 0.97, 1.01},
                          {"random reads of 64 bytes", bandwidth_GBps(config, random_reads(config, 64)),
                           implied.row_each_burst(), 0.28, 1.01},
                          {"random reads of 512 bytes", bandwidth_GBps(config, random_reads(config, 512)),
                           implied.streamed(false), 0.3, 1.01}}) {
      EXPECT_GE(row.measured, row.low * row.implied) << row.traffic << ", channels " << channels;
      EXPECT_LE(row.measured, row.high * row.implied) << row.traffic << ", channels " << channels;
      table += fmt::format("| {} | {} | {:.2f} | {:.2f} | {:.1f} % |\n", row.traffic, channels, row.measured,
                           row.implied, 100 * row.measured / implied.peak);
    }
  }
  std::cout << table << '\n';
}

/// Mean time of reads of 64 bytes, each sent long after the one before.
double latency_ns(const Hbm2Config& config, const std::function<std::uint64_t(std::uint64_t)>& address) {
  Hbm2Model model(config);
  double sum_ps = 0;
  const std::uint64_t reads = 20'000;
  for (std::uint64_t i = 0; i < reads; ++i) {
    const std::uint64_t now = 1'000'003 * (i + 1);
    sum_ps += static_cast<double>(model.access(false, address(i), 64, now).complete_ps - now);
  }
  return sum_ps / static_cast<double>(reads) / 1000;
}

TEST(Hbm2Bandwidth, IdleLatencyIsWhatTheTimingImplies) {
  Hbm2Config config;
  config.timing.refresh = false;
  const Hbm2Clocks t(config);
  const Pattern rows = rows_of_one_bank(config);
  const double half_an_edge = 0.5;
  const auto implied = [&](std::uint64_t clocks) {
    return config.path_ns +
           (static_cast<double>(clocks + t.RL + t.data) + half_an_edge) * 1000 / config.clock_MHz;
  };
  const double hit = latency_ns(config, [](std::uint64_t) { return 0; });
  const double conflict = latency_ns(config, [&](std::uint64_t i) { return rows(i).address; });
  EXPECT_NEAR(hit, implied(0), 0.1);
  EXPECT_NEAR(conflict, implied(t.RP + t.RCDRD), 0.1);
  config.timing.refresh = true;
  std::mt19937_64 random(1);
  const double anywhere =
      latency_ns(config, [&](std::uint64_t) { return random() % (size_bytes(config) / 64) * 64; });
  EXPECT_GE(anywhere, implied(t.RCDRD));
  EXPECT_LE(anywhere,
            implied(t.RP + t.RCDRD) + config.timing.tRFC_ns * config.timing.tRFC_ns / config.timing.tREFI_ns);
  std::cout << fmt::format(
      "\nidle read of 64 bytes: {:.1f} ns open row, {:.1f} ns other row open, {:.1f} ns anywhere\n\n", hit,
      conflict, anywhere);
}

// The two pseudo channels of a channel share a row and a column command bus; the model gives each its own.
// What sharing would cost: each command waits for those before it on its bus, an activate takes two clocks.
TEST(Hbm2Bandwidth, SharedCommandBusesWouldHardlyDelayACommand) {
  const Hbm2Config config = with_channels(1);
  for (const Pattern& pattern : {stream(false), copy(config), random_reads(config, 64)}) {
    Hbm2Model model(config);
    std::vector<Hbm2Command> commands;
    model.observe([&](const Hbm2Command& command) { commands.push_back(command); });
    std::uint64_t arrival = 0;
    for (std::uint64_t i = 0; i < 20'000; ++i) {
      const Request request = pattern(i);
      arrival = model.access(request.write, request.address, request.bytes, arrival).accepted_ps;
    }
    std::stable_sort(commands.begin(), commands.end(),
                     [](const auto& a, const auto& b) { return a.clock < b.clock; });
    // A bank that a refresh closes is closed with all others, by one command.
    commands.erase(std::unique(commands.begin(), commands.end(),
                               [](const auto& a, const auto& b) {
                                 return a.kind == Hbm2Command::precharge && b.kind == a.kind &&
                                        a.clock == b.clock;
                               }),
                   commands.end());
    std::uint64_t free[2] = {0, 0}, most[2] = {0, 0}, sum[2] = {0, 0}, count[2] = {0, 0};
    for (const Hbm2Command& command : commands) {
      const bool column = command.kind == Hbm2Command::read || command.kind == Hbm2Command::write;
      const std::uint64_t clock = std::max(command.clock, free[column]);
      free[column] = clock + (command.kind == Hbm2Command::activate ? 2 : 1);
      most[column] = std::max(most[column], clock - command.clock);
      sum[column] += clock - command.clock;
      ++count[column];
    }
    for (const int bus : {0, 1})
      std::cout << fmt::format("{} bus: mean {:.3f}, most {} clocks late\n", bus == 0 ? "row" : "column",
                               static_cast<double>(sum[bus]) / static_cast<double>(count[bus]), most[bus]);
    EXPECT_LE(most[1], 1u);
  }
}

}  // namespace
}  // namespace neartile::memory
