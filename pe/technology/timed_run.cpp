#include "timed_run.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

namespace neartile::pe {
namespace {

// Enough that choosing what to do for a step takes little of its time, few enough that waves stay in the
// caches of the core.
constexpr std::size_t lanes = 128;

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
      __builtin_cpu_supports("avx512bitalg"))
    add("avx512", avx512_kernels());
  if (__builtin_cpu_supports("avx2")) add("avx2", avx2_kernels());
#endif
  add("portable", portable_kernels());
  return kernels;
}

TimedRunner::TimedRunner(const TimedProgram& program)
    : TimedRunner(program, timed_kernels().front().kernel) {}

TimedMemory::TimedMemory(const TimedProgram& program, std::size_t transitions)
    : transitions_(transitions),
      register_bytes_(4 * transitions * 2 * program.words),
      bytes_(aligned_words(register_bytes_ / 8 * program.registers)) {
  std::memset(registers() + register_bytes_, 0xff, register_bytes_);
}

void TimedMemory::set_wave(std::uint32_t reg, std::span<const std::uint16_t> from,
                           std::span<const std::uint16_t> to, unsigned bit) {
  std::byte* const wave = registers() + reg * register_bytes_;
  const std::size_t word_bytes = 2 * transitions_;
  for (std::size_t first = 0; first < transitions_; first += 32) {  // in small arrays: the compiler's vectors
    std::uint16_t words[2][32];
    for (std::size_t i = 0; i < 32; ++i) {
      const auto after = static_cast<std::uint16_t>(0 - (to[first + i] >> bit & 1));
      words[0][i] = static_cast<std::uint16_t>((after & ~1u) | (from[first + i] >> bit & 1));
      words[1][i] = after;
    }
    for (std::size_t word = 0; word < 4; ++word)
      std::memcpy(wave + word * word_bytes + 2 * first, words[word > 0], sizeof words[0]);
  }
}

void TimedMemory::prepare(TimedWork& work) {
  work.registers = registers();
  work.register_bytes = register_bytes_;
  work.transitions = transitions_;
}

std::uint32_t energy_of(const std::uint32_t* sums, std::size_t transitions, std::size_t at) {
  const std::uint32_t* const narrow = sums + at % 2 * transitions / 2;
  const std::uint32_t* const wide = sums + 2 * transitions;
  return narrow[at / 2] + sums[transitions + at] + wide[2 * at] + wide[2 * at + 1];
}

TimedRunner::TimedRunner(const TimedProgram& program, TimedKernel kernel)
    : program_(program), kernel_(kernel), memory_(program, lanes) {}

void TimedRunner::run(const std::uint64_t* from, const std::uint64_t* to, std::size_t transitions,
                      std::uint64_t* energies, std::span<std::uint64_t> toggles) {
  TimedWork work;
  work.steps = program_.steps.data();
  work.step_count = program_.steps.size();
  memory_.prepare(work);
  const AlignedWords sums = aligned_words(2 * lanes), toggled = aligned_words(8 * toggles.size());
  work.energies = reinterpret_cast<std::uint32_t*>(sums.get());
  if (!toggles.empty()) work.toggles = reinterpret_cast<std::uint32_t*>(toggled.get());
  for (std::size_t first = 0; first < transitions; first += lanes) {
    const std::size_t count = std::min(lanes, transitions - first);
    std::uint16_t before[lanes], after[lanes];  // past the end from a pair to itself
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      after[lane] = static_cast<std::uint16_t>(to[first + std::min(lane, count - 1)]);
      before[lane] = lane < count ? static_cast<std::uint16_t>(from[first + lane]) : after[lane];
    }
    for (unsigned bit = 0; bit < 16; ++bit) memory_.set_wave(program_.operands[bit], before, after, bit);
    std::fill_n(work.energies, 4 * lanes, 0);
    kernel_(work);
    for (std::size_t lane = 0; lane < count; ++lane)
      energies[first + lane] = energy_of(work.energies, lanes, lane);
  }
  for (std::size_t i = 0; i < 16 * toggles.size(); ++i) toggles[i / 16] += work.toggles[i];
}

}  // namespace neartile::pe
