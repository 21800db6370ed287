#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "blif_lines.h"
#include "functions.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/netlist_import.h"
#include "ports.h"
#include "verilog/builtin_cells.h"

namespace neartile::pe {
namespace {

constexpr std::size_t most_bytes = std::size_t{16} << 20;
constexpr std::size_t widest_port = 4096;

// About timing and drawings, not about the function.
constexpr std::array<std::string_view, 16> harmless{".area",
                                                    ".delay",
                                                    ".wire_load_slope",
                                                    ".wire",
                                                    ".input_arrival",
                                                    ".default_input_arrival",
                                                    ".output_required",
                                                    ".default_output_required",
                                                    ".input_drive",
                                                    ".default_input_drive",
                                                    ".max_input_load",
                                                    ".default_max_input_load",
                                                    ".attr",
                                                    ".param",
                                                    ".cname",
                                                    ".output_load"};

struct BusBit {
  std::string base;
  std::size_t index = 0;
  bool indexed = false;
};

// "A[3]", "A<3>", "A(3)" or "A_3".
BusBit bus_bit(std::string_view name) {
  std::string_view digits = name;
  std::string_view opening = "_";
  for (const std::string_view brackets : {"[]", "<>", "()"}) {
    if (name.empty() || name.back() != brackets[1]) continue;
    opening = brackets.substr(0, 1);
    digits.remove_suffix(1);
  }
  const std::size_t at = digits.rfind(opening);
  if (at == std::string_view::npos || at == 0) return {std::string(name)};
  digits.remove_prefix(at + 1);
  if (digits.empty() || digits.size() > 4 ||
      !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return {std::string(name)};
  }
  std::size_t index = 0;
  for (const char c : digits) index = index * 10 + static_cast<std::size_t>(c - '0');
  return {std::string(name.substr(0, at)), index, true};
}

class BlifReader {
 public:
  BlifReader(std::string_view text, const std::string& place, const CellLibrary& cells)
      : lines_(text), wiring_(place), cells_(cells) {}

  Netlist run(const PortBinding& binding) {
    more_ = lines_.next(line_);
    while (more_ && !ended_) command();
    if (!has_model_) wiring_.fail(0, "no .model, expected a BLIF file");
    const Ports own = ports();
    bind_ports(wiring_, name_, own, binding, model_line_);
    return finish(wiring_, name_, own, binding);
  }

 private:
  Wiring::Net net(std::string_view name) {
    const auto [found, is_new] = nets_.emplace(name, 0);
    if (is_new) found->second = wiring_.named(std::string(name));
    return found->second;
  }

  void advance() { more_ = lines_.next(line_); }

  void command() {
    const std::string_view word = line_.words.front();
    if (word != ".model" && !has_model_) {
      wiring_.fail(line_.line, fmt::format("found {}, expected .model", in_quotes(word)));
    }
    if (word == ".names") return names();
    if (word == ".model") {
      model();
    } else if (word == ".inputs" || word == ".outputs") {
      auto& list = word == ".inputs" ? inputs_ : outputs_;
      for (std::size_t i = 1; i < line_.words.size(); ++i) list.emplace_back(line_.words[i], line_.line);
    } else if (word == ".gate" || word == ".subckt") {
      cell();
    } else if (word == ".conn" || word == ".barbuf") {
      if (line_.words.size() != 3) wiring_.fail(line_.line, fmt::format("{} takes two nets", word));
      wiring_.connect(net(line_.words[2]), net(line_.words[1]), line_.line);
    } else if (word == ".latch" || word == ".mlatch") {
      wiring_.fail(line_.line, "a latch, expected a circuit without memory");
    } else if (word == ".end") {
      ended_ = true;
    } else if (std::find(harmless.begin(), harmless.end(), word) == harmless.end()) {
      wiring_.fail(line_.line,
                   fmt::format("{} is not taken, expected .inputs, .outputs, .names, .gate, .subckt or .end",
                               in_quotes(word)));
    }
    advance();
  }

  void model() {
    if (has_model_) wiring_.fail(line_.line, "a second .model, expected a flat file of one");
    has_model_ = true;
    model_line_ = line_.line;
    name_ = line_.words.size() > 1 ? std::string(line_.words[1].substr(0, 256)) : "circuit";
  }

  void names() {
    const unsigned line = line_.line;
    const std::size_t words = line_.words.size();
    if (words < 2) wiring_.fail(line, ".names without an output");
    Wiring::Bits inputs;
    for (std::size_t i = 1; i + 1 < words; ++i) inputs.push_back(net(line_.words[i]));
    const Wiring::Net output = net(line_.words.back());
    std::vector<Cube> cubes;
    bool has_value = false, value = true;
    for (advance(); more_ && line_.words.front().front() != '.'; advance()) {
      const bool row_value = row(inputs.size(), cubes);
      if (has_value && row_value != value) {
        wiring_.fail(line_.line, "rows for 1 and for 0 in one cover, expected one of them");
      }
      has_value = true;
      value = row_value;
    }
    wiring_.connect(output, place_cover(wiring_, inputs, cubes, !value, line), line);
  }

