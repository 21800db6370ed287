#include "timed_kernel.h"
#include "timed_step.h"

#if defined(__AVX512BW__) && defined(__AVX512BITALG__)
#include <immintrin.h>

#define NEARTILE_TARGET avx512
#include "timed_kernel.inc"

namespace neartile::pe {
TargetKernels avx512_kernels() {
  return avx512::kernels();
}
}  // namespace neartile::pe
#else
namespace neartile::pe {
TargetKernels avx512_kernels() {
  return {};
}
}  // namespace neartile::pe
#endif
