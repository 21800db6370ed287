#include "neartile/router/routing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "neartile/pe/base/error.h"
#include "router/small_chip.h"
#include "support/error_of.h"

namespace neartile::router {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const ChipConfig& chip() {
  static const ChipConfig bank = small_chip({"exact", "truncated(6)", "drum(4)"});
  return bank;
}

RoutingNames read(const std::string& text) {
  const auto file =
      std::filesystem::temp_directory_path() / ("neartile-routing-" + std::to_string(getpid()) + ".json");
  std::ofstream(file) << text;
  struct Remover {
    const std::filesystem::path& path;
    ~Remover() { std::filesystem::remove(path); }
  } remover{file};
  return read_routing(file);
}

using testing_support::error_of;

TEST(RoutingFile, NamesATypeForLayersAndForTheRest) {
  const RoutingNames names =
      read(R"J({"layers": {"conv0": "exact", "conv2": "truncated(6)"}, "default": "drum(4)"})J");
  EXPECT_EQ(names.layers.at("conv0"), "exact");
  EXPECT_EQ(names.layers.at("conv2"), "truncated(6)");
  EXPECT_EQ(names.otherwise, "drum(4)");
  // Nodes: conv0, pool, conv1, conv2.
  EXPECT_THAT(resolve(names, named_network(3), chip(), "r"), ElementsAre(0, testing::_, 2, 1));
}

TEST(RoutingFile, NeedsNoDefaultWhereEveryLayerIsNamed) {
  const RoutingNames names = read(R"J({"layers": {"conv0": "drum(4)", "conv1": "exact"}})J");
  EXPECT_THAT(resolve(names, named_network(2), chip(), "r"), ElementsAre(2, testing::_, 0));
  EXPECT_EQ(error_of([&] { resolve(names, named_network(3), chip(), "r"); }),
            "r: layer \"conv2\" has no entry, expected one or a \"default\"");
}

TEST(RoutingFile, ErrorsSayWhatWasExpected) {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"{", ":1:2: unexpected end of input"},
      {"[]", "expected an object with the keys layers, default"},
      {R"J({"layer": {}})J", "unknown key \"layer\", expected one of layers, default"},
      {R"J({"layers": []})J", "/layers: expected an object"},
      {R"J({"layers": {"conv0": 1}})J", "/layers: \"conv0\": expected the name of a group or PE type"},
      {R"J({"default": ""})J", "/default: expected the name of a group or PE type"},
      {R"J({"layers": {"a": "exact", "a": "drum(4)"}})J", "key \"a\" appears twice"},
  };
  for (const auto& [text, line] : cases) EXPECT_THAT(error_of([&, t = text] { read(t); }), HasSubstr(line));
}

TEST(Resolving, NamesLayersAndTypesThatDoNotExist) {
  const auto line = [](const RoutingNames& names) {
    return error_of([&] { resolve(names, named_network(2), chip(), "r"); });
  };
  EXPECT_EQ(line({{{"conv9", "exact"}}, "exact"}),
            "r: layer \"conv9\" is not in the network, expected one of \"conv0\", \"conv1\"");
  EXPECT_EQ(line({{{"pool", "exact"}}, "exact"}),
            "r: layer \"pool\" is no layer of the arrays, expected one of \"conv0\", \"conv1\"");
  EXPECT_THAT(line({{{"conv0", "truncated(4)"}}, "exact"}),
              HasSubstr("r: layer \"conv0\": \"truncated(4)\" is no group or PE type of the chip"));
  EXPECT_THAT(line({{}, "truncated(4)"}), HasSubstr("r: default: \"truncated(4)\" is no group"));
  EXPECT_THAT(line({{{"conv0", "exact"}, {"conv1", "exact"}}, "truncated(4)"}),
              HasSubstr("r: default: \"truncated(4)\" is no group"));
}

}  // namespace
}  // namespace neartile::router
