#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace onnx {
class TensorProto;
}

namespace neartile::workloads::importer {

/// A tensor known when the network is read: weights, or the numbers of an exporter's shape arithmetic.
struct Constant {
  std::vector<std::int64_t> dims;
  std::variant<std::vector<float>, std::vector<std::int64_t>> data;

  bool is_float() const { return data.index() == 0; }
  const std::vector<float>& floats() const { return std::get<0>(data); }
  const std::vector<std::int64_t>& integers() const { return std::get<1>(data); }
  std::size_t elements() const { return is_float() ? floats().size() : integers().size(); }
};

/// Product of dims; nothing where one is negative or the product exceeds 2^31.
std::optional<std::size_t> element_count(std::span<const std::int64_t> dims);

/// Values of an initialiser or attribute: float16, float and double become float, integers and booleans
/// int64. Sizes are compared with the bytes that are there before anything is allocated. Throws
/// InputError("place: ..").
Constant read_constant(const onnx::TensorProto& tensor, const std::string& place);

/// Elements that reading a network may create beyond those in its file, so that a small file cannot
/// ask for much memory.
class Budget {
 public:
  explicit Budget(std::size_t elements) : left_(elements) {}
  bool take(std::size_t elements) {
    if (elements > left_) return false;
    left_ -= elements;
    return true;
  }

 private:
  std::size_t left_;
};

}  // namespace neartile::workloads::importer
