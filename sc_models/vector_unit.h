#pragma once

#include <tlm_utils/simple_initiator_socket.h>

#include <cstdint>
#include <vector>

#include "neartile/array/vector_unit_config.h"
#include "neartile/memory/sram_model.h"
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

  std::uint64_t end_of_pace() const;
  memory::SramStream words(std::uint64_t run_bytes, std::uint64_t runs = 1,
                           std::uint64_t stride_bytes = 0) const;

  /// When the command at hand wants its words, and how late they were.
  struct Pace {
    std::uint64_t start = 0, cycles = 0, late = 0;
  };

  router::ChipConfig config_;
  Pace pace_;
  std::vector<std::int32_t> sums_, corrections_;
  std::vector<double> multipliers_;
  std::vector<std::int8_t> weights_;
  std::vector<std::uint8_t> input_, output_;
};

}  // namespace neartile::sc_models
