#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "neartile/pe/cell_library.h"
#include "neartile/pe/netlist_import.h"

namespace neartile::pe {

/// What readers of all netlist formats build: nets, gates, and nets that another net drives. Lines are
/// those of the file, 0 where there are none. finish() turns it into a Netlist in which joined nets are one.
class Wiring {
 public:
  using Net = std::uint32_t;
  using Bits = std::vector<Net>;  ///< least significant first
  static constexpr Net zero = 0, one = 1;
  static constexpr std::size_t most_nets = 400'000, most_gates = 150'000;

  /// `place` names the file in errors.
  explicit Wiring(std::string place);

  Net named(std::string name);
  Net unnamed() { return named({}); }
  /// `target` is driven by `source` from now on: no gate lies between them.
  void connect(Net target, Net source, unsigned line);
  void drive_input(Net net, unsigned line);
  bool driven(Net net) const { return nets_[net].driver != Driver::none; }

  void gate(const std::string& instance, const CellType& type, Bits inputs, Net output, unsigned line);
  /// A name for an instance that has none.
  std::string next_instance();
  /// A gate of a generic cell with one output, which is a new net.
  Net generic(const char* cell, Bits inputs, unsigned line);
  /// Adder cells: sum and carry.
  std::array<Net, 2> generic_adder(const char* cell, const Bits& inputs, unsigned line);
  /// All outputs of a cell, pins by name. Throws InputError for pins that it has not, or that are left open.
  void instance(const std::string& name, const std::vector<CellType>& outputs,
                const std::unordered_map<std::string, Net>& pins, unsigned line);

  Netlist finish(const std::string& name, const Bits& activation, const Bits& weight, const Bits& product,
                 unsigned product_line);

  /// Throws InputError "place:line: text".
  [[noreturn]] void fail(unsigned line, const std::string& text) const;
  std::string place_of(unsigned line) const;

 private:
  enum class Driver : std::uint8_t { none, constant, input, gate, net };
  struct NetState {
    std::string name;
    Driver driver = Driver::none;
    std::uint32_t source = 0;  // net or gate
    unsigned line = 0;         // of the driver
  };
  struct PlacedGate {
    std::string instance;
    std::uint32_t type;  // in types_
    Bits inputs;
    Net output;
    unsigned line;
  };

  void drive(Net net, Driver driver, std::uint32_t source, unsigned line);
  std::uint32_t type_index(const CellType& type);
  std::string shown(Net net) const;
  std::vector<Net> roots() const;
  void check_driven(Net net, Net root, unsigned line) const;

  std::string place_;
  std::vector<NetState> nets_;
  std::vector<PlacedGate> gates_;
  std::vector<CellType> types_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> types_by_name_;
  std::size_t generated_ = 0;
};

}  // namespace neartile::pe
