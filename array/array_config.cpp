#include "neartile/array/array_config.h"

namespace neartile::array {

void describe(ConfigVisitor& visitor, ArrayConfig& config) {
  visitor.number({"rows", "rows of PEs: elements of K that a tile holds", 1, 4096}, config.rows);
  visitor.number({"columns", "columns of PEs: output channels that a tile holds", 1, 4096}, config.columns);
  visitor.object({"pe", "the type of every PE"}, [&](ConfigVisitor& fields) { describe(fields, config.pe); });
}

}  // namespace neartile::array
