#include "neartile/pe/base/config_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "support/error_of.h"

namespace neartile {
namespace {

using testing::HasSubstr;

enum class Colour : std::uint8_t { red, green };

struct Wheel {
  std::uint64_t spokes = 8;
};

struct Cart {
  std::string name = "cart";
  double load_kg = 12.5;
  Colour colour = Colour::red;
  Wheel spare;
  std::vector<Wheel> wheels{{}, {}};
};

void describe(ConfigVisitor& visitor, Wheel& wheel) {
  visitor.number({"spokes", "spokes of the wheel", 3, 64}, wheel.spokes);
}

void describe(ConfigVisitor& visitor, Cart& cart) {
  visitor.text({"name", "what it is called"}, cart.name);
  visitor.number({"load_kg", "heaviest load in kg", 0, 1000}, cart.load_kg);
  visitor.choice({"colour", "of the paint"}, {"red", "green"}, cart.colour);
  visitor.object({"spare", "the spare wheel"}, [&](ConfigVisitor& v) { describe(v, cart.spare); });
  visitor.list(
      {"wheels", "all wheels"}, cart.wheels.size(),
      [&](std::size_t length) { cart.wheels.assign(length, {}); },
      [&](ConfigVisitor& v, std::size_t i) { describe(v, cart.wheels[i]); });
}

Describe describing(Cart& cart) {
  return [&cart](ConfigVisitor& visitor) { describe(visitor, cart); };
}

Cart cart_of(const std::string& text) {
  Cart cart;
  read_config(text, "cart.json", describing(cart));
  return cart;
}

using testing_support::error_of;

std::string read_error(const std::string& text) {
  return error_of([&] { cart_of(text); });
}

std::string set_error(const std::string& setting) {
  Cart cart;
  return error_of([&] { apply_setting(setting, describing(cart)); });
}

TEST(ConfigReader, ReadsEveryKindOfField) {
  const Cart cart = cart_of(R"({"name": "c", "load_kg": 3, "colour": "green", "spare": {"spokes": 4},
                                "wheels": [{"spokes": 5}, {}, {"spokes": 7}]})");
  EXPECT_EQ(cart.name, "c");
  EXPECT_EQ(cart.load_kg, 3.0);
  EXPECT_EQ(cart.colour, Colour::green);
  EXPECT_EQ(cart.spare.spokes, 4u);
  ASSERT_EQ(cart.wheels.size(), 3u);
  EXPECT_EQ(cart.wheels[0].spokes, 5u);
  EXPECT_EQ(cart.wheels[1].spokes, 8u);
  EXPECT_EQ(cart.wheels[2].spokes, 7u);
}

TEST(ConfigReader, KeepsDefaultsOfMissingKeys) {
  const Cart cart = cart_of("{}");
  EXPECT_EQ(cart.name, "cart");
  EXPECT_EQ(cart.load_kg, 12.5);
  EXPECT_EQ(cart.wheels.size(), 2u);
}

TEST(ConfigReader, NamesPlaceFoundAndExpected) {
  const std::vector<std::pair<const char*, const char*>> cases{
      {R"({"load": 1})",
       "cart.json: unknown key \"load\", expected one of name, load_kg, colour, spare, wheels"},
      {R"({"wheels": [{}, {"spoke": 1}]})",
       "cart.json: /wheels/1: unknown key \"spoke\", expected one of spokes"},
      {R"({"wheels": [{"spokes": 2}]})",
       "cart.json: /wheels/0/spokes: is 2, expected a whole number, 3 to 64"},
      {R"({"spare": {"spokes": 4.5}})", "cart.json: /spare/spokes: is 4.5, expected a whole number, 3 to 64"},
      {R"({"spare": {"spokes": -4}})", "cart.json: /spare/spokes: is -4, expected a whole number, 3 to 64"},
      {R"({"spare": {"spokes": 18446744073709551615}})",
       "cart.json: /spare/spokes: is 18446744073709551615, expected a whole number, 3 to 64"},
      {R"({"load_kg": "12"})", "cart.json: /load_kg: is \"12\", expected a number, 0 to 1000"},
      {R"({"load_kg": true})", "cart.json: /load_kg: is true, expected a number, 0 to 1000"},
      {R"({"name": null})", "cart.json: /name: is null, expected a \"text\""},
      {R"({"colour": "Red"})", "cart.json: /colour: is \"Red\", expected one of red, green"},
      {R"({"colour": 0})", "cart.json: /colour: is 0, expected one of red, green"},
      {R"({"spare": []})", "cart.json: /spare: is a list, expected an object"},
      {R"({"wheels": {}})", "cart.json: /wheels: is an object, expected a list of objects"},
      {R"({"wheels": [3]})", "cart.json: /wheels/0: is 3, expected an object"},
      {R"([])", "cart.json: is a list, expected an object"},
      {R"({"name": "a", "name": "b"})", "cart.json: key \"name\" appears twice in one object"},
  };
  for (const auto& [text, line] : cases) EXPECT_EQ(read_error(text), line);
}

TEST(ConfigReader, GivesLineAndColumnOfBrokenJson) {
  EXPECT_EQ(read_error("{\n  \"name\": \"a\",\n}"), "cart.json:3:1: unexpected '}', expected string literal");
  EXPECT_EQ(read_error("{\"name\" 1}"), "cart.json:1:9: unexpected number literal, expected ':'");
  EXPECT_THAT(read_error(""), HasSubstr("cart.json:1:1: unexpected end of input"));
  EXPECT_THAT(read_error("// a comment\n{}"), HasSubstr("cart.json:1:1: invalid literal"));
  EXPECT_THAT(read_error("{\"load_kg\": 1e999}"), HasSubstr("number too large"));
  EXPECT_THAT(read_error("{} {}"), HasSubstr("expected end of input"));
}

TEST(ConfigReader, StaysOnOneShortPrintableLineWhateverTheFileHolds) {
  const std::vector<std::string> texts{
      "{\"" + std::string(100000, 'x') + "\n\": 1}", "{\"\\n\\u001b[2J\": 1}", "{\"name\": \"\xff\xfe\"}",
      "{\"colour\": \"" + std::string(100000, 'y') + "\"}", std::string("\0\0\0", 3)};
  for (const auto& text : texts) {
    const std::string line = read_error(text);
    EXPECT_NE(line, "");
    EXPECT_LT(line.size(), 300u);
    for (const char c : line) EXPECT_TRUE(c >= ' ' && c <= '~') << line;
  }
}

TEST(ConfigReader, RefusesDeepNestingWithoutDescending) {
  EXPECT_THAT(read_error(std::string(1000000, '[')), HasSubstr("nested too deeply, expected at most 32"));
  EXPECT_THAT(read_error(std::string(32, '[') + std::string(32, ']')), HasSubstr("expected an object"));
}

TEST(ConfigReader, CutTextsAreErrors) {
  const std::string whole = R"({"name": "c", "wheels": [{"spokes": 5}], "spare": {"spokes": 4}})";
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_THAT(read_error(whole.substr(0, length)), HasSubstr("cart.json:1:")) << length;
}

TEST(ConfigWriter, WritesWhatTheReaderReads) {
  Cart cart;
  cart.name = "tab\there";
  cart.load_kg = 0.1;
  cart.colour = Colour::green;
  cart.wheels = {{3}, {64}};
  const std::string text = to_json_text(describing(cart));
  const Cart again = cart_of(text);
  EXPECT_EQ(again.name, cart.name);
  EXPECT_EQ(again.load_kg, cart.load_kg);
  EXPECT_EQ(again.colour, cart.colour);
  ASSERT_EQ(again.wheels.size(), 2u);
  EXPECT_EQ(again.wheels[1].spokes, 64u);
  Cart copy = again;
  EXPECT_EQ(to_json_text(describing(copy)), text);
}

TEST(ConfigSetting, ReachesValuesByDotsOrSlashes) {
  Cart cart;
  apply_setting("wheels.1.spokes=5", describing(cart));
  apply_setting("spare/spokes=6", describing(cart));
  apply_setting("load_kg=7.5", describing(cart));
  apply_setting("colour=green", describing(cart));
  apply_setting("name=a=b", describing(cart));
  EXPECT_EQ(cart.wheels[0].spokes, 8u);
  EXPECT_EQ(cart.wheels[1].spokes, 5u);
  EXPECT_EQ(cart.spare.spokes, 6u);
  EXPECT_EQ(cart.load_kg, 7.5);
  EXPECT_EQ(cart.colour, Colour::green);
  EXPECT_EQ(cart.name, "a=b");
}

TEST(ConfigSetting, ListsTheKeysOfTheLevelThatFailed) {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"load=1", "--set load: unknown key \"load\", expected one of name, load_kg, colour, spare, wheels"},
      {"spare.spoke=1", "--set spare.spoke: unknown key \"spoke\", expected one of spokes"},
      {"wheels.2.spokes=1", "--set wheels.2.spokes: no element \"2\", expected wheels.0 to wheels.1"},
      {"wheels.x.spokes=1", "--set wheels.x.spokes: no element \"x\", expected wheels.0 to wheels.1"},
      {"wheels=1", "--set wheels: \"wheels\" is no single value, expected a key below it"},
      {"wheels.0=1", "--set wheels.0: \"0\" is no single value, expected a key below it"},
      {"name.x=1", "--set name.x: name is a value, expected no key below it"},
      {"name", "--set \"name\": has no \"=\", expected key=value"},
      {"spare.spokes=65", "--set spare.spokes: is \"65\", expected a whole number, 3 to 64"},
      {"spare.spokes=", "--set spare.spokes: is \"\", expected a whole number, 3 to 64"},
      {"load_kg=nan", "--set load_kg: is \"nan\", expected a number, 0 to 1000"},
      {"load_kg=1kg", "--set load_kg: is \"1kg\", expected a number, 0 to 1000"},
      {"colour=blue", "--set colour: is \"blue\", expected one of red, green"},
  };
  for (const auto& [setting, line] : cases) EXPECT_EQ(set_error(setting), line);
}

