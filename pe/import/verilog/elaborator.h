#pragma once

#include "evaluator.h"
#include "import/ports.h"

namespace neartile::pe::verilog {

/// Flattens modules into a circuit: what an instance of a module holds gets the instance's name in front.
class Elaborator {
 public:
  Elaborator(const Source& source, Wiring& wiring, const CellLibrary& cells)
      : source_(source),
        wiring_(wiring),
        cells_(cells),
        budget_(wiring),
        evaluator_(source, wiring, budget_) {}

  /// The nets of a module's names, before anything drives them.
  Scope open(const Module& module, std::string prefix, const std::vector<Connection>& parameters = {},
             const Scope* parent = nullptr);
  /// All that the module holds.
  void fill(Scope& scope);

  static constexpr std::size_t deepest = 32;  ///< instances within instances

 private:
  void declare(Scope& scope, const Declaration& declaration);
  Signal shape_of(const Scope& scope, const Declaration& declaration);
  void declare_implicit(Scope& scope, ExpressionId id);
  void set_parameters(Scope& scope, const std::vector<Connection>& given, const Scope* parent);
  Constant fitted(const Scope& scope, const Parameter& parameter, Constant value);
  void assign(Scope& scope, const Assignment& assignment);
  void drive(const Wiring::Bits& target, const Wiring::Bits& value, unsigned line);

  void place(Scope& scope, const Instance& instance);
  void place_module(Scope& scope, const Instance& instance, const Module& module);
  void place_cell(Scope& scope, const Instance& instance);
  void place_primitive(Scope& scope, const Instance& instance);
  void connect_port(Scope& scope, Scope& inner, std::string_view port, const Connection& connection);
  Wiring::Net one_bit(const Scope& scope, const Connection& connection, bool is_output, std::string_view pin);

  const Source& source_;
  Wiring& wiring_;
  const CellLibrary& cells_;
  Budget budget_;
  Evaluator evaluator_;
  std::vector<const Module*> open_;  // from the top to where we are
};

}  // namespace neartile::pe::verilog
