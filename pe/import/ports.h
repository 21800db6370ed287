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

/// Drives the operands of the module `name`. Throws InputError that lists the ports where one is missing or
/// has another width, and for inputs beside the operands.
void bind_ports(Wiring& wiring, const std::string& name, const Ports& ports, const PortBinding& binding,
                unsigned line);

/// The netlist, after bind_ports() and when all else is in the wiring.
Netlist finish(Wiring& wiring, const std::string& name, const Ports& ports, const PortBinding& binding);

}  // namespace neartile::pe
