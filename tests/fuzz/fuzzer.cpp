// A libFuzzer of one target: NEARTILE_FUZZ_TARGET is its name.
#include <cstddef>
#include <cstdint>

#include "targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const neartile::fuzz::Target& target = *neartile::fuzz::find_target(NEARTILE_FUZZ_TARGET);
  neartile::fuzz::run_target(target, {reinterpret_cast<const char*>(data), size});
  return 0;
}
