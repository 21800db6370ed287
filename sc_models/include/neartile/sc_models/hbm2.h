#pragma once

#include <tlm_utils/multi_passthrough_target_socket.h>
#include <systemc>
#include <tlm>

#include <memory>
#include <vector>

#include "neartile/memory/hbm2.h"
#include "neartile/memory/hbm2_config.h"

namespace neartile::sc_models {

/// HBM2 as a target for any number of initiators; memory::Hbm2Model gives its times. b_transport annotates
/// them and never waits; nb_transport takes further requests while the queues have room, and answers each
/// when its data are there. Data move in the order in which requests arrive, or in which b_transport is
/// called. Byte enables and streaming widths are honoured.
class Hbm2 : public sc_core::sc_module {
 public:
  tlm_utils::multi_passthrough_target_socket<Hbm2, 32> socket{"socket"};

  /// Throws InputError where `config` does not pass memory::check().
  Hbm2(sc_core::sc_module_name name, const memory::Hbm2Config& config);
  ~Hbm2() override;

  /// DMI is granted, page by page, unless this says no; then pointers that were given out become invalid.
  /// What goes through them is neither counted nor timed.
  void allow_dmi(bool allowed);
  /// By channel, refreshes up to now included.
  const std::vector<memory::Hbm2Counts>& counts();

 private:
  void b_transport(int port, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  tlm::tlm_sync_enum nb_transport_fw(int port, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);
  bool get_direct_mem_ptr(int port, tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
  unsigned transport_dbg(int port, tlm::tlm_generic_payload& payload);

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace neartile::sc_models
