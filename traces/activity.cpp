#include "neartile/traces/activity.h"

#include <fmt/format.h>

namespace neartile::traces {

std::string to_string(const ToggleCounts& counts) {
  return fmt::format("activation {} + product {} + partial sum {} + weight {} + control {} = {} toggles",
                     counts.activation, counts.product, counts.partial_sum, counts.weight, counts.control,
                     counts.total());
}

}  // namespace neartile::traces
