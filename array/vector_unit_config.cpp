#include "neartile/array/vector_unit_config.h"

namespace neartile::array {

void describe(ConfigVisitor& visitor, VectorUnitConfig& config) {
  visitor.number({"lanes", "results a cycle", 1, 1 << 20}, config.lanes);
  visitor.number({"latency_cycles", "cycles from first operand to first result", 0, 4096},
                 config.latency_cycles);
}

}  // namespace neartile::array
