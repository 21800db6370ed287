#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "neartile/array/pe_registers.h"
#include "neartile/pe/base/child_process.h"
#include "twins.h"

namespace neartile::array::testing_support {

/// Writes what is new only, so that Verilator and make see what has changed.
inline void write_if_new(const std::filesystem::path& file, const std::string& text) {
  std::ifstream old(file, std::ios::binary);
  std::ostringstream there;
  there << old.rdbuf();
  if (!old || there.str() != text) std::ofstream(file, std::ios::binary) << text;
}

inline std::vector<PeRegister> registers_of(const RtlArray& array) {
  return pe_registers(array.config.pe, low_zero_bits(*array.multiplier.table, array.config.pe.overflow));
}

/// What Verilator is to keep readable, and as one copy of code for all PEs.
inline std::string verilator_settings(const std::vector<RtlArray>& bank) {
  const std::vector<RtlModules> modules = rtl_modules(bank);
  std::set<std::string> lines;
  for (std::size_t i = 0; i < bank.size(); ++i) {
    lines.insert("no_inline -module \"" + modules[i].pe + "\"\n");
    for (const PeRegister& one : registers_of(bank[i]))
      lines.insert("public_flat_rd -module \"" +
                   (one.net_class == NetClass::control ? modules[i].control : modules[i].pe) + "\" -var \"" +
                   std::string(one.name) + "\"\n");
  }
  std::string text = "`verilator_config\n";
  for (const std::string& line : lines) text += line;
  return text;
}

/// All registers and product nets in the order of the counts: array, row, column, register.
inline std::string register_list(const std::vector<RtlArray>& bank) {
  std::string text;
  for (std::size_t i = 0; i < bank.size(); ++i)
    for (std::size_t r = 0; r < bank[i].config.rows; ++r)
      for (std::size_t c = 0; c < bank[i].config.columns; ++c)
        for (const PeRegister& one : registers_of(bank[i])) {
          std::string path = "bank/" + array_scope(i) + "/" + pe_scope(r, c) + "/" + one.path();
          std::replace(path.begin(), path.end(), '/', '.');
          text += std::to_string(i) + " " + path + " " + std::to_string(one.width) + "\n";
        }
  return text;
}

/// The ports of the bank as the harness takes them: PORT(name, bits).
inline std::string port_list(const std::vector<RtlArray>& bank) {
  std::string text;
  for (std::size_t i = 0; i < bank.size(); ++i) {
    const ArrayConfig& config = bank[i].config;
    const auto add = [&](const std::string& name, std::size_t bits) {
      text += "PORT(" + array_scope(i) + "_" + name + ", " + std::to_string(bits) + ")\n";
    };
    add("run", 1);
    for (const PeRegister& one : registers_of(bank[i]))
      if (one.net_class == NetClass::activation || one.net_class == NetClass::control)
        add(std::string(one.name) + "_in", one.width * config.rows);
    add("w_in", 8 * config.columns);
    add("sum", config.pe.accumulator_bits * config.columns);
    add("v", config.columns);
  }
  return text;
}

/// Emits and verilates the bank into `folder`, with verilated_bank.cpp: folder/twins runs it.
inline ChildResult build_twins(const std::vector<RtlArray>& bank, const std::filesystem::path& folder,
                               const std::filesystem::path& harness) {
  std::filesystem::create_directories(folder);
  // Built once and run for seconds: one piece, unoptimised, is the quickest way.
  std::vector<std::string> words{"verilator",
                                 "--cc",
                                 "--exe",
                                 "--build",
                                 "-O1",
                                 "--vpi",
                                 "--prefix",
                                 "Vbank",
                                 "--Mdir",
                                 "made",
                                 "-o",
                                 "../twins",
                                 "-CFLAGS",
                                 "-I..",
                                 "-MAKEFLAGS",
                                 "OPT_FAST=-O0 OPT_SLOW=-O0 OPT_GLOBAL=-O0 VM_PARALLEL_BUILDS=0",
                                 "--top-module",
                                 "bank",
                                 "-Wno-fatal",
                                 "settings.vlt",
                                 std::filesystem::absolute(harness).string()};
  write_if_new(folder / "settings.vlt", verilator_settings(bank));
  write_if_new(folder / "ports.inc", port_list(bank));
  write_if_new(folder / "registers.txt", register_list(bank));
  for (const auto& [name, text] : rtl_files(bank)) {
    write_if_new(folder / name, text);
    words.push_back(name);
  }
  return run_child(words, std::chrono::seconds(1000), folder.string());
}

}  // namespace neartile::array::testing_support
