#include "ports.h"

#include <fmt/format.h>

#include "neartile/pe/base/json_text.h"

namespace neartile::pe {
namespace {

std::string listed(const Ports& ports) {
  std::string text;
  for (const auto& [name, port] : ports) {
    if (text.size() > 200) return text + ", ..";
    text += fmt::format("{}{} {} ({})", text.empty() ? "" : ", ", port.is_input ? "input" : "output",
                        in_quotes(name), port.bits.size());
  }
  return text.empty() ? "none" : text;
}

bool fits_operand(const Ports& ports, const std::string& name) {
  const auto found = ports.find(name);
  return found != ports.end() && found->second.is_input && found->second.bits.size() == 8;
}

bool fits_product(const Ports& ports, const std::string& name) {
  const auto found = ports.find(name);
  return found != ports.end() && !found->second.is_input && !found->second.bits.empty() &&
         found->second.bits.size() <= 32;
}

}  // namespace

void bind_ports(Wiring& wiring, const std::string& name, const Ports& ports, const PortBinding& binding,
                unsigned line) {
  const std::string there = fmt::format("; the ports are: {}", listed(ports));
  if (binding.activation == binding.weight) {
    wiring.fail(line, "activation and weight are the same port, expected two" + there);
  }
  for (const auto& [role, port] :
       {std::pair{"activation", &binding.activation}, {"weight", &binding.weight}}) {
    if (!fits_operand(ports, *port)) {
      wiring.fail(line, fmt::format("module {} has no {} {}, expected an input of 8 bits{}", in_quotes(name),
                                    role, in_quotes(*port), there));
    }
  }
  if (!fits_product(ports, binding.product)) {
    wiring.fail(line, fmt::format("module {} has no product {}, expected an output of 1 to 32 bits{}",
                                  in_quotes(name), in_quotes(binding.product), there));
  }
  for (const auto& [own, port] : ports) {
    if (!port.is_input) continue;
    if (own != binding.activation && own != binding.weight) {
      wiring.fail(port.line,
                  fmt::format("input {} is beside the operands, expected {} and {} only", in_quotes(own),
                              in_quotes(binding.activation), in_quotes(binding.weight)));
    }
    for (const Wiring::Net bit : port.bits) wiring.drive_input(bit, port.line);
  }
}

Netlist finish(Wiring& wiring, const std::string& name, const Ports& ports, const PortBinding& binding) {
  const Port& product = ports.at(binding.product);
  return wiring.finish(name, ports.at(binding.activation).bits, ports.at(binding.weight).bits, product.bits,
                       product.line);
}

}  // namespace neartile::pe
