#include "timed_kernel.h"
#include "timed_step.h"

#ifdef __AVX2__
#include <immintrin.h>

#define NEARTILE_TARGET avx2
#include "timed_kernel.inc"

namespace neartile::pe {
TargetKernels avx2_kernels() {
  return avx2::kernels();
}
}  // namespace neartile::pe
#else
namespace neartile::pe {
TargetKernels avx2_kernels() {
  return {};
}
}  // namespace neartile::pe
#endif
