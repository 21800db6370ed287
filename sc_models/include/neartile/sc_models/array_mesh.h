#pragma once

#include "neartile/sc_models/drain.h"
#include "neartile/sc_models/feed.h"
#include "neartile/sc_models/pe_mesh.h"

namespace neartile::sc_models {

/// A whole systolic array, PE by PE and cycle by cycle: feed, mesh and drain. Bind the feed's inputs; what
/// comes out is in the drain's signals. docs/reference/array.md says when.
class ArrayMesh : public sc_core::sc_module {
 public:
  sc_core::sc_in<bool> clock{"clock"}, reset{"reset"}, run{"run"};
  Feed feed;
  PeMesh mesh;
  Drain drain;

  /// Throws InputError where config.pe names no multiplier.
  ArrayMesh(sc_core::sc_module_name name, const array::ArrayConfig& config);
  /// An array of any PE type, also one whose multiplier has no name; `type` replaces config.pe.
  ArrayMesh(sc_core::sc_module_name name, const array::ArrayConfig& config, const pe::PeType& type);
};

}  // namespace neartile::sc_models
