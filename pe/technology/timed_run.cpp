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

// Bit 0 is the settled circuit before the transition, the operands change at bit 1. Transitions past the
// end are from a pair to itself.
void set_operands(const TimedProgram& program, std::span<const std::uint64_t> from,
                  std::span<const std::uint64_t> to, std::size_t lanes, std::uint64_t* waves) {
  for (std::size_t bit = 0; bit < 16; ++bit) {
    std::uint64_t* const word = waves + program.operands[bit] * lanes * program.words;
    std::fill_n(word, lanes * program.words, 0);
    const auto after = [&](std::size_t lane) { return 0 - (to[lane] >> bit & 1u); };
    for (std::size_t lane = 0; lane < to.size(); ++lane)
      word[lane] = (after(lane) & ~std::uint64_t{1}) | (from[lane] >> bit & 1u);
    for (std::size_t i = 1; i < program.words; ++i)
      for (std::size_t lane = 0; lane < to.size(); ++lane) word[lanes * i + lane] = after(lane);
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

std::vector<NamedTimedKernel> timed_kernels() {
  std::vector<NamedTimedKernel> kernels;
  const auto add = [&](const char* name, const TargetKernels& of) {
    if (of.timed) kernels.push_back({name, of.timed, of.settled});
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
    : TimedRunner(program, timed_kernels().front().kernel) {}

TimedRunner::TimedRunner(const TimedProgram& program, TimedKernel kernel)
    : program_(program),
      kernel_(kernel),
      register_words_(8 * eights_at_once(program.words) * program.words),
      waves_(aligned_words(register_words_ * program.registers)) {
  std::fill_n(waves_.get() + register_words_, register_words_, ~std::uint64_t{0});
}

void TimedRunner::run(const std::uint64_t* from, const std::uint64_t* to, std::size_t transitions,
                      std::uint64_t* energies, std::uint64_t* toggles) {
  TimedWork work;
  work.steps = program_.steps.data();
  work.step_count = program_.steps.size();
  work.registers = waves_.get();
  work.register_words = register_words_;
  work.eights = eights_at_once(program_.words);
  work.toggles = toggles;
  const std::size_t lanes = 8 * work.eights;
  const AlignedWords sums = aligned_words(lanes);
  work.energies = sums.get();
  for (std::size_t first = 0; first < transitions; first += lanes) {
    const std::size_t count = std::min(lanes, transitions - first);
    set_operands(program_, {from + first, count}, {to + first, count}, lanes, waves_.get());
    std::fill_n(sums.get(), lanes, 0);
    kernel_(work);
    std::copy_n(sums.get(), count, energies + first);
  }
}

}  // namespace neartile::pe
