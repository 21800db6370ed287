#pragma once

#include <cstddef>
#include <cstdint>

// Included by sources that are compiled for other processors than the rest: nothing here may become code.
namespace neartile::pe {

struct TimedStep;

/// Work for a timed kernel: `blocks` of 32 / words transitions between operand patterns activation << 8 |
/// weight.
struct TimedWork {
  const TimedStep* steps = nullptr;
  std::size_t step_count = 0;
  const std::uint32_t* operands = nullptr;  ///< 16 registers
  unsigned char* registers = nullptr;       ///< of 256 bytes, aligned to 64
  const std::uint64_t* from = nullptr;      ///< by transition
  const std::uint64_t* to = nullptr;        ///< by transition
  std::size_t blocks = 0;
  std::uint64_t* energies = nullptr;  ///< by transition, written
  std::uint64_t* toggles = nullptr;   ///< [8 * net + lane] added to; may be null
};

/// Work for a kernel without time: 32 words of operations, one bit each.
struct SettledWork {
  const TimedStep* steps = nullptr;
  std::size_t step_count = 0;
  const std::uint32_t* operands = nullptr;      ///< 16 registers
  const std::uint32_t* operand_nets = nullptr;  ///< their nets
  unsigned char* registers = nullptr;           ///< as TimedWork
  const std::uint64_t* bits = nullptr;          ///< [operand][32]
  std::uint64_t* toggles = nullptr;             ///< [8 * net + lane] added to
};
using SettledKernel = void (*)(const SettledWork&);
SettledKernel portable_settled_kernel();
SettledKernel avx2_settled_kernel();
SettledKernel avx512_settled_kernel();

using TimedKernel = void (*)(const TimedWork&);

/// Null where the compiler did not make them. The processor is asked by timed_kernels().
TimedKernel portable_timed_kernel(unsigned words);
TimedKernel avx2_timed_kernel(unsigned words);
TimedKernel avx512_timed_kernel(unsigned words);

}  // namespace neartile::pe
