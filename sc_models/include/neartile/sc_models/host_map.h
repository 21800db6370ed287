#pragma once

#include <cstdint>

namespace neartile::sc_models {

/// Addresses on the chip's host socket: registers (driver/neartile_registers.h) from 0, then the unified
/// buffer, byte for byte.
namespace host_map {

inline constexpr std::uint64_t buffer_window = 0x100000;

}  // namespace host_map
}  // namespace neartile::sc_models
