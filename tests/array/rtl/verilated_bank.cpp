// Runs a verilated bank and counts what it sees, by names alone: it knows neither sizes nor types.
//   twins REGISTERS OUT STIMULUS..
// REGISTERS: a line "ARRAY PATH WIDTH" each. STIMULUS: for each array, cases as lines of stimulus.hex; a case
// begins with lines of reset. All arrays run their n-th case at once. OUT, in 32-bit words, for each case and
// array: number of sums, then line, column and value of each, then the toggles of each register's bits,
// lowest first. Lines count from the last one of reset, 0.
#include <verilated.h>
#include <verilated_vpi.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "Vbank.h"

double sc_time_stamp() {
  return 0;
}

namespace {

vpiHandle find(const std::string& path) {
  const vpiHandle handle = vpi_handle_by_name(const_cast<char*>(("TOP." + path).c_str()), nullptr);
  if (!handle) {
    std::cerr << "no " << path << "\n";
    std::exit(1);
  }
  return handle;
}

std::uint32_t read(vpiHandle handle) {
  s_vpi_value value;
  value.format = vpiIntVal;
  vpi_get_value(handle, &value);
  return static_cast<std::uint32_t>(value.value.integer);
}

/// A port of the bank, of any width: Verilator keeps it as a number or as 32-bit words, lowest first.
struct Port {
  unsigned char* data = nullptr;
  std::size_t bits = 0;

  bool bit(std::size_t i) const { return data[i / 8] >> (i % 8) & 1; }
  void set(const std::string& digits) const {
    std::memset(data, 0, (bits + 7) / 8);
    for (std::size_t i = 0; i < digits.size(); ++i) {
      const std::string digit = digits.substr(digits.size() - 1 - i, 1);
      data[i / 2] |= static_cast<unsigned char>(std::stoul(digit, nullptr, 16) << 4 * (i % 2));
    }
  }
};

std::map<std::string, Port> ports_of(Vbank& bank) {
  return {
#define PORT(name, bits) {#name, Port{reinterpret_cast<unsigned char*>(&bank.name), bits}},
#include "ports.inc"
  };
}

using Case = std::vector<std::string>;

bool is_reset(const std::string& line) {
  return line[0] >= '2';
}

std::vector<Case> read_cases(const std::string& file) {
  std::vector<Case> cases;
  std::ifstream stream(file);
  bool was_reset = false;
  for (std::string line; std::getline(stream, line); was_reset = is_reset(line)) {
    if (is_reset(line) && !was_reset) cases.emplace_back();
    cases.back().push_back(line);
  }
  return cases;
}

struct Register {
  vpiHandle handle = nullptr;
  std::uint32_t value = 0;
  std::vector<std::uint32_t> toggles;
};

/// One array of the bank: its ports, registers and cases.
class Array {
 public:
  Array(const std::map<std::string, Port>& ports, std::size_t index, const std::string& stimulus)
      : cases(read_cases(stimulus)) {
    const std::string prefix = "array_" + std::to_string(index) + "_";
    run_ = ports.at(prefix + "run");
    for (const char* name : {"w_in", "a_in", "s_in", "v_in", "e_in", "l_in", "b_in"})
      if (const auto port = ports.find(prefix + name); port != ports.end()) inputs_.push_back(port->second);
    sum_ = ports.at(prefix + "sum");
    v_ = ports.at(prefix + "v");
  }

  void add(const std::string& path, unsigned width) {
    registers_.push_back({find(path), 0, std::vector<std::uint32_t>(width)});
  }

  /// Before the edge.
  void drive(std::size_t n, std::size_t line) {
    active_ = line < cases[n].size();
    run_.set(active_ && (cases[n][line][0] - '0') % 2 ? "1" : "0");
    if (!active_) return;
    std::istringstream fields(cases[n][line]);
    std::string field;
    std::getline(fields, field, '_');
    for (const Port& input : inputs_) {
      if (!std::getline(fields, field, '_')) std::exit(3);
      input.set(field);
    }
    leaving_.clear();
    for (std::size_t column = 0; column < v_.bits; ++column) leaving_.push_back(v_.bit(column));
  }

  /// After an edge of reset.
  void begin() {
    for (Register& one : registers_) {
      one.value = read(one.handle);
      one.toggles.assign(one.toggles.size(), 0);
    }
    sums_.clear();
    line_ = 0;
  }

  /// After any other edge.
  void observe() {
    if (!active_) return;
    for (Register& one : registers_) {
      const std::uint32_t value = read(one.handle);
      for (std::uint32_t changed = value ^ one.value; changed != 0; changed &= changed - 1)
        ++one.toggles.at(__builtin_ctz(changed));
      one.value = value;
    }
    ++line_;
    if (run_.bit(0)) note_sums();
  }

  void write(std::ofstream& out) const {
    put(out, static_cast<std::uint32_t>(sums_.size() / 3));
    for (const std::uint32_t word : sums_) put(out, word);
    for (const Register& one : registers_)
      for (const std::uint32_t toggles : one.toggles) put(out, toggles);
  }

  const std::vector<Case> cases;

 private:
  void note_sums() {
    const std::size_t width = sum_.bits / leaving_.size();
    for (std::size_t column = 0; column < leaving_.size(); ++column) {
      if (!leaving_[column]) continue;
      std::uint32_t sum = 0;
      for (std::size_t i = 0; i < width; ++i) sum |= std::uint32_t{sum_.bit(column * width + i)} << i;
      sums_.insert(sums_.end(), {line_, static_cast<std::uint32_t>(column), sum});
    }
  }

  static void put(std::ofstream& out, std::uint32_t word) {
    out.write(reinterpret_cast<const char*>(&word), sizeof word);
  }

  std::vector<Register> registers_;
  std::vector<Port> inputs_;
  Port run_, sum_, v_;
  std::vector<bool> leaving_;
  std::vector<std::uint32_t> sums_;
  std::uint32_t line_ = 0;
  bool active_ = false;
};

void run_case(Vbank& bank, std::vector<Array>& arrays, std::size_t n) {
  std::size_t lines = 0;
  for (const Array& array : arrays) lines = std::max(lines, array.cases[n].size());
  for (std::size_t line = 0; line < lines; ++line) {
    const Case& first = arrays.front().cases[n];
    bank.rst = line < first.size() && is_reset(first[line]);
    for (Array& array : arrays) array.drive(n, line);
    bank.clk = 0;
    bank.eval();
    bank.clk = 1;
    bank.eval();
    for (Array& array : arrays) bank.rst ? array.begin() : array.observe();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const std::unique_ptr<VerilatedContext> context(new VerilatedContext);
  const std::unique_ptr<Vbank> bank(new Vbank(context.get()));
  bank->eval();
  std::vector<Array> arrays;
  const auto ports = ports_of(*bank);
  for (int i = 3; i < argc; ++i) arrays.emplace_back(ports, static_cast<std::size_t>(i - 3), argv[i]);
  std::ifstream list(argv[1]);
  std::string path;
  for (std::size_t array = 0, width = 0; list >> array >> path >> width;) arrays.at(array).add(path, width);
  std::ofstream out(argv[2], std::ios::binary);
  for (std::size_t n = 0; n < arrays.front().cases.size(); ++n) {
    run_case(*bank, arrays, n);
    for (const Array& array : arrays) array.write(out);
  }
  return out ? 0 : 1;
}
