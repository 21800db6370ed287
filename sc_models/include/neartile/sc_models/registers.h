#pragma once

#include <cstdint>

namespace neartile::sc_models {

/// The chip's registers behind its host socket: byte addresses of 32-bit registers.
namespace registers {

inline constexpr std::uint32_t identification = 0x000;  ///< read: "NTIL"
inline constexpr std::uint32_t version = 0x004;         ///< read: major << 16 | minor
inline constexpr std::uint32_t status = 0x008;          ///< read: busy, done, error bits
inline constexpr std::uint32_t doorbell = 0x00c;        ///< write 1: execute the program once
inline constexpr std::uint32_t irq_status = 0x010;      ///< read: done, error bits; write 1 clears
inline constexpr std::uint32_t irq_enable = 0x014;      ///< read, write: done, error bits
inline constexpr std::uint32_t error_command = 0x018;   ///< read: the command that failed
inline constexpr std::uint32_t arrays = 0x020;          ///< read: number of arrays
inline constexpr std::uint32_t groups = 0x024;          ///< read: number of groups
inline constexpr std::uint32_t layers = 0x028;          ///< read: layers of the loaded program
inline constexpr std::uint32_t cycles_low = 0x030;      ///< read: cycles of the last execution
inline constexpr std::uint32_t cycles_high = 0x034;
inline constexpr std::uint32_t routing = 0x1000;  ///< read, write: group of layer i at routing + 4 i

inline constexpr std::uint32_t busy_bit = 1;
inline constexpr std::uint32_t done_bit = 2;
inline constexpr std::uint32_t error_bit = 4;

inline constexpr std::uint32_t identification_value = 0x4e54494c;
inline constexpr std::uint32_t version_value = 0x00000001;

}  // namespace registers
}  // namespace neartile::sc_models
