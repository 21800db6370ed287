#include "neartile/pe/multiplier_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "neartile/pe/base/child_process.h"
#include "neartile/pe/netlist_evaluation.h"
#include "neartile/pe/netlist_import.h"
#include "neartile/pe/pe_config.h"
#include "support/netlist_checks.h"

namespace neartile::pe {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing_support::error_of;

std::string write(const ScratchFolder& folder, const std::string& text) {
  return folder.write("given.multiplier.json", text);
}

TEST(MultiplierFile, ReadsBackAsTheSameCircuit) {
  const ScratchFolder folder;
  for (const char* name : {"truncated(4).u8u8", "drum(4).s8s8.native", "exact.u8s8.sm"}) {
    const Circuit circuit = make_circuit(name);
    const Circuit read = read_multiplier_file(write(folder, multiplier_file_text(circuit)));
    EXPECT_EQ(read.name, name);
    EXPECT_EQ(read.operands, circuit.operands);
    EXPECT_EQ(read.exact, circuit.exact);
    EXPECT_EQ(read.table->hash(), circuit.table->hash());
    ASSERT_NE(read.netlist, nullptr);
    EXPECT_EQ(all_products(*read.netlist), all_products(*circuit.netlist));
  }
}

TEST(MultiplierFile, MakesTheMultiplierOfAPe) {
  const ScratchFolder folder;
  const std::string file = write(folder, multiplier_file_text(make_circuit("truncated(6).u8s8")));
  const Multiplier multiplier = make_multiplier(file, Format::u8s8);
  EXPECT_EQ(multiplier.name, file);
  EXPECT_EQ(multiplier.table->hash(), make_multiplier("truncated(6)").table->hash());
  EXPECT_THAT(error_of([&] { make_multiplier(file, Format::s8s8); }),
              HasSubstr("is u8s8 in a PE of format s8s8"));
  PeConfig config;
  config.multiplier = file;
  EXPECT_EQ(name_of(config), "given");
}

TEST(MultiplierFile, OfACoreIsWrappedAsThoseOfFamiliesAre) {
  const ScratchFolder folder;
  for (const char* name : {"udm", "drum(3)", "truncated(6)"}) {
    const std::string file = write(folder, multiplier_file_text(make_circuit(std::string(name) + ".u8u8")));
    for (const Format format : {Format::u8s8, Format::s8s8})
      EXPECT_EQ(make_multiplier(file, format).table->hash(), make_multiplier(name, format).table->hash());
  }
}

TEST(MultiplierFile, IsRefusedInOneLineWhereAnythingIsWrong) {
  const ScratchFolder folder;
  const json good = json::parse(multiplier_file_text(make_circuit("truncated(4).u8s8")));
  const auto refusal = [&](const char* pointer, const json& value) {
    json bad = good;
    bad[json::json_pointer(pointer)] = value;
    return error_of([&] { read_multiplier_file(write(folder, bad.dump())); });
  };
  EXPECT_THAT(refusal("/format", "other"), HasSubstr("neartile multiplier 1"));
  EXPECT_THAT(refusal("/name", ""), HasSubstr("/name"));
  EXPECT_THAT(refusal("/name", "two\nlines"), HasSubstr("/name"));
  EXPECT_THAT(refusal("/operands", "u9"), HasSubstr("/operands"));
  EXPECT_THAT(refusal("/hash", "0"), HasSubstr("/hash"));
  EXPECT_THAT(refusal("/products", json::array({1})), HasSubstr("/products"));
  EXPECT_THAT(refusal("/products/300", 40000), HasSubstr("/products/300"));
  EXPECT_THAT(refusal("/products/300", 1.5), HasSubstr("/products/300"));
  EXPECT_THAT(refusal("/products/300", 7), HasSubstr("/hash"));
  EXPECT_THAT(refusal("/netlist", "module m(;"), HasSubstr("/netlist"));
  EXPECT_THAT(refusal("/netlist", to_verilog(*make_circuit("exact.u8s8").netlist)), HasSubstr("/netlist"));
  EXPECT_THAT(error_of([&] { read_multiplier_file(write(folder, "[]")); }), HasSubstr("format"));
  EXPECT_THAT(error_of([&] { read_multiplier_file(write(folder, "{")); }), HasSubstr("multiplier.json:"));
  EXPECT_THAT(error_of([&] { make_multiplier("none.multiplier.json"); }), HasSubstr("none.multiplier.json"));
}

}  // namespace
}  // namespace neartile::pe
