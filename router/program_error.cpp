#include "neartile/router/program_error.h"

#include <algorithm>
#include <cassert>

namespace neartile::router {
namespace {

using enum ProgramErrorCode;

constexpr ProgramErrorText texts[] = {
    {none, "none", "no error"},
    {fetch, "fetch", "memory refused to give the program"},
    {signature, "signature", "the bytes do not begin as a program does"},
    {version, "version", "a version of the layout that this chip does not know"},
    {size, "size", "the header's size is not that of the queue's entry, or more than a program may have"},
    {checksum, "checksum", "the bytes are not those that the checksum was made of"},
    {structure, "structure", "a descriptor or list is longer or shorter than its length says"},
    {kind, "kind", "a command of no known kind"},
    {value, "value", "a field has a value that it may not have"},
    {layer, "layer", "no layer of the program, or one of the wrong sort"},
    {dependency, "dependency", "a command waits for itself or a later one"},
    {address, "address", "a range outside the unified buffer, or beyond the end of all memory"},
    {part, "part", "a part that the layer's group has no array for, or a group that the chip has not"},
    {weights, "weights", "a slot or tile that the weight buffer has no room for"},
    {tile, "tile", "a piece outside its layer, the array or an accumulator half"},
    {shape, "shape", "a tensor or window that is impossible, or too large"},
    {vector_operation, "vector_operation", "the inputs do not make the output"},
    {encoding, "encoding", "a scale that is not positive and finite, a zero point or clamp out of range"},
    {route, "route", "the routing table sends a layer to a group of other arrays"},
    {access, "access", "memory or a buffer refused an access of the command"},
};

}  // namespace

std::span<const ProgramErrorText> program_error_texts() {
  return texts;
}

const ProgramErrorText& text_of(ProgramErrorCode code) {
  const auto* found =
      std::find_if(std::begin(texts), std::end(texts), [&](const auto& text) { return text.code == code; });
  assert(found != std::end(texts));
  return *found;
}

}  // namespace neartile::router
