#pragma once

#include <tlm>

#include <cstdint>
#include <functional>
#include <vector>

#include "neartile/router/chip_config.h"
#include "register_map.h"

namespace neartile::sc_models {

/// The registers' contents and rights, by the map. Addresses are offsets of neartile_registers.h; each call
/// answers for one word of 32 bits, with the responses that docs/reference/registers.md states.
class RegisterFile {
 public:
  /// Capabilities are those of a complete `config`.
  explicit RegisterFile(const router::ChipConfig& config);

  // The host's side.
  tlm::tlm_response_status read(std::uint64_t address, std::uint32_t& value);
  /// As read(), but the high word of a counter is not kept: for debug access.
  tlm::tlm_response_status peek(std::uint64_t address, std::uint32_t& value) const;
  tlm::tlm_response_status write(std::uint64_t address, std::uint32_t value);

  // The chip's side; `address` is that of a register, of its low word where it has two.
  std::uint64_t get(std::uint32_t address) const;
  void set(std::uint32_t address, std::uint64_t value);
  /// Where a register's value comes from, by its index in the table; of all of a table.
  using Source = std::function<std::uint64_t(std::uint32_t index)>;
  void read_from(std::uint32_t address, Source source);
  /// Called with what the host has written; false takes it back and refuses it (TLM_GENERIC_ERROR_RESPONSE).
  using Action = std::function<bool(std::uint32_t index, std::uint32_t value)>;
  void on_write(std::uint32_t address, Action action);
  /// All registers as after power-up.
  void reset();

 private:
  /// An entry of the map in the chip at hand.
  struct Register {
    const RegisterEntry* entry = nullptr;
    std::uint32_t count = 1;            ///< entries that the chip has
    std::vector<std::uint64_t> values;  ///< by index
    Source source;
    Action action;
  };
  struct Place {
    const Register* reg = nullptr;
    std::uint32_t index = 0;
    unsigned word = 0;
    explicit operator bool() const { return reg != nullptr; }
  };

  Place find(std::uint64_t address) const;
  Place at(std::uint32_t address) const;
  Register& owner(const Place& place) { return registers_[place.reg - registers_.data()]; }
  std::uint64_t value(const Place& place) const;
  bool busy() const;
  void set_capabilities();

  router::ChipConfig config_;
  std::vector<Register> registers_;  // by offset
  std::uint64_t kept_address_ = ~std::uint64_t{0};
  std::uint32_t kept_high_ = 0;
};

}  // namespace neartile::sc_models