TEST(ConfigHelp, ListsEveryKeyWithDefaultAndRange) {
  Cart cart;
  EXPECT_EQ(help_text(describing(cart)),
            "key              default  allowed     meaning\n"
            "name             cart     text        what it is called\n"
            "load_kg          12.5     0 to 1000   heaviest load in kg\n"
            "colour           red      red, green  of the paint\n"
            "spare.spokes     8        3 to 64     spokes of the wheel\n"
            "wheels                    list        all wheels\n"
            "wheels.N.spokes  8        3 to 64     spokes of the wheel\n");
}

// A configuration of one flag.
Describe describing(bool& flag) {
  return [&flag](ConfigVisitor& visitor) { visitor.flag({"lamp", "has a lamp"}, flag); };
}

TEST(ConfigFlag, IsReadWrittenSetAndListedAsTrueOrFalse) {
  bool lamp = true;
  read_config(R"({"lamp": false})", "cart.json", describing(lamp));
  EXPECT_FALSE(lamp);
  EXPECT_EQ(to_json_text(describing(lamp)), "{\n  \"lamp\": false\n}");
  apply_setting("lamp=true", describing(lamp));
  EXPECT_TRUE(lamp);
  EXPECT_EQ(help_text(describing(lamp)),
            "key   default  allowed      meaning\n"
            "lamp  true     false, true  has a lamp\n");
}

TEST(ConfigFlag, OtherValuesAreErrorsThatLeaveItAlone) {
  bool lamp = true;
  EXPECT_EQ(error_of([&] { read_config(R"({"lamp": 0})", "cart.json", describing(lamp)); }),
            "cart.json: /lamp: is 0, expected one of false, true");
  EXPECT_EQ(error_of([&] { apply_setting("lamp=off", describing(lamp)); }),
            "--set lamp: is \"off\", expected one of false, true");
  EXPECT_TRUE(lamp);
}

TEST(TextFile, MissingDirectoryAndTooLargeAreErrors) {
  const auto temporary = std::filesystem::temp_directory_path();
  EXPECT_THAT(error_of([&] { read_text_file(temporary / "neartile-no-such-file.json"); }),
              HasSubstr("neartile-no-such-file.json: cannot be opened"));
  EXPECT_THAT(error_of([&] { read_text_file(temporary); }), HasSubstr("is a directory, expected a file"));
  EXPECT_THAT(error_of([&] { read_text_file("/dev/zero", 1000); }), HasSubstr("expected at most 1000 bytes"));
}

}  // namespace
}  // namespace neartile
