#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "timed_kernel.h"
#include "timed_program.h"

namespace neartile::pe {

struct NamedTimedKernel {
  std::string name;
  TimedKernel kernel;
  SettledKernel settled;
};

/// The kernels that this processor can run, fastest first.
std::vector<NamedTimedKernel> timed_kernels();

/// Zeroed memory aligned for kernels.
using AlignedWords = std::unique_ptr<std::uint64_t[], void (*)(void*)>;
AlignedWords aligned_words(std::size_t count);

/// The waves of a program's registers, with those of the constants set.
class TimedMemory {
 public:
  TimedMemory(const TimedProgram& program, std::size_t transitions);
  /// An operand: a bit of the patterns of each transition, which changes at step 1.
  void set_wave(std::uint32_t reg, std::span<const std::uint16_t> from, std::span<const std::uint16_t> to,
                unsigned bit);
  void prepare(TimedWork& work);

 private:
  std::byte* registers() { return reinterpret_cast<std::byte*>(bytes_.get()); }

  std::size_t transitions_, register_bytes_;
  AlignedWords bytes_;
};

/// The energy of transition `at` of the sums that a kernel made, in units of the program: each width of words
/// has its own, the narrowest one even transitions before odd ones, the widest one two to a transition.
std::uint32_t energy_of(const std::uint32_t* sums, std::size_t transitions, std::size_t at);

/// Runs a program on many transitions, with memory for its waves.
class TimedRunner {
 public:
  explicit TimedRunner(const TimedProgram& program);
  TimedRunner(const TimedProgram& program, TimedKernel kernel);

  /// Patterns are activation << 8 | weight. Energies are written in units of the program; toggles are added
  /// to, [net], unless there are none.
  void run(const std::uint64_t* from, const std::uint64_t* to, std::size_t transitions,
           std::uint64_t* energies, std::span<std::uint64_t> toggles = {});

 private:
  const TimedProgram& program_;
  TimedKernel kernel_;
  TimedMemory memory_;
};

/// zero_delay_toggles() by a kernel.
std::vector<std::uint64_t> settled_toggles(const Netlist& netlist, std::span<const OperandPair> stimulus,
                                           SettledKernel kernel);

}  // namespace neartile::pe
