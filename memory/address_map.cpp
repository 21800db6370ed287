#include "neartile/memory/address_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::memory {
namespace {

unsigned log2_of(std::uint64_t power_of_two) {
  unsigned bits = 0;
  while (power_of_two >> (bits + 1) != 0) ++bits;
  return bits;
}

struct Field {
  const char* name;
  std::uint64_t Hbm2Location::*member;
  unsigned bits;            ///< of the whole field
  unsigned given = 0;       ///< by entries that state a number
  unsigned remainders = 0;  ///< entries that take what is left
  unsigned placed = 0;      ///< from the lowest
};

std::array<Field, 6> fields_of(const Hbm2Config& config) {
  return {{{"row", &Hbm2Location::row, log2_of(config.rows)},
           {"bank", &Hbm2Location::bank, log2_of(config.banks)},
           {"column", &Hbm2Location::column, log2_of(config.row_bytes / burst_bytes(config))},
           {"channel", &Hbm2Location::channel, log2_of(config.channels)},
           {"bank_group", &Hbm2Location::bank_group, log2_of(config.bank_groups)},
           {"pseudo_channel", &Hbm2Location::pseudo_channel, log2_of(config.pseudo_channels)}}};
}

struct Entry {
  Field* field;
  int bits;  ///< -1: what other entries leave
};

[[noreturn]] void fail(const std::string& place, const std::string& text) {
  throw InputError(place + ": /mapping", text);
}

Entry entry_of(const std::string& word, std::array<Field, 6>& fields, const std::string& place) {
  const std::string name = word.substr(0, word.find(':'));
  const auto field =
      std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == name; });
  if (field == fields.end())
    fail(place, fmt::format("has {}, expected row, bank, column, channel, bank_group or pseudo_channel",
                            in_quotes(name)));
  if (name.size() == word.size()) return {&*field, -1};
  const std::string digits = word.substr(name.size() + 1);
  const bool number = !digits.empty() && digits.size() <= 2 &&
                      std::all_of(digits.begin(), digits.end(), [](char c) { return '0' <= c && c <= '9'; });
  if (!number) fail(place, fmt::format("has {}, expected a number of bits after the colon", in_quotes(word)));
  return {&*field, std::stoi(digits)};
}

}  // namespace

AddressMap::AddressMap(const Hbm2Config& config, const std::string& place)
    : burst_bits_(log2_of(burst_bytes(config))), hashed_bits_(config.hash_banks ? log2_of(config.banks) : 0) {
  auto fields = fields_of(config);
  std::vector<Entry> entries;
  std::istringstream words(config.mapping);
  for (std::string word; words >> word;) {
    entries.push_back(entry_of(word, fields, place));
    Entry& entry = entries.back();
    if (entry.bits < 0) ++entry.field->remainders;
    if (entry.bits > 0) entry.field->given += static_cast<unsigned>(entry.bits);
  }
  for (const Field& field : fields) {
    const bool complete = field.remainders == 0 ? field.given == field.bits
                                                : field.remainders == 1 && field.given <= field.bits;
    if (!complete) fail(place, fmt::format("does not place the {} bits of {} once", field.bits, field.name));
  }
  std::reverse(entries.begin(), entries.end());
  for (const Entry& entry : entries) {
    Field& field = *entry.field;
    const unsigned bits = entry.bits < 0 ? field.bits - field.given : static_cast<unsigned>(entry.bits);
    if (bits > 0) slices_.push_back({field.member, bits, field.placed});
    field.placed += bits;
  }
}

Hbm2Location AddressMap::operator()(std::uint64_t address) const {
  Hbm2Location location;
  std::uint64_t rest = address >> burst_bits_;
  for (const Slice& slice : slices_) {
    location.*slice.field |= (rest & ((std::uint64_t{1} << slice.bits) - 1)) << slice.shift;
    rest >>= slice.bits;
  }
  // Streams at a power of two from each other would meet in one bank, each closing the other's row.
  if (hashed_bits_ > 0)
    for (std::uint64_t row = location.row; row != 0; row >>= hashed_bits_)
      location.bank ^= row & ((std::uint64_t{1} << hashed_bits_) - 1);
  return location;
}

}  // namespace neartile::memory
