#pragma once

#include <cstdint>
#include <string>

#include "neartile/pe/base/config.h"

namespace neartile::memory {

/// Least distances between commands of one pseudo channel, by their JEDEC names; what is in ns is rounded up
/// to clocks. docs/reference/memory.md says where each comes from.
struct Hbm2Timing {
  std::uint64_t RL_clocks = 17;    ///< read command to its data
  std::uint64_t WL_clocks = 7;     ///< write command to its data
  std::uint64_t tCCDS_clocks = 2;  ///< column command to the next, other bank group
  std::uint64_t tCCDL_clocks = 3;  ///< the same bank group
  std::uint64_t tRTW_clocks = 18;  ///< read command to write command
  double tRCDRD_ns = 12;           ///< activate to read
  double tRCDWR_ns = 6;            ///< activate to write
  double tRP_ns = 14;              ///< precharge to activate
  double tRAS_ns = 28;             ///< activate to precharge
  double tRC_ns = 42;              ///< activate to activate of the same bank
  double tRRDS_ns = 4;             ///< activate to activate, other bank group
  double tRRDL_ns = 6;             ///< the same bank group
  double tFAW_ns = 16;             ///< activate to the fourth one after it
  double tRTP_ns = 5;              ///< read to precharge
  double tWR_ns = 14;              ///< end of write data to precharge
  double tWTRS_ns = 4;             ///< end of write data to read, other bank group
  double tWTRL_ns = 9;             ///< the same bank group
  bool refresh = true;
  double tREFI_ns = 3900;  ///< between refreshes of all banks
  double tRFC_ns = 220;    ///< refresh to activate
};

/// HBM2 in pseudo-channel mode with its controller; the default is a memory of TPUv3's size and bandwidth.
struct Hbm2Config {
  double clock_MHz = 879;  ///< data move on both edges
  std::uint64_t channels = 32;
  std::uint64_t pseudo_channels = 2;  ///< of each channel
  std::uint64_t bank_groups = 4;      ///< of each pseudo channel
  std::uint64_t banks = 4;            ///< of each bank group
  std::uint64_t rows = 32768;         ///< of each bank
  std::uint64_t row_bytes = 1024;
  std::uint64_t bus_bits = 64;  ///< of each pseudo channel
  std::uint64_t burst_length = 4;
  /// Which address bits choose what, highest first; "column:2" takes two bits there and leaves the others to
  /// where column stands alone. Below them all are the bytes of a burst.
  std::string mapping = "row bank column channel column:1 bank_group pseudo_channel";
  bool hash_banks = true;           ///< the row's bits, folded, choose the bank, too
  std::uint64_t queue_bursts = 32;  ///< that wait in each pseudo channel's controller
  std::uint64_t write_batch = 32;   ///< bursts that the controller gathers, and then writes
  double path_ns = 85;              ///< from socket to controller and back
  Hbm2Timing timing;
};

void describe(ConfigVisitor& visitor, Hbm2Timing& timing);
void describe(ConfigVisitor& visitor, Hbm2Config& config);

/// Checks what single fields cannot: powers of two, a mapping that uses each bit once, times that leave room
/// between refreshes. Throws InputError at `place`.
void check(const Hbm2Config& config, const std::string& place);

inline std::uint64_t burst_bytes(const Hbm2Config& config) {
  return config.bus_bits / 8 * config.burst_length;
}
inline std::uint64_t size_bytes(const Hbm2Config& config) {
  return config.channels * config.pseudo_channels * config.bank_groups * config.banks * config.rows *
         config.row_bytes;
}
/// All data buses at work in every clock, in 10^9 bytes a second.
inline double peak_GBps(const Hbm2Config& config) {
  return 2 * config.clock_MHz * 1e-3 *
         static_cast<double>(config.bus_bits / 8 * config.pseudo_channels * config.channels);
}

}  // namespace neartile::memory
