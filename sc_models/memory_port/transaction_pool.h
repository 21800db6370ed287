#pragma once

#include <tlm>

#include <memory>
#include <vector>

namespace neartile::sc_models {

/// A memory manager: transactions that come back when nobody holds them any more.
class TransactionPool : public tlm::tlm_mm_interface {
 public:
  /// A transaction that the caller holds.
  tlm::tlm_generic_payload& acquire() {
    if (free_.empty()) {
      all_.push_back(std::make_unique<tlm::tlm_generic_payload>(this));
      free_.push_back(all_.back().get());
    }
    tlm::tlm_generic_payload& payload = *free_.back();
    free_.pop_back();
    payload.acquire();
    return payload;
  }
  void free(tlm::tlm_generic_payload* payload) override {
    payload->reset();
    free_.push_back(payload);
  }

 private:
  std::vector<std::unique_ptr<tlm::tlm_generic_payload>> all_;
  std::vector<tlm::tlm_generic_payload*> free_;
};

}  // namespace neartile::sc_models
