#include "timed_kernel.h"
#include "timed_step.h"

#if defined(__AVX512F__) && defined(__AVX512VPOPCNTDQ__) && defined(__AVX512VBMI2__)
#include <immintrin.h>

#define NEARTILE_TARGET avx512
#include "timed_kernel.inc"

namespace neartile::pe {
TimedKernel avx512_timed_kernel(unsigned words) {
  return avx512::kernel(words);
}
SettledKernel avx512_settled_kernel() {
  return avx512::run_settled;
}
}  // namespace neartile::pe
#else
namespace neartile::pe {
TimedKernel avx512_timed_kernel(unsigned) {
  return nullptr;
}
}  // namespace neartile::pe
#endif
