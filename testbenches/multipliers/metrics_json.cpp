#include "multipliers/metrics_json.h"

namespace neartile::multipliers {

nlohmann::ordered_json metrics_json(const pe::ErrorMetrics& m) {
  return {{"mae", m.mean_absolute},
          {"mae_percent", m.mean_absolute_percent},
          {"wce", m.worst_case},
          {"wce_percent", m.worst_case_percent},
          {"ep_percent", m.probability_percent},
          {"mse", m.mean_squared},
          {"bias", m.bias},
          {"variance", m.variance},
          {"mre_percent", m.mean_relative_percent},
          {"wcre_percent", m.worst_relative_percent},
          {"wrong_at_zero", m.wrong_at_zero}};
}

}  // namespace neartile::multipliers
