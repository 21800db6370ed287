#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace neartile::workloads {

/// The dictionary in an .npy header.
struct NpyHeader {
  std::string descr;
  bool fortran_order = false;
  std::vector<std::size_t> shape;
};

/// Parses "{'descr': '<i4', 'fortran_order': False, 'shape': (500,), }", keys in any order. Throws
/// InputError("place: ..").
NpyHeader parse_npy_header(std::string_view text, const std::string& place);

}  // namespace neartile::workloads
