#include "neartile/memory/hbm2_config.h"

#include <fmt/format.h>

#include "neartile/memory/address_map.h"
#include "neartile/pe/base/error.h"
#include "powers_of_two.h"

namespace neartile::memory {
namespace {

// With all other times together in between, every burst finds its place before the next refresh.
void expect_time_between_refreshes(const Hbm2Config& config, const std::string& place) {
  const Hbm2Timing& t = config.timing;
  const double ns = t.tRCDRD_ns + t.tRCDWR_ns + t.tRP_ns + t.tRAS_ns + t.tRC_ns + t.tRRDS_ns + t.tRRDL_ns +
                    t.tFAW_ns + t.tRTP_ns + t.tWR_ns + t.tWTRS_ns + t.tWTRL_ns + t.tRFC_ns;
  const std::uint64_t rounding = 16;
  const std::uint64_t clocks = t.RL_clocks + t.WL_clocks + t.tCCDS_clocks + t.tCCDL_clocks + t.tRTW_clocks +
                               config.burst_length + rounding;
  const double least_ns = ns + static_cast<double>(clocks) * 1000 / config.clock_MHz;
  if (t.refresh && t.tREFI_ns < least_ns)
    throw InputError(
        place + ": /timing/tREFI_ns",
        fmt::format("is {}, expected at least {:.0f}, the other times together", t.tREFI_ns, least_ns));
}

}  // namespace

void describe(ConfigVisitor& visitor, Hbm2Timing& timing) {
  constexpr double longest_ns = 1e5;
  const auto clocks = [&](std::string_view key, std::string_view help, std::uint64_t& value) {
    visitor.number({key, help, 1, 1000}, value);
  };
  const auto ns = [&](std::string_view key, std::string_view help, double& value) {
    visitor.number({key, help, 0, longest_ns}, value);
  };
  clocks("RL_clocks", "read command to its data", timing.RL_clocks);
  clocks("WL_clocks", "write command to its data", timing.WL_clocks);
  clocks("tCCDS_clocks", "column command to column command, other bank group", timing.tCCDS_clocks);
  clocks("tCCDL_clocks", "column command to column command, same bank group", timing.tCCDL_clocks);
  clocks("tRTW_clocks", "read command to write command", timing.tRTW_clocks);
  ns("tRCDRD_ns", "activate to read", timing.tRCDRD_ns);
  ns("tRCDWR_ns", "activate to write", timing.tRCDWR_ns);
  ns("tRP_ns", "precharge to activate", timing.tRP_ns);
  ns("tRAS_ns", "activate to precharge", timing.tRAS_ns);
  ns("tRC_ns", "activate to activate, same bank", timing.tRC_ns);
  ns("tRRDS_ns", "activate to activate, other bank group", timing.tRRDS_ns);
  ns("tRRDL_ns", "activate to activate, same bank group", timing.tRRDL_ns);
  ns("tFAW_ns", "activate to the fourth activate after it", timing.tFAW_ns);
  ns("tRTP_ns", "read to precharge", timing.tRTP_ns);
  ns("tWR_ns", "end of write data to precharge", timing.tWR_ns);
  ns("tWTRS_ns", "end of write data to read, other bank group", timing.tWTRS_ns);
  ns("tWTRL_ns", "end of write data to read, same bank group", timing.tWTRL_ns);
  visitor.flag({"refresh", "whether rows are refreshed"}, timing.refresh);
  ns("tREFI_ns", "between refreshes of all banks", timing.tREFI_ns);
  ns("tRFC_ns", "refresh to activate", timing.tRFC_ns);
}

void describe(ConfigVisitor& visitor, Hbm2Config& config) {
  visitor.number({"clock_MHz", "clock of the data bus in MHz; data move on both edges", 1, 10000},
                 config.clock_MHz);
  visitor.number({"channels", "independent channels", 1, 1024}, config.channels);
  visitor.number({"pseudo_channels", "pseudo channels of each channel", 1, 4}, config.pseudo_channels);
  visitor.number({"bank_groups", "bank groups of each pseudo channel", 1, 16}, config.bank_groups);
  visitor.number({"banks", "banks of each bank group", 1, 16}, config.banks);
  visitor.number({"rows", "rows of each bank", 1, 1 << 20}, config.rows);
  visitor.number({"row_bytes", "bytes of a row", 16, 65536}, config.row_bytes);
  visitor.number({"bus_bits", "data bits of each pseudo channel", 8, 1024}, config.bus_bits);
  visitor.number({"burst_length", "data that follow one column command", 2, 64}, config.burst_length);
  visitor.text({"mapping", "fields of an address, highest first, as in \"row bank column:2 channel column\""},
               config.mapping);
  visitor.flag({"hash_banks", "whether the row's bits, folded, choose the bank, too"}, config.hash_banks);
  visitor.number({"queue_bursts", "bursts that wait in each pseudo channel's controller", 1, 4096},
                 config.queue_bursts);
  visitor.number({"write_batch", "bursts that the controller gathers, and then writes", 1, 4096},
                 config.write_batch);
  visitor.number({"path_ns", "from socket to controller and back in ns", 0, 1e6}, config.path_ns);
  visitor.object({"timing", ""}, [&](ConfigVisitor& v) { describe(v, config.timing); });
}

void check(const Hbm2Config& config, const std::string& place) {
  expect_power_of_two(config.channels, place, "channels");
  expect_power_of_two(config.pseudo_channels, place, "pseudo_channels");
  expect_power_of_two(config.bank_groups, place, "bank_groups");
  expect_power_of_two(config.banks, place, "banks");
  expect_power_of_two(config.rows, place, "rows");
  expect_power_of_two(config.row_bytes, place, "row_bytes");
  expect_power_of_two(config.bus_bits, place, "bus_bits");
  expect_power_of_two(config.burst_length, place, "burst_length");
  if (config.row_bytes < burst_bytes(config))
    throw InputError(place + ": /row_bytes", fmt::format("is {}, expected at least the {} of a burst",
                                                         config.row_bytes, burst_bytes(config)));
  expect_time_between_refreshes(config, place);
  AddressMap(config, place);
}

}  // namespace neartile::memory
