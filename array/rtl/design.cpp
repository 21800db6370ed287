#include "rtl/design.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/netlist_import.h"
#include "neartile/pe/verilog_names.h"

namespace neartile::array {
namespace rtl {
namespace {

/// Gives each thing that is named by a key one module name.
class Namer {
 public:
  template <class... Keys>
  std::string name(std::string_view wanted, const Keys&... keys) {
    std::string key;
    ((key += fmt::format("{}\n", keys)), ...);
    const auto [it, is_new] = given_.try_emplace(key);
    if (is_new) it->second = names_.give(wanted);
    return it->second;
  }

 private:
  pe::VerilogNames names_{{"bank", "clock_gate", "testbench"}};
  std::map<std::string, std::string> given_;
};

std::string control_name(const pe::PeConfig& config) {
  return fmt::format("control_{}w{}", config.weight_registers, config.clock_gating ? "" : "_nogate");
}

}  // namespace

Design::Design(const RtlArray& array, RtlModules names)
    : config(array.config.pe),
      rows(array.config.rows),
      columns(array.config.columns),
      modules(std::move(names)),
      multiplier(array.multiplier),
      low_zeros(low_zero_bits(*multiplier.table, config.overflow)),
      registers(pe_registers(config, low_zeros)) {}

const PeRegister& Design::find(std::string_view name) const {
  return *std::find_if(registers.begin(), registers.end(), [&](auto& one) { return one.name == name; });
}

std::vector<PeRegister> Design::travelling() const {
  std::vector<PeRegister> found;
  std::copy_if(registers.begin(), registers.end(), std::back_inserter(found), [](auto& one) {
    return one.net_class == NetClass::activation || one.net_class == NetClass::control;
  });
  return found;
}

std::vector<Design> designs_of(std::span<const RtlArray> bank) {
  const std::vector<RtlModules> modules = rtl_modules(bank);
  std::vector<Design> designs;
  for (std::size_t i = 0; i < bank.size(); ++i) designs.emplace_back(bank[i], modules[i]);
  return designs;
}

}  // namespace rtl

std::vector<RtlModules> rtl_modules(std::span<const RtlArray> bank) {
  rtl::Namer namer;
  std::vector<RtlModules> all;
  for (const RtlArray& one : bank) {
    const auto& [config, multiplier] = one;
    if (!multiplier.netlist)
      throw InputError("multiplier " + in_quotes(multiplier.name),
                       "is a table without gates, expected one with a netlist");
    const std::string hash = multiplier.table->hash();
    const std::string type = pe::name_of(config.pe);
    RtlModules names;
    names.multiplier = namer.name(multiplier.name, "multiplier", multiplier.name, hash);
    names.control = namer.name(rtl::control_name(config.pe), "control", rtl::control_name(config.pe));
    names.pe = namer.name("pe_" + type, "pe", type, hash);
    names.row = namer.name(fmt::format("row_{}_{}", type, config.columns), "row", names.pe, config.columns);
    names.array = namer.name(fmt::format("array_{}_{}x{}", type, config.rows, config.columns), "array",
                             names.pe, config.rows, config.columns);
    all.push_back(std::move(names));
  }
  return all;
}

RtlFiles rtl_files(std::span<const RtlArray> bank) {
  const std::vector<rtl::Design> designs = rtl::designs_of(bank);
  RtlFiles files;
  const auto add = [&](const std::string& module, auto text) {
    if (const auto [it, is_new] = files.try_emplace(module + ".sv"); is_new) it->second = text();
  };
  for (const rtl::Design& design : designs) {
    const RtlModules& modules = design.modules;
    add(modules.multiplier, [&] { return to_verilog(*design.multiplier.netlist, modules.multiplier); });
    if (design.config.clock_gating) add("clock_gate", rtl::clock_gate_module);
    add(modules.control, [&] { return control_module(design); });
    add(modules.pe, [&] { return pe_module(design); });
    add(modules.row, [&] { return row_module(design); });
    add(modules.array, [&] { return array_module(design); });
  }
  add("bank", [&] { return bank_module(designs); });
  return files;
}

}  // namespace neartile::array
