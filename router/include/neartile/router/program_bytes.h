#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "neartile/router/chip_config.h"
#include "neartile/router/program.h"
#include "neartile/router/program_error.h"

namespace neartile::router {

/// The layout that docs/reference/program-bytes.md describes.
inline constexpr std::uint32_t program_signature = 0x5250544e;  ///< "NTPR"
inline constexpr std::uint32_t program_version = 1;
/// Bytes before those that the checksum is made of: signature, version, size, checksum.
inline constexpr std::size_t program_head_bytes = 16;
inline constexpr std::size_t most_program_bytes = std::size_t{64} << 20;

/// What a chip executes, as bytes in its memory: all of `program` but names and memory segments. Throws
/// InputError where a value does not fit its field, or the program is longer than most_program_bytes.
std::vector<std::uint8_t> encode(const Program& program);

struct DecodedProgram {
  Program program;  ///< complete where error.code is none
  ProgramError error;
};

/// Checks the first program_head_bytes of a program of `size` bytes, but for the checksum.
ProgramErrorCode check_head(std::span<const std::uint8_t> head, std::size_t size);

/// Reads bytes from anywhere. A program without error keeps to the chip's buffers, arrays and limits, and
/// its commands wait for earlier ones only: it ends on every chip of this configuration. `data_base` is added
/// to its memory addresses.
DecodedProgram decode(std::span<const std::uint8_t> bytes, const ChipConfig& chip,
                      std::uint64_t data_base = 0);

/// CRC-32 of zlib, PNG and Ethernet: polynomial 0x04c11db7, reflected, all ones before and after.
std::uint32_t checksum(std::span<const std::uint8_t> bytes);

/// docs/reference/program-bytes.md.
std::string program_bytes_page();

}  // namespace neartile::router
