#include "neartile/memory/address_map.h"

#include <gmock/gmock.h>

#include <set>
#include <tuple>

#include "neartile/memory/hbm2_config.h"
#include "support/error_of.h"

namespace neartile::memory {
namespace {

Hbm2Config small() {
  Hbm2Config config;
  config.channels = 4;
  config.bank_groups = config.banks = 2;
  config.rows = 8;
  config.row_bytes = 128;
  return config;
}

auto tuple_of(const Hbm2Location& at) {
  return std::tuple(at.channel, at.pseudo_channel, at.bank_group, at.bank, at.row, at.column);
}

TEST(AddressMap, EachBurstHasAPlaceOfItsOwn) {
  for (const char* mapping : {"row bank column channel bank_group pseudo_channel",
                              "channel:1 row column:1 bank pseudo_channel channel bank_group column"}) {
    Hbm2Config config = small();
    config.mapping = mapping;
    check(config, "test");
    const AddressMap map(config, "test");
    std::set<decltype(tuple_of({}))> places;
    for (std::uint64_t address = 0; address < size_bytes(config); address += burst_bytes(config)) {
      const Hbm2Location at = map(address);
      EXPECT_EQ(tuple_of(at), tuple_of(map(address + burst_bytes(config) - 1)));
      EXPECT_LT(at.channel, config.channels);
      EXPECT_LT(at.pseudo_channel, config.pseudo_channels);
      EXPECT_LT(at.bank_group, config.bank_groups);
      EXPECT_LT(at.bank, config.banks);
      EXPECT_LT(at.row, config.rows);
      EXPECT_LT(at.column, config.row_bytes / burst_bytes(config));
      places.insert(tuple_of(at));
    }
    EXPECT_EQ(places.size(), size_bytes(config) / burst_bytes(config));
  }
}

TEST(AddressMap, AHashedBankDiffersBetweenStreamsAPowerOfTwoApart) {
  Hbm2Config config;
  for (const bool hash : {false, true}) {
    config.hash_banks = hash;
    const AddressMap map(config, "test");
    for (unsigned bit = 20; bit < 35; ++bit)  // those of the row
      EXPECT_EQ(map(std::uint64_t{1} << bit).bank != map(0).bank, hash) << bit;
  }
}

TEST(AddressMap, PlacesAFieldInTwoParts) {
  Hbm2Config config = small();
  config.mapping =
      "row:2 channel column row:1 bank bank_group pseudo_channel";  // from the top: 2 2 2 1 1 1 1
  const AddressMap map(config, "test");
  EXPECT_EQ(map(32u << 3).row, 1u);
  EXPECT_EQ(map(32u << 8).row, 2u);
  EXPECT_EQ(map(32u << 9).row, 4u);
  EXPECT_EQ(map(32u << 6).channel, 1u);
}

std::string error_with(const char* mapping) {
  Hbm2Config config = small();
  config.mapping = mapping;
  return testing_support::error_of([&] { check(config, "memory.json"); });
}

TEST(AddressMap, EachWrongMappingIsRefused) {
  EXPECT_EQ(error_with("row bank column channel bank_group"),
            "memory.json: /mapping: does not place the 1 bits of pseudo_channel once");
  EXPECT_EQ(error_with("row row bank column channel bank_group pseudo_channel"),
            "memory.json: /mapping: does not place the 3 bits of row once");
  EXPECT_EQ(error_with("row:4 row bank column channel bank_group pseudo_channel"),
            "memory.json: /mapping: does not place the 3 bits of row once");
  EXPECT_THAT(error_with("rows bank column"), testing::HasSubstr("has \"rows\", expected row, bank"));
  EXPECT_THAT(error_with("row: bank"), testing::HasSubstr("expected a number of bits"));
  EXPECT_THAT(error_with("row:-1 bank"), testing::HasSubstr("expected a number of bits"));
  EXPECT_THAT(error_with("row:999 bank"), testing::HasSubstr("expected a number of bits"));
}

}  // namespace
}  // namespace neartile::memory
