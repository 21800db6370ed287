#include "register_file.h"

#include <algorithm>
#include <string>

#include "neartile/pe/pe_type.h"
#include "neartile/sc_models/driver/neartile_registers.h"

namespace neartile::sc_models {
namespace {

using tlm::tlm_response_status;

/// Entries of a table that a chip has: one for each group or array that there is.
std::uint32_t count_of(const RegisterEntry& entry, const router::ChipConfig& config) {
  if (entry.name.rfind("GROUP_", 0) == 0) return static_cast<std::uint32_t>(config.arrays.size());
  if (entry.name.rfind("ARRAY_", 0) == 0) return static_cast<std::uint32_t>(array_count(config));
  return entry.count;
}

std::uint32_t type_word(const pe::PeType& type) {
  const pe::PeConfig& pe = type.config;
  return static_cast<std::uint32_t>(pe.format) << NEARTILE_GROUP_TYPE_FORMAT_SHIFT |
         static_cast<std::uint32_t>(pe.accumulator_bits) << NEARTILE_GROUP_TYPE_ACCUMULATOR_BITS_SHIFT |
         static_cast<std::uint32_t>(pe.weight_registers) << NEARTILE_GROUP_TYPE_WEIGHT_REGISTERS_SHIFT |
         (pe.overflow == pe::Overflow::saturate ? NEARTILE_GROUP_TYPE_SATURATE : 0) |
         (type.multiplier.exact ? NEARTILE_GROUP_TYPE_EXACT : 0);
}

std::uint64_t identity(const pe::Multiplier& multiplier) {
  return std::stoull(multiplier.table->hash(), nullptr, 16);
}

}  // namespace

RegisterFile::RegisterFile(const router::ChipConfig& config) : config_(config) {
  for (const RegisterEntry& entry : register_map()) {
    const std::uint32_t count = count_of(entry, config);
    registers_.push_back({&entry, count, std::vector<std::uint64_t>(count), {}, {}});
  }
  reset();
  set_capabilities();
}

void RegisterFile::set_capabilities() {
  set(NEARTILE_ARRAYS, array_count(config_));
  set(NEARTILE_GROUPS, config_.arrays.size());
  set(NEARTILE_UNIFIED_BUFFER_KIB, config_.unified_buffer_KiB);
  set(NEARTILE_WEIGHT_BUFFER_KIB, config_.weight_buffer_KiB);
  set(NEARTILE_ACCUMULATOR_VECTORS, config_.accumulator_vectors);
  set(NEARTILE_CLOCK_KHZ, static_cast<std::uint64_t>(config_.clock_MHz * 1000 + 0.5));
  for (std::uint32_t g = 0; g < config_.arrays.size(); ++g) {
    const router::GroupConfig& group = config_.arrays[g];
    const pe::PeType type(group.array.pe);
    set(NEARTILE_GROUP_COUNT(g), group.count);
    set(NEARTILE_GROUP_ROWS(g), group.array.rows);
    set(NEARTILE_GROUP_COLUMNS(g), group.array.columns);
    set(NEARTILE_GROUP_TYPE(g), type_word(type));
    set(NEARTILE_GROUP_MULTIPLIER_LOW(g), identity(type.multiplier));
  }
}

void RegisterFile::reset() {
  for (Register& reg : registers_) {
    if (reg.entry->reset) std::fill(reg.values.begin(), reg.values.end(), *reg.entry->reset);
  }
  kept_address_ = ~std::uint64_t{0};
}

RegisterFile::Place RegisterFile::find(std::uint64_t address) const {
  if (address % 4 != 0) return {};
  // Tables of one stride interleave, so the last register that begins at or below may not be the one.
  const auto end = std::upper_bound(registers_.begin(), registers_.end(), address,
                                    [](std::uint64_t a, const Register& r) { return a < r.entry->offset; });
  for (auto reg = end; reg != registers_.begin();) {
    --reg;
    const RegisterEntry& entry = *reg->entry;
    const std::uint64_t distance = address - entry.offset;
    const std::uint64_t index = entry.stride == 0 ? 0 : distance / entry.stride;
    const std::uint64_t in_entry = distance - index * entry.stride;
    if (index < reg->count && in_entry < 4 * entry.words)
      return {&*reg, static_cast<std::uint32_t>(index), static_cast<unsigned>(in_entry / 4)};
  }
  return {};
}

RegisterFile::Place RegisterFile::at(std::uint32_t address) const {
  const Place place = find(address);
  sc_assert(place && place.word == 0);
  return place;
}

std::uint64_t RegisterFile::value(const Place& place) const {
  return place.reg->source ? place.reg->source(place.index) : place.reg->values[place.index];
}

std::uint64_t RegisterFile::get(std::uint32_t address) const {
  return value(at(address));
}

void RegisterFile::set(std::uint32_t address, std::uint64_t value) {
  const Place place = at(address);
  owner(place).values[place.index] = value;
}

void RegisterFile::read_from(std::uint32_t address, Source source) {
  owner(at(address)).source = std::move(source);
}

void RegisterFile::on_write(std::uint32_t address, Action action) {
  owner(at(address)).action = std::move(action);
}

bool RegisterFile::busy() const {
  return (get(NEARTILE_STATUS) & NEARTILE_STATUS_BUSY) != 0;
}

tlm_response_status RegisterFile::peek(std::uint64_t address, std::uint32_t& word) const {
  const Place place = find(address);
  if (!place) return tlm::TLM_ADDRESS_ERROR_RESPONSE;
  if (place.reg->entry->access == RegisterAccess::write_only) return tlm::TLM_COMMAND_ERROR_RESPONSE;
  word = static_cast<std::uint32_t>(value(place) >> (32 * place.word));
  return tlm::TLM_OK_RESPONSE;
}

tlm_response_status RegisterFile::read(std::uint64_t address, std::uint32_t& word) {
  if (address == kept_address_) {
    kept_address_ = ~std::uint64_t{0};
    word = kept_high_;
    return tlm::TLM_OK_RESPONSE;
  }
  const tlm_response_status response = peek(address, word);
  const Place place = find(address);
  const bool counter = place && place.reg->entry->words == 2 && place.word == 0 &&
                       place.reg->entry->access == RegisterAccess::read_only;
  if (counter) {
    kept_address_ = address + 4;
    kept_high_ = static_cast<std::uint32_t>(value(place) >> 32);
  }
  return response;
}

tlm_response_status RegisterFile::write(std::uint64_t address, std::uint32_t word) {
  const Place place = find(address);
  if (!place) return tlm::TLM_ADDRESS_ERROR_RESPONSE;
  Register& reg = owner(place);
  if (reg.entry->access == RegisterAccess::read_only) return tlm::TLM_COMMAND_ERROR_RESPONSE;
  if (reg.entry->refused_while_busy && busy()) return tlm::TLM_GENERIC_ERROR_RESPONSE;
  word &= reg.entry->mask();
  std::uint64_t& kept = reg.values[place.index];
  const std::uint64_t before = kept;
  if (reg.entry->access == RegisterAccess::read_write) {
    const unsigned shift = 32 * place.word;
    kept = (kept & ~(std::uint64_t{0xffffffff} << shift)) | std::uint64_t{word} << shift;
  } else if (reg.entry->access == RegisterAccess::write_1_to_clear) {
    kept &= ~std::uint64_t{word};
  }
  if (reg.action && !reg.action(place.index, word)) {
    kept = before;
    return tlm::TLM_GENERIC_ERROR_RESPONSE;
  }
  return tlm::TLM_OK_RESPONSE;
}

}  // namespace neartile::sc_models
