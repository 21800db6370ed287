#include "timed_run.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

namespace neartile::pe {
namespace {

// Enough that choosing what to do for a step takes little of its time, few enough that waves stay in the
// first cache.
std::size_t eights_at_once(unsigned words) {
  return 16 / words;
}

// Bit 0 is the settled circuit before the transition, the operands change at bit 1.
void set_operands(const TimedProgram& program, const std::uint64_t* from, const std::uint64_t* to,
                  std::size_t eights, std::size_t register_words, std::uint64_t* waves) {
  for (std::size_t bit = 0; bit < 16; ++bit) {
    std::uint64_t* word = waves + program.operands[bit] * register_words;
    for (std::size_t first = 0; first < 8 * eights; first += 8) {
      for (std::size_t lane = 0; lane < 8; ++lane) {
        const std::uint64_t after = 0 - (to[first + lane] >> bit & 1u);
        word[lane] = (after & ~std::uint64_t{1}) | (from[first + lane] >> bit & 1u);
        for (std::size_t i = 1; i < program.words; ++i) word[8 * i + lane] = after;
      }
      word += std::size_t{8} * program.words;
    }
  }
}

}  // namespace

AlignedWords aligned_words(std::size_t count) {
  const std::size_t bytes = std::max<std::size_t>(64, (count * 8 + 63) / 64 * 64);
  void* memory = std::aligned_alloc(64, bytes);
  if (!memory) throw std::bad_alloc();
  std::memset(memory, 0, bytes);
  return {static_cast<std::uint64_t*>(memory), std::free};
}

std::vector<NamedTimedKernel> timed_kernels(unsigned words) {
  std::vector<NamedTimedKernel> kernels;
  const auto add = [&](const char* name, const TargetKernels& of) {
    if (of.settled)
      kernels.push_back({name,
                         words == 1   ? of.one_word
                         : words == 2 ? of.two_words
                                      : of.four_words,
                         of.settled});
  };
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512vbmi2"))
    add("avx512", avx512_kernels());
  if (__builtin_cpu_supports("avx2")) add("avx2", avx2_kernels());
#endif
  add("portable", portable_kernels());
  return kernels;
}

TimedRunner::TimedRunner(const TimedProgram& program)
    : TimedRunner(program, timed_kernels(program.words).front().kernel) {}

TimedRunner::TimedRunner(const TimedProgram& program, TimedKernel kernel)
    : program_(program),
      kernel_(kernel),
      register_words_(8 * eights_at_once(program.words) * program.words),
      waves_(aligned_words(register_words_ * program.registers)) {
  std::fill_n(waves_.get() + register_words_, register_words_, ~std::uint64_t{0});
}

void TimedRunner::run(const std::uint64_t* from, const std::uint64_t* to, std::size_t transitions,
                      std::uint64_t* energies, std::uint64_t* toggles) {
  const std::size_t most = eights_at_once(program_.words);
  TimedWork work;
  work.steps = program_.steps.data();
  work.step_count = program_.steps.size();
  work.registers = waves_.get();
  work.register_words = register_words_;
  const AlignedWords sums = aligned_words(8 * most);
  work.energies = sums.get();
  work.toggles = toggles;
  for (std::size_t first = 0; first < transitions; first += 8 * work.eights) {
    work.eights = std::min(most, (transitions - first) / 8);
    set_operands(program_, from + first, to + first, work.eights, register_words_, waves_.get());
    std::fill_n(sums.get(), 8 * work.eights, 0);
    kernel_(work);
    std::copy_n(sums.get(), 8 * work.eights, energies + first);
  }
}

}  // namespace neartile::pe
