#include "timed_run.h"

#include <cstdlib>
#include <cstring>
#include <new>

namespace neartile::pe {
namespace {

void* aligned(std::size_t bytes) {
  const std::size_t whole = (bytes + 63) / 64 * 64;
  void* memory = std::aligned_alloc(64, whole == 0 ? 64 : whole);
  if (!memory) throw std::bad_alloc();
  std::memset(memory, 0, whole);
  return memory;
}

}  // namespace

std::vector<NamedTimedKernel> timed_kernels(unsigned words) {
  std::vector<NamedTimedKernel> kernels;
  [[maybe_unused]] const auto add = [&](const char* name, TimedKernel kernel, SettledKernel settled) {
    if (kernel) kernels.push_back({name, kernel, settled});
  };
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512vbmi2"))
    add("avx512", avx512_timed_kernel(words), avx512_settled_kernel());
  if (__builtin_cpu_supports("avx2")) add("avx2", avx2_timed_kernel(words), avx2_settled_kernel());
#endif
  add("portable", portable_timed_kernel(words), portable_settled_kernel());
  return kernels;
}

void TimedRunner::Free::operator()(void* memory) const {
  std::free(memory);
}

TimedRunner::TimedRunner(const TimedProgram& program)
    : TimedRunner(program, timed_kernels(program.words).front().kernel) {}

TimedRunner::TimedRunner(const TimedProgram& program, TimedKernel kernel)
    : program_(program),
      kernel_(kernel),
      waves_(static_cast<unsigned char*>(aligned(std::size_t{256} * program.registers))) {}

void TimedRunner::run(const std::uint64_t* from, const std::uint64_t* to, std::size_t transitions,
                      std::uint64_t* energies, std::uint64_t* toggles) {
  TimedWork work;
  work.steps = program_.steps.data();
  work.step_count = program_.steps.size();
  work.operands = program_.operands.data();
  work.registers = waves_.get();
  work.from = from;
  work.to = to;
  work.blocks = transitions * program_.words / 32;
  work.energies = energies;
  work.toggles = toggles;
  kernel_(work);
}

AlignedWords aligned_words(std::size_t count) {
  return {static_cast<std::uint64_t*>(aligned(count * 8)), std::free};
}

}  // namespace neartile::pe
