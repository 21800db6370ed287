#include "chip_counters.h"

#include "neartile/sc_models/driver/neartile_registers.h"

namespace neartile::sc_models {
namespace {

using Arrays = std::vector<std::unique_ptr<SystolicArray>>;
using Toggles = std::uint64_t traces::ToggleCounts::*;

std::uint64_t of_layer(const Arrays& arrays, std::uint32_t layer, Toggles toggles) {
  std::uint64_t sum = 0;
  for (const auto& array : arrays) {
    if (layer < array->toggles().size()) sum += array->toggles()[layer].*toggles;
  }
  return sum;
}

struct Class {
  Toggles toggles;
  std::uint32_t of_array, of_layer;
};
constexpr Class classes[] = {
    {&traces::ToggleCounts::activation, NEARTILE_ARRAY_ACTIVATION_TOGGLES_LOW(0),
     NEARTILE_LAYER_ACTIVATION_TOGGLES_LOW(0)},
    {&traces::ToggleCounts::product, NEARTILE_ARRAY_PRODUCT_TOGGLES_LOW(0),
     NEARTILE_LAYER_PRODUCT_TOGGLES_LOW(0)},
    {&traces::ToggleCounts::partial_sum, NEARTILE_ARRAY_PARTIAL_SUM_TOGGLES_LOW(0),
     NEARTILE_LAYER_PARTIAL_SUM_TOGGLES_LOW(0)},
    {&traces::ToggleCounts::weight, NEARTILE_ARRAY_WEIGHT_TOGGLES_LOW(0),
     NEARTILE_LAYER_WEIGHT_TOGGLES_LOW(0)},
    {&traces::ToggleCounts::control, NEARTILE_ARRAY_CONTROL_TOGGLES_LOW(0),
     NEARTILE_LAYER_CONTROL_TOGGLES_LOW(0)},
};

}  // namespace

void connect_counters(Controller& controller, const Arrays& arrays) {
  RegisterFile& registers = controller.registers();
  for (const Class& c : classes) {
    registers.read_from(c.of_array,
                        [&arrays, &c](std::uint32_t i) { return arrays[i]->all_toggles().*c.toggles; });
    registers.read_from(c.of_layer,
                        [&arrays, &c](std::uint32_t layer) { return of_layer(arrays, layer, c.toggles); });
  }
  registers.read_from(NEARTILE_ARRAY_BUSY_CYCLES_LOW(0),
                      [&arrays](std::uint32_t i) { return arrays[i]->busy_cycles().count; });
  controller.clear_array_counters = [&arrays] {
    for (const auto& array : arrays) array->clear_counters();
  };
  controller.clear_layer_counters = [&arrays] {
    for (const auto& array : arrays) array->clear_layer_counters();
  };
}

}  // namespace neartile::sc_models
