#pragma once

#include <tlm_utils/simple_initiator_socket.h>

#include <cstdint>
#include <vector>

#include "neartile/array/vector_unit_config.h"
#include "neartile/router/chip_config.h"
#include "unit.h"

namespace neartile::sc_models {

/// The vector unit: requantises accumulators and computes the layers that are no matrix products.
class VectorUnit : public Unit {
 public:
  tlm_utils::simple_initiator_socket<VectorUnit, 32> on_chip{"on_chip"};

  VectorUnit(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& config);

 private:
  Execution execute(const WorkOrder& order, std::uint64_t start) override;
  static Execution busy_until(std::uint64_t cycle) { return {cycle, cycle}; }
  void requantise(const WorkOrder& order, const router::Requantise& work);
  void depthwise(const router::ProgramLayer& layer, const router::Depthwise& work);
  void compute(const router::VectorCompute& work);
  void read_constants(std::uint64_t address, std::uint64_t channels, std::uint64_t first,
                      std::uint64_t count);

  router::ChipConfig config_;
  std::vector<std::int32_t> sums_, corrections_;
  std::vector<double> multipliers_;
  std::vector<std::int8_t> weights_;
  std::vector<std::uint8_t> input_, output_;
};

}  // namespace neartile::sc_models
