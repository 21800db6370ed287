#pragma once

#include <cstddef>
#include <cstdint>

// Included by sources that are compiled for other processors than the rest: nothing here may become code.
namespace neartile::pe {

struct TimedStep;

/// Work for a timed kernel. A register holds a wave for each transition, as words of time in the order
/// [word][transition]. Registers of operands, 16 bits wide, and of constants are set already.
struct TimedWork {
  const TimedStep* steps = nullptr;
  std::size_t step_count = 0;
  std::byte* registers = nullptr;     ///< aligned to 64 bytes
  std::size_t register_bytes = 0;     ///< from the start of a register to that of the next, a multiple of 64
  std::size_t transitions = 0;        ///< a multiple of 32
  std::uint32_t* energies = nullptr;  ///< 4 * transitions partial sums, added to; see energy_of()
  std::uint32_t* toggles = nullptr;   ///< 16 * net + any lane, added to; may be null
};

/// Work for a kernel without time: 32 words of operations, one bit each, as registers of 32 words.
struct SettledWork {
  const TimedStep* steps = nullptr;
  std::size_t step_count = 0;
  const std::uint32_t* operands = nullptr;      ///< 16 registers
  const std::uint32_t* operand_nets = nullptr;  ///< their nets
  std::uint64_t* registers = nullptr;           ///< aligned to 64 bytes; constants are set already
  const std::uint64_t* bits = nullptr;          ///< [operand][32]
  std::uint32_t* toggles = nullptr;             ///< 16 * net + any lane, added to
};

using TimedKernel = void (*)(const TimedWork&);
using SettledKernel = void (*)(const SettledWork&);

/// Kernels of a processor target; null where the compiler did not make them. The processor is asked by
/// timed_kernels().
struct TargetKernels {
  TimedKernel timed = nullptr;
  SettledKernel settled = nullptr;
};
TargetKernels portable_kernels();
TargetKernels avx2_kernels();
TargetKernels avx512_kernels();

}  // namespace neartile::pe
