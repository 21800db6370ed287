#include "timed_kernel.h"
#include "timed_step.h"

#define NEARTILE_TARGET portable
#include "timed_kernel.inc"

namespace neartile::pe {
TimedKernel portable_timed_kernel(unsigned words) {
  return portable::kernel(words);
}
SettledKernel portable_settled_kernel() {
  return portable::run_settled;
}
}  // namespace neartile::pe
