#pragma once

#include <memory>
#include <vector>

#include "controller.h"
#include "systolic_array.h"

namespace neartile::sc_models {

/// Lets the controller's registers show what the arrays count. All must live as long as the controller.
void connect_counters(Controller& controller, const std::vector<std::unique_ptr<SystolicArray>>& arrays);

}  // namespace neartile::sc_models
