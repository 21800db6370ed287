#include "timed_kernel.h"
#include "timed_step.h"

#ifdef __AVX2__
#define NEARTILE_TARGET avx2
#include "timed_kernel.inc"

namespace neartile::pe {
TimedKernel avx2_timed_kernel(unsigned words) {
  return avx2::kernel(words);
}
SettledKernel avx2_settled_kernel() {
  return avx2::run_settled;
}
}  // namespace neartile::pe
#else
namespace neartile::pe {
TimedKernel avx2_timed_kernel(unsigned) {
  return nullptr;
}
}  // namespace neartile::pe
#endif
