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
std::vector<NamedTimedKernel> timed_kernels(unsigned words);

/// Runs a program on many transitions, with memory for its waves.
class TimedRunner {
 public:
  explicit TimedRunner(const TimedProgram& program);
  TimedRunner(const TimedProgram& program, TimedKernel kernel);

  /// Patterns are activation << 8 | weight; counts are multiples of 32. Energies are written in units of
  /// the program; toggles, [8 * net + transition % 8] and aligned to 64 bytes, are added to unless null.
  void run(const std::uint64_t* from, const std::uint64_t* to, std::size_t transitions,
           std::uint64_t* energies, std::uint64_t* toggles = nullptr);

 private:
  struct Free {
    void operator()(void* memory) const;
  };
  const TimedProgram& program_;
  TimedKernel kernel_;
  std::unique_ptr<unsigned char, Free> waves_;
};

/// zero_delay_toggles() by a kernel.
std::vector<std::uint64_t> settled_toggles(const Netlist& netlist, std::span<const OperandPair> stimulus,
                                           SettledKernel kernel);

/// Zeroed memory aligned for kernels.
using AlignedWords = std::unique_ptr<std::uint64_t[], void (*)(void*)>;
AlignedWords aligned_words(std::size_t count);

}  // namespace neartile::pe
