#include "timed_kernel.h"
#include "timed_step.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define NEARTILE_TARGET portable
#include "timed_kernel.inc"

namespace neartile::pe {
TargetKernels portable_kernels() {
  return portable::kernels();
}
}  // namespace neartile::pe
