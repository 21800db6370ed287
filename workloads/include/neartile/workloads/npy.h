#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace neartile::workloads {

/// An array in a NumPy .npy file (formats 1.0 to 3.0, C order, little endian).
struct NpyArray {
  std::string type;  ///< NumPy's letters without byte order: "u1", "i4", "f4", ..
  std::vector<std::size_t> shape;
  std::vector<std::byte> bytes;

  std::size_t elements() const;
  /// Elements as T; throws InputError naming `place` where the type differs.
  template <class T>
  std::vector<T> as(const std::string& place) const;
};

/// Throws InputError (file, what was expected); sizes are checked before anything is allocated.
NpyArray read_npy(const std::filesystem::path& file);
/// The same from bytes in memory; `place` stands for the file in errors.
NpyArray read_npy(std::vector<std::byte> bytes, const std::string& place);
void write_npy(const std::filesystem::path& file, const NpyArray& array);

}  // namespace neartile::workloads
