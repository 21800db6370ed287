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

/// Runs a program on many transitions, with memory for its waves.
class TimedRunner {
 public:
  explicit TimedRunner(const TimedProgram& program);
  TimedRunner(const TimedProgram& program, TimedKernel kernel);

  /// Patterns are activation << 8 | weight. Energies are written in units of the program; toggles, [8 * net +
  /// transition % 8] and aligned to 64 bytes, are added to unless null.
  void run(const std::uint64_t* from, const std::uint64_t* to, std::size_t transitions,
           std::uint64_t* energies, std::uint64_t* toggles = nullptr);

 private:
  const TimedProgram& program_;
  TimedKernel kernel_;
  std::size_t register_words_;
  AlignedWords waves_;
};

/// zero_delay_toggles() by a kernel.
std::vector<std::uint64_t> settled_toggles(const Netlist& netlist, std::span<const OperandPair> stimulus,
                                           SettledKernel kernel);

}  // namespace neartile::pe