  // Adds a row of a cover; returns the value that it gives to the output.
  bool row(std::size_t inputs, std::vector<Cube>& cubes) {
    const auto& words = line_.words;
    const std::string_view plane = inputs == 0 ? std::string_view{} : words.front();
    const bool right_form = words.size() == (inputs == 0 ? 1u : 2u) && plane.size() == inputs &&
                            (words.back() == "0" || words.back() == "1");
    if (!right_form) {
      wiring_.fail(line_.line, fmt::format("found {}, expected {} of 0, 1 or - and the output's 0 or 1",
                                           in_quotes(words.front()), inputs));
    }
    Cube cube;
    for (std::size_t i = 0; i < plane.size(); ++i) {
      if (plane[i] == '0' || plane[i] == '1') {
        cube.literals.emplace_back(i, plane[i] == '1');
      } else if (plane[i] != '-') {
        wiring_.fail(line_.line, fmt::format("found {}, expected 0, 1 or -", in_quotes(plane.substr(i, 1))));
      }
    }
    cubes.push_back(std::move(cube));
    return words.back() == "1";
  }

  void cell() {
    if (line_.words.size() < 2) wiring_.fail(line_.line, "a cell without a name");
    const std::string type(line_.words[1]);
    verilog::BuiltinCell cell{cells_.find(type), false};
    if (!cell.outputs) cell = verilog::find_builtin_cell(type);
    if (!cell.outputs) {
      wiring_.fail(line_.line,
                   fmt::format("cell {} is not known, expected a flat file of known cells", in_quotes(type)));
    }
    std::unordered_map<std::string, Wiring::Net> pins;
    for (std::size_t i = 2; i < line_.words.size(); ++i) {
      const std::string_view word = line_.words[i];
      const std::size_t equals = word.find('=');
      if (equals == std::string_view::npos || equals == 0 || equals + 1 == word.size()) {
        wiring_.fail(line_.line, fmt::format("found {}, expected pin=net", in_quotes(word)));
      }
      const std::string pin = verilog::generic_pin(cell, word.substr(0, equals));
      if (!pins.emplace(pin, net(word.substr(equals + 1))).second) {
        wiring_.fail(line_.line, fmt::format("pin {} is connected twice", in_quotes(pin)));
      }
    }
    wiring_.instance(wiring_.next_instance(), *cell.outputs, pins, line_.line);
  }

  Ports ports() {
    Ports ports;
    for (const bool is_input : {true, false}) {
      std::map<std::string, std::map<std::size_t, Wiring::Net>> buses;
      std::map<std::string, unsigned> first_lines;
      for (const auto& [name, line] : is_input ? inputs_ : outputs_) {
        const BusBit bit = bus_bit(name);
        first_lines.emplace(bit.base, line);
        if (bit.index >= widest_port || !buses[bit.base].emplace(bit.index, net(name)).second) {
          wiring_.fail(line, fmt::format("port {} is there twice", in_quotes(name)));
        }
      }
      for (const auto& [base, bits] : buses) {
        Port port{is_input, {}, first_lines[base]};
        for (const auto& [index, bit] : bits) {
          if (index != port.bits.size()) {
            wiring_.fail(port.line,
                         fmt::format("bit {} of port {} is missing", port.bits.size(), in_quotes(base)));
          }
          port.bits.push_back(bit);
        }
        if (!ports.emplace(base, std::move(port)).second) {
          wiring_.fail(first_lines[base], fmt::format("port {} is input and output", in_quotes(base)));
        }
      }
    }
    return ports;
  }

  BlifLines lines_;
  BlifLine line_;
  Wiring wiring_;
  const CellLibrary& cells_;
  std::unordered_map<std::string_view, Wiring::Net> nets_;
  std::vector<std::pair<std::string_view, unsigned>> inputs_, outputs_;
  std::string name_;
  unsigned model_line_ = 0;
  bool more_ = false, ended_ = false, has_model_ = false;
};

}  // namespace

Netlist import_blif(std::string_view text, const std::string& place, const PortBinding& ports,
                    const CellLibrary& cells) {
  if (text.size() > most_bytes) {
    throw InputError(place, fmt::format("is {} bytes long, expected at most {}", text.size(), most_bytes));
  }
  return BlifReader(text, place, cells).run(ports);
}

}  // namespace neartile::pe
