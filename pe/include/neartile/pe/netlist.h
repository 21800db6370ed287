#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace neartile::pe {

/// One output of a combinational cell as a function of at most six inputs: bit i of `table` is the
/// output where input pin j has bit j of i.
struct CellFunction {
  unsigned inputs = 0;
  std::uint64_t table = 0;
  friend bool operator==(const CellFunction&, const CellFunction&) = default;
};

/// A cell's name, pins and function, for one of its outputs.
struct CellType {
  std::string name;
  std::vector<std::string> input_pins;
  std::string output_pin;
  CellFunction function;
};

using NetIndex = std::uint32_t;

/// One output of a cell instance. A cell with two outputs (a full adder) is two gates of one instance.
struct Gate {
  std::string instance;
  std::uint32_t cell = 0;        ///< in Netlist::cells()
  std::vector<NetIndex> inputs;  ///< by input pin
  NetIndex output = 0;
};

/// A combinational 8x8 multiplier in gates. Net 0 is constant 0, net 1 constant 1. Gates are in
/// topological order and every net that is read has one driver: NetlistBuilder sees to it.
class Netlist {
 public:
  static constexpr NetIndex zero = 0, one = 1;

  const std::string& name() const { return name_; }
  const std::vector<CellType>& cells() const { return cells_; }
  const std::vector<Gate>& gates() const { return gates_; }
  const std::vector<std::string>& nets() const { return nets_; }
  const CellType& cell_of(const Gate& gate) const { return cells_[gate.cell]; }

  /// Operand and product bits, least significant first.
  const std::array<NetIndex, 8>& activation() const { return activation_; }
  const std::array<NetIndex, 8>& weight() const { return weight_; }
  const std::vector<NetIndex>& product() const { return product_; }

 private:
  friend class NetlistBuilder;
  std::string name_;
  std::vector<CellType> cells_;
  std::vector<Gate> gates_;
  std::vector<std::string> nets_;
  std::array<NetIndex, 8> activation_{}, weight_{};
  std::vector<NetIndex> product_;
};

/// Makes netlists gate by gate, in any order. Nets are called by name; a net that is named for the first
/// time comes into being. Throws InputError for bad circuits; `place` ("file:line") is where a gate stands.
class NetlistBuilder {
 public:
  explicit NetlistBuilder(std::string name);

  /// The net called `name`.
  NetIndex net(const std::string& name);
  /// A new net with a name of its own.
  NetIndex new_net();
  /// The operand inputs, 8 bits each, least significant first; each at most once.
  void set_activation(const std::array<NetIndex, 8>& bits);
  void set_weight(const std::array<NetIndex, 8>& bits);
  /// The product, at most 32 bits, least significant first.
  void set_product(std::vector<NetIndex> bits);

  /// The cell of that name, pins and function, made where it is new.
  std::uint32_t cell(const CellType& type);
  void gate(std::string instance, std::uint32_t cell, std::vector<NetIndex> inputs, NetIndex output,
            const std::string& place = {});

  /// Checks that operands and product are set, that every net that is read is driven, that none is driven
  /// twice and that there is no combinational loop; drops gates that no product bit depends on if
  /// `drop_dead`. The builder is empty afterwards.
  Netlist finish(bool drop_dead = false);

  /// Most nets and gates that a circuit may have; more is an InputError.
  static constexpr std::size_t most_nets = 200'000;

 private:
  struct Driver {
    bool driven = false;
    std::string place;
  };
  void drive(NetIndex net, const std::string& place);
  void check_read(NetIndex net, const std::string& reader) const;
  std::vector<std::size_t> topological_order() const;

  Netlist netlist_;
  std::unordered_map<std::string, NetIndex> by_name_;
  std::vector<Driver> drivers_;
  std::vector<std::string> places_;  // by gate
  bool has_activation_ = false, has_weight_ = false, has_product_ = false;
  std::size_t unnamed_ = 0;
};

}  // namespace neartile::pe
