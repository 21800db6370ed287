#include "neartile/traces/activity.h"

#include <fmt/format.h>

namespace neartile::traces {

std::string to_string(const ToggleCounts& counts) {
  return fmt::format("activation {} + product {} + partial sum {} = {} toggles", counts.activation,
                     counts.product, counts.partial_sum, counts.total());
}

}  // namespace neartile::traces
