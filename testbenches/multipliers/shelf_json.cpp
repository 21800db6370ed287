#include <cmath>
#include <nlohmann/json.hpp>

#include "multipliers/shelf.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/stimulus.h"

namespace neartile::multipliers {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value) {
  return std::round(value * 1e4) / 1e4;
}

Json energy_json(const Energy& energy) {
  return {{"energy_fJ", rounded(energy.timed_fJ)}, {"zero_delay_fJ", rounded(energy.zero_delay_fJ)}};
}

Json json_of(const Measurement& m) {
  return {{"name", m.name},
          {"operands", m.operands},
          {"hash", m.hash},
          {"mapped_hash", m.mapped_hash},
          {"cells", m.cells},
          {"area_um2", rounded(m.area_um2)},
          {"leakage_nW", rounded(m.leakage_nW)},
          {"critical_path_ps", rounded(m.critical_path_ps)},
          {"random", energy_json(m.random)},
          {"held", energy_json(m.held)}};
}

Json facts(const std::string& technology) {
  const pe::StimulusSettings stimulus;
  return {{"technology", technology},
          {"flow", "yosys: synth -flatten; abc -D 800 (smallest buffer drives, load 3.898 fF); hilomap"},
          {"transitions", stimulus.transitions},
          {"seed", stimulus.seed},
          {"random", "uniform operand pairs"},
          {"held",
           "weight held 256 operations, N(128,40) unsigned or N(0,40) signed; activation 0 with "
           "probability 1/2, else |N(0,50)| unsigned or |N(0,32)| signed"}};
}

Energy energy_of(const Json& json) {
  return {json.at("energy_fJ").get<double>(), json.at("zero_delay_fJ").get<double>()};
}

Measurement measurement_of(const Json& json) {
  Measurement m;
  json.at("name").get_to(m.name);
  json.at("operands").get_to(m.operands);
  json.at("hash").get_to(m.hash);
  json.at("mapped_hash").get_to(m.mapped_hash);
  json.at("cells").get_to(m.cells);
  json.at("area_um2").get_to(m.area_um2);
  json.at("leakage_nW").get_to(m.leakage_nW);
  json.at("critical_path_ps").get_to(m.critical_path_ps);
  m.random = energy_of(json.at("random"));
  m.held = energy_of(json.at("held"));
  return m;
}

}  // namespace

std::string measurement_json(const Measurement& measurement, const std::string& technology) {
  Json json{{"conditions", facts(technology)}};
  json.update(json_of(measurement));
  if (!measurement.liberty.empty()) json["liberty"] = measurement.liberty;
  json["mapped_from"] = measurement.from_verilog ? "verilog" : "netlist";
  if (!measurement.verilog_refused.empty()) json["verilog_refused"] = measurement.verilog_refused;
  return json.dump(1) + "\n";
}

// One circuit a line: changes can be read.
std::string shelf_json(const std::vector<Measurement>& results, const std::string& technology) {
  std::string text = "{\n\"format\": \"neartile shelf 1\",\n\"conditions\": " + facts(technology).dump(1) +
                     ",\n\"circuits\": [\n";
  for (const Measurement& m : results) text += (&m == &results.front() ? "" : ",\n") + json_of(m).dump();
  return text + "\n]\n}\n";
}

std::vector<Measurement> read_shelf(std::string_view text, const std::string& place) {
  check_json(text, place);
  std::vector<Measurement> results;
  try {
    const Json json = Json::parse(text);
    for (const Json& circuit : json.at("circuits")) results.push_back(measurement_of(circuit));
  } catch (const Json::exception&) {
    throw InputError(place, "is no file of a shelf, expected one as neartile multipliers map --shelf writes");
  }
  return results;
}

}  // namespace neartile::multipliers
