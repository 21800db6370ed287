#include "neartile/router/program.h"

#include <fmt/format.h>

namespace neartile::router {
namespace {

struct Describe {
  std::string operator()(const LoadTensor& w) const {
    return fmt::format("LOAD    memory {:#x} -> buffer {:#x}, {} bytes", w.memory_address, w.buffer_address,
                       w.bytes);
  }
  std::string operator()(const LoadWeights& w) const {
    return fmt::format("LOAD    memory {:#x} -> weights of part {} slot {}, {} bytes", w.memory_address,
                       w.part, w.slot, w.bytes);
  }
  std::string operator()(const Matmul& w) const {
    return fmt::format("MATMUL  part {} slot {} group {} m {}+{} k {}+{} n {} {} half {}", w.part, w.slot,
                       w.group, w.first_m, w.m, w.first_k, w.k, w.n, w.first_tile ? "to" : "added to",
                       w.half);
  }
  std::string operator()(const Requantise& w) const {
    return fmt::format("VECTOR  requantise part {} half {} m {}+{} channels {}+{} -> buffer {:#x}", w.part,
                       w.half, w.first_m, w.m, w.first_channel, w.n, w.output_address);
  }
  std::string operator()(const VectorCompute& w) const {
    return fmt::format("VECTOR  operation {} of {} tensors -> buffer {:#x}", static_cast<int>(w.op.kind),
                       w.inputs.size(), w.output.address);
  }
  std::string operator()(const Store& w) const {
    return fmt::format("STORE   buffer {:#x} -> memory {:#x}, {} bytes", w.buffer_address, w.memory_address,
                       w.bytes);
  }
  std::string operator()(const Fence&) const { return "FENCE"; }
};

}  // namespace

std::string to_text(const Program& program) {
  std::string text;
  for (std::size_t i = 0; i < program.commands.size(); ++i) {
    const Command& command = program.commands[i];
    text += fmt::format("{:6} {}: {}; after {}\n", i, program.layers[command.layer].name,
                        std::visit(Describe{}, command.work), fmt::join(command.after, " "));
  }
  return text;
}

}  // namespace neartile::router
