#include "dmi_regions.h"

namespace neartile::sc_models {

// A later grant replaces what it overlaps.
void DmiRegions::add(const tlm::tlm_dmi& grant) {
  invalidate(grant.get_start_address(), grant.get_end_address());
  regions_.emplace(grant.get_start_address(), grant);
}

void DmiRegions::invalidate(std::uint64_t start, std::uint64_t end) {
  auto region = regions_.upper_bound(start);
  if (region != regions_.begin()) --region;
  while (region != regions_.end() && region->second.get_start_address() <= end) {
    region = region->second.get_end_address() < start ? std::next(region) : regions_.erase(region);
  }
}

const tlm::tlm_dmi* DmiRegions::find(tlm::tlm_command command, std::uint64_t address,
                                     std::uint64_t bytes) const {
  auto region = regions_.upper_bound(address);
  if (region == regions_.begin()) return nullptr;
  const tlm::tlm_dmi& grant = (--region)->second;
  const std::uint64_t end = grant.get_end_address();
  if (address > end || bytes - 1 > end - address) return nullptr;
  const bool allowed = command == tlm::TLM_READ_COMMAND ? grant.is_read_allowed() : grant.is_write_allowed();
  return allowed ? &grant : nullptr;
}

}  // namespace neartile::sc_models
