#include "neartile/pe/pe_config.h"

#include <gtest/gtest.h>

#include <map>

#include "neartile/pe/base/error.h"
#include "neartile/pe/pe_type.h"

namespace neartile::pe {
namespace {

// Notes each field's key with its range, and writes 24 into the accumulator's width.
class FieldNotes : public ConfigVisitor {
 public:
  std::map<std::string, std::pair<double, double>> ranges;
  std::map<std::string, std::vector<std::string_view>> words;

  void number(const Field& field, std::uint64_t& value) override {
    note(field);
    if (field.key == "accumulator_bits") value = 24;
  }
  void number(const Field& field, double&) override { note(field); }
  void flag(const Field& field, bool& value) override {
    note(field);
    value = !value;
  }
  void text(const Field& field, std::string&) override { note(field); }
  void word(const Field& field, const std::vector<std::string_view>& list, std::size_t& index) override {
    note(field);
    words[std::string(field.key)] = list;
    index = list.size() - 1;
  }
  void object(const Field& field, const std::function<void(ConfigVisitor&)>&) override { note(field); }
  void list(const Field& field, std::size_t, const std::function<void(std::size_t)>&,
            const std::function<void(ConfigVisitor&, std::size_t)>&) override {
    note(field);
  }

 private:
  void note(const Field& field) { ranges[std::string(field.key)] = {field.minimum, field.maximum}; }
};

TEST(PeConfig, IsDescribedFieldByField) {
  FieldNotes notes;
  PeConfig config;
  describe(notes, config);
  EXPECT_EQ(notes.ranges.size(), 6u);
  EXPECT_EQ(notes.ranges.at("accumulator_bits"), std::pair(16.0, 32.0));
  EXPECT_EQ(notes.ranges.at("weight_registers"), std::pair(1.0, 2.0));
  EXPECT_EQ(notes.words.at("format"), (std::vector<std::string_view>{"u8s8", "s8s8"}));
  EXPECT_EQ(notes.words.at("overflow"), (std::vector<std::string_view>{"wrap", "saturate"}));
  EXPECT_EQ(config.accumulator_bits, 24u);
  EXPECT_EQ(config.format, Format::s8s8);
  EXPECT_EQ(config.overflow, Overflow::saturate);
  EXPECT_FALSE(config.clock_gating);
}

TEST(PeConfig, NameSaysOnlyWhatDiffersFromTheDefaults) {
  EXPECT_EQ(name_of({}), "exact");
  PeConfig config;
  config.multiplier = "truncated(6)";
  EXPECT_EQ(name_of(config), "truncated(6)");
  EXPECT_EQ(name_of({Format::s8s8, "exact", 24, Overflow::saturate, 1}), "exact:s8s8:acc24:saturate:1w");
  config.clock_gating = false;
  EXPECT_EQ(name_of(config), "truncated(6):nogate");
}

TEST(PeType, HoldsTheMultiplierOfItsConfiguration) {
  PeConfig config;
  config.multiplier = "drum(6)";
  config.format = Format::s8s8;
  const PeType type(config);
  EXPECT_EQ(type.multiplier.name, "drum(6)");
  EXPECT_EQ(type.multiplier.format, Format::s8s8);
  config.multiplier = "none";
  EXPECT_THROW(PeType{config}, InputError);
}

TEST(Accumulate, KeepsSumsThatFit) {
  for (const auto overflow : {Overflow::wrap, Overflow::saturate})
    for (const std::int64_t sum : {-32768, -1, 0, 1, 32767}) EXPECT_EQ(accumulate(sum, 16, overflow), sum);
}

TEST(Accumulate, WrapsOrSaturatesTheRest) {
  EXPECT_EQ(accumulate(32768, 16, Overflow::wrap), -32768);
  EXPECT_EQ(accumulate(32768, 16, Overflow::saturate), 32767);
  EXPECT_EQ(accumulate(-32769, 16, Overflow::wrap), 32767);
  EXPECT_EQ(accumulate(-32769, 16, Overflow::saturate), -32768);
  EXPECT_EQ(accumulate(std::int64_t{1} << 31, 32, Overflow::wrap), INT32_MIN);
  EXPECT_EQ(accumulate(std::int64_t{1} << 31, 32, Overflow::saturate), INT32_MAX);
}

}  // namespace
}  // namespace neartile::pe
