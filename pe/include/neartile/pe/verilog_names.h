#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace neartile::pe {

/// Plain Verilog names, each given once: the wanted one where it is plain and free, else one like it.
class VerilogNames {
 public:
  /// `taken` are names that are not given.
  explicit VerilogNames(std::unordered_set<std::string> taken) : taken_(std::move(taken)) {}
  std::string give(std::string_view wanted);

 private:
  std::unordered_set<std::string> taken_;
  std::size_t next_ = 0;
};

}  // namespace neartile::pe
