#include "timed_kernel.h"
#include "timed_step.h"

#if defined(__AVX512F__) && defined(__AVX512VPOPCNTDQ__) && defined(__AVX512VBMI2__)
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
