#include "sc_models/registers/register_map.h"

#include <set>

#include "support/accepted_file.h"

namespace neartile::sc_models {
namespace {

TEST(RegisterMap, IsWhatFirmwareAndReadersSee) {
  testing_support::expect_file("sc_models/include/neartile/sc_models/driver/neartile_registers.h",
                               register_header());
  testing_support::expect_file("docs/reference/registers.md", register_page());
}

TEST(RegisterMap, HasOneRegisterAtAPlace) {
  std::set<std::uint32_t> places;
  std::set<std::string> names;
  std::uint32_t before = 0;
  for (const RegisterEntry& entry : register_map()) {
    EXPECT_TRUE(names.insert(entry.name).second) << entry.name;
    EXPECT_LE(before, entry.offset) << entry.name;
    before = entry.offset;
    EXPECT_TRUE(entry.count == 1 || entry.stride >= 4 * entry.words) << entry.name;
    for (std::uint32_t i = 0; i < entry.count; ++i) {
      for (unsigned word = 0; word < entry.words; ++word)
        EXPECT_TRUE(places.insert(entry.offset + i * entry.stride + 4 * word).second) << entry.name;
    }
  }
}

TEST(RegisterMap, FieldsAreInTheirRegisterAndApart) {
  for (const RegisterEntry& entry : register_map()) {
    std::uint64_t taken = 0;
    for (const RegisterField& field : entry.fields) {
      ASSERT_TRUE(field.width > 0 && field.low + field.width <= 32) << entry.name << " " << field.name;
      const std::uint64_t bits = ((std::uint64_t{1} << field.width) - 1) << field.low;
      EXPECT_EQ(taken & bits, 0u) << entry.name << " " << field.name;
      taken |= bits;
    }
    if (!entry.fields.empty()) EXPECT_EQ(entry.mask(), taken) << entry.name;
    EXPECT_EQ(entry.reset.value_or(0) & ~entry.mask(), 0u) << entry.name;
  }
}

}  // namespace
}  // namespace neartile::sc_models
