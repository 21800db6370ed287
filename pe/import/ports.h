#pragma once

#include <map>
#include <string>

#include "wiring.h"

namespace neartile::pe {

/// The ports of a circuit's top, whatever format they come from.
struct Port {
  bool is_input = false;
  Wiring::Bits bits;
  unsigned line = 0;
};
using Ports = std::map<std::string, Port>;

/// Whether the ports are there that the binding names, with widths that fit.
bool fits(const Ports& ports, const PortBinding& binding);

/// Drives the operands, refuses inputs beside them, and makes the netlist called `name`. Throws InputError
/// that lists the ports where one is missing or has another width.
Netlist finish(Wiring& wiring, const std::string& name, const Ports& ports, const PortBinding& binding,
               unsigned line);

}  // namespace neartile::pe
