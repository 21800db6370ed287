#pragma once

#include <tlm>

#include <cstdint>
#include <map>

namespace neartile::sc_models {

/// Direct memory pointers that a target has granted and not taken back.
class DmiRegions {
 public:
  void add(const tlm::tlm_dmi& grant);
  void invalidate(std::uint64_t start, std::uint64_t end);
  void clear() { regions_.clear(); }
  /// The region that allows `command` for all of `bytes` at `address`; null: there is none.
  const tlm::tlm_dmi* find(tlm::tlm_command command, std::uint64_t address, std::uint64_t bytes) const;

 private:
  std::map<std::uint64_t, tlm::tlm_dmi> regions_;  ///< by start address; they do not overlap
};

}  // namespace neartile::sc_models
