#include <fmt/format.h>

#include "multipliers/figures.h"
#include "multipliers/import_options.h"
#include "multipliers/shelf.h"
#include "multipliers/source.h"
#include "multipliers/subcommands.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "run/output.h"
#include "text/arguments.h"
#include "text/progress.h"

namespace neartile::multipliers {
namespace {

constexpr std::size_t most_technology = std::size_t{64} << 20;

void map_shelf(const std::string& out, const pe::Technology& technology,
               const pe::MappingSettings& settings) {
  std::vector<std::string> names;
  for (const std::string& name : shelf_names())
    for (const std::string& form : forms_of(name)) names.push_back(form);
  std::vector<Measurement> results;
  for (const std::string& name : names) {
    results.push_back(map_and_measure(find_source(name), technology, settings).cost);
  }
  write_output(out, "asap7.json", shelf_json(results, technology.name));
  fmt::print("{}: {} circuits\n", (std::filesystem::path(out) / "asap7.json").string(), results.size());
}

void map_one(const Source& source, const std::string& out, const pe::Technology& technology,
             const pe::MappingSettings& settings) {
  const auto [netlist, m] = map_and_measure(source, technology, settings);
  write_output(out, m.name + ".v", to_verilog(netlist));
  write_output(out, m.name + ".cost.json", measurement_json(m, technology.name));
  fmt::print(
      "{} in cells of {}\n"
      "area     {} um2, {} cells\n"
      "delay    {} ps\n"
      "leakage  {} nW\n"
      "random   {} fJ an operation ({} without glitches)\n"
      "held     {} fJ an operation ({} without glitches)\n"
      "wrote    {}.v and {}.cost.json in {}\n",
      m.name, technology.name, fixed(m.area_um2, 3), m.cells, fixed(m.critical_path_ps, 1),
      fixed(m.leakage_nW, 2), fixed(m.random.timed_fJ, 1), fixed(m.random.zero_delay_fJ, 1),
      fixed(m.held.timed_fJ, 1), fixed(m.held.zero_delay_fJ, 1), m.name, m.name, out);
}

}  // namespace

void map(const std::vector<std::string>& arguments) {
  const Arguments given(arguments,
                        with_import_options({{"--technology"}, {"--liberty"}, {"--out"}, {"--shelf", false}}),
                        "multipliers");
  const auto out = given.value("--out");
  if (!out) throw InputError("multipliers map", "no --out given, expected --out DIR");
  if (given.words().size() != (given.has("--shelf") ? 0 : 1))
    throw InputError("multipliers map", fmt::format("{} names given, expected {}", given.words().size(),
                                                    given.has("--shelf") ? "none with --shelf" : "one"));
  const ImportSettings import = import_settings(given);
  check_output(*out);
  pe::MappingSettings settings;
  if (const auto liberty = given.value("--liberty")) settings.liberty = *liberty;
  std::optional<pe::Technology> own;
  if (const auto file = given.value("--technology"))
    own = pe::technology_from_json(read_text_file(*file, most_technology), *file);
  const pe::Technology& technology = own ? *own : pe::default_technology();
  if (given.has("--shelf")) return map_shelf(*out, technology, settings);
  map_one(find_source(given.words().front(), import), *out, technology, settings);
}

}  // namespace neartile::multipliers
