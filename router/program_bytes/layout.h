#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <variant>

#include "neartile/router/program.h"
#include "visitor.h"

namespace neartile::router {

/// A kind of command: its number in the bytes, which stays, its name and what it does.
struct CommandKind {
  std::uint32_t number;
  std::string_view name, meaning;
};

/// Calls visit(kind, work) with each kind and an example of its work.
template <class Visit>
void for_each_kind(Visit visit) {
  visit(CommandKind{1, "LOAD_TENSOR", "external memory to the unified buffer"}, LoadTensor{});
  visit(CommandKind{2, "LOAD_WEIGHTS",
                    "external memory to a tile's slot in the weight buffer of the part's array"},
        LoadWeights{});
  visit(CommandKind{3, "MATMUL", "one tile through the part's array, into an accumulator half"}, Matmul{});
  visit(CommandKind{4, "REQUANTISE", "an accumulator half to the unified buffer, requantised"}, Requantise{});
  visit(CommandKind{5, "VECTOR", "an operation of the vector unit on whole tensors"}, VectorCompute{});
  visit(CommandKind{6, "STORE", "unified buffer to external memory"}, Store{});
  visit(CommandKind{7, "FENCE", "nothing; complete after what it waits for"}, Fence{});
  visit(CommandKind{8, "DEPTHWISE", "rows of a depthwise convolution on the vector unit, requantised"},
        Depthwise{});
}

CommandKind kind_of(const Command& command);

/// Bytes of the smallest layer, command and tensor.
std::size_t least_layer_bytes();
std::size_t least_tensor_bytes();
inline constexpr std::size_t least_command_bytes = 20;

/// What precedes the lists of layers and commands, after the head.
void describe(ProgramVisitor& visitor, Program& program);
void describe(ProgramVisitor& visitor, ProgramLayer& layer);
/// What all commands have, after their length and kind.
void describe(ProgramVisitor& visitor, Command& command);
void describe(ProgramVisitor& visitor, LoadTensor& work);
void describe(ProgramVisitor& visitor, LoadWeights& work);
void describe(ProgramVisitor& visitor, Matmul& work);
void describe(ProgramVisitor& visitor, Requantise& work);
void describe(ProgramVisitor& visitor, Depthwise& work);
void describe(ProgramVisitor& visitor, VectorCompute& work);
void describe(ProgramVisitor& visitor, Store& work);
void describe(ProgramVisitor& visitor, Fence& work);
void describe(ProgramVisitor& visitor, BufferTensor& tensor);

}  // namespace neartile::router
