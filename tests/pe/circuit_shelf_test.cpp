// The measured circuits that come with the project: pe/shelf.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "neartile/pe/circuit.h"

namespace neartile::pe {
namespace {

using nlohmann::json;

std::vector<std::string> names() {
  std::ifstream file(NEARTILE_SOURCE_DIR "/pe/shelf/circuits.txt");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line.front() != '#') lines.push_back(line);
  return lines;
}

std::map<std::string, json> measured() {
  std::ifstream file(NEARTILE_SOURCE_DIR "/pe/shelf/asap7.json");
  std::map<std::string, json> circuits;
  const json root = json::parse(file);
  for (const json& circuit : root["circuits"]) circuits[circuit["name"]] = circuit;
  return circuits;
}

bool is_native(const std::string& name) {
  const std::string word = name.substr(0, name.find('('));
  for (const MultiplierFamily* family : multiplier_families())
    if (family->name == word) return family->native != nullptr;
  return false;
}

TEST(Shelf, HasMeasuredEveryFormOfEveryName) {
  auto circuits = measured();
  for (const std::string& name : names()) {
    std::vector<std::string> endings{".u8u8", ".u8s8.sm", ".s8s8.sm"};
    if (is_native(name)) endings.emplace_back(".s8s8.native");
    for (const std::string& ending : endings) {
      const auto found = circuits.extract(name + ending);
      ASSERT_FALSE(found.empty()) << name << ending;
      const json& circuit = found.mapped();
      EXPECT_EQ(circuit["hash"], make_circuit(name + ending).table->hash()) << name << ending;
      for (const char* stimulus : {"random", "held"})
        EXPECT_GE(circuit[stimulus]["energy_fJ"], circuit[stimulus]["zero_delay_fJ"]) << name << ending;
    }
  }
  EXPECT_TRUE(circuits.empty()) << circuits.begin()->first << " is measured, and not on the shelf";
}

TEST(Shelf, HoldsAtLeastOneOfEveryFamily) {
  const auto all = names();
  for (const MultiplierFamily* family : multiplier_families())
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const std::string& name) {
      return name.substr(0, name.find('(')) == family->name;
    })) << family->name;
}

}  // namespace
}  // namespace neartile::pe
