#pragma once

#include "neartile/router/chip_config.h"
#include "neartile/router/program.h"
#include "neartile/router/program_error.h"

namespace neartile::router {

/// Elements of a tensor, and steps of a pooling, that a program may ask for.
inline constexpr std::uint64_t most_elements = std::uint64_t{1} << 28;
inline constexpr std::uint64_t most_window_steps = std::uint64_t{1} << 32;

/// What keeps a decoded program inside its chip. Asked in order: what one check has found good, the next
/// relies on.
class ProgramChecks {
 public:
  /// Both must live as long as the checks.
  ProgramChecks(const Program& program, const ChipConfig& chip);

  /// Of all but the commands.
  ProgramErrorCode header() const;
  /// Of command `index`.
  ProgramErrorCode command(CommandIndex index, const Command& command) const;

 private:
  struct OfWork;
  ProgramErrorCode layer(const ProgramLayer& layer) const;

  const Program& program_;
  const ChipConfig& chip_;
};

/// A tensor of at least one element and at most most_elements.
bool is_possible(const array::TensorShape& shape);
/// A window without zero sizes, strides and dilations.
bool is_possible(const array::Window& window);
/// A positive, finite scale, and a zero point of the integers that the encoding has.
bool is_possible(const array::Encoding& encoding);
bool is_possible(const array::Clamp& clamp);

/// An operation on whole tensors in a unified buffer of `buffer_bytes`.
ProgramErrorCode check_vector(const VectorCompute& work, std::uint64_t buffer_bytes);

/// True where bytes address .. address + bytes - 1 lie below `end`; no bytes do not.
constexpr bool is_inside(std::uint64_t address, std::uint64_t bytes, std::uint64_t end) {
  return bytes > 0 && bytes <= end && address <= end - bytes;
}

}  // namespace neartile::router
