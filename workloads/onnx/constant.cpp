#include "onnx/constant.h"

#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include <cmath>
#include <cstring>

#include "neartile/pe/base/error.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

using onnx::TensorProto;

/// IEEE half precision: 1 sign, 5 exponent, 10 fraction bits.
float from_half(std::uint16_t half) {
  const int exponent = half >> 10 & 31;
  const int fraction = half & 1023;
  float magnitude = 0;
  if (exponent == 31) {
    magnitude = fraction == 0 ? INFINITY : NAN;
  } else if (exponent == 0) {
    magnitude = std::ldexp(static_cast<float>(fraction), -24);
  } else {
    magnitude = std::ldexp(static_cast<float>(fraction + 1024), exponent - 25);
  }
  return half & 0x8000 ? -magnitude : magnitude;
}

/// Converts `count` elements of type Stored out of raw_data, or out of the typed field where that is empty.
template <class To, class Stored, class Field, class Convert>
std::vector<To> take(const TensorProto& tensor, const Field& field, std::size_t count,
                     const std::string& place, Convert convert) {
  const std::string& raw = tensor.raw_data();
  std::vector<To> values;
  if (!raw.empty() || tensor.has_raw_data()) {
    if (raw.size() != count * sizeof(Stored)) {
      throw InputError(
          place,
          fmt::format("{} bytes of data, expected {} for dimensions {}", raw.size(), count * sizeof(Stored),
                      text_of(std::vector<std::int64_t>(tensor.dims().begin(), tensor.dims().end()))));
    }
    values.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      Stored stored;
      std::memcpy(&stored, raw.data() + i * sizeof(Stored), sizeof(Stored));
      values[i] = convert(stored);
    }
    return values;
  }
  if (static_cast<std::size_t>(field.size()) != count) {
    throw InputError(place, fmt::format("{} values, expected {}", field.size(), count));
  }
  values.reserve(count);
  for (const auto& value : field) values.push_back(convert(static_cast<Stored>(value)));
  return values;
}

}  // namespace

std::optional<std::size_t> element_count(std::span<const std::int64_t> dims) {
  constexpr std::int64_t most = std::int64_t{1} << 31;
  std::int64_t count = 1;  // without the zeros, so that strides cannot overflow either
  bool empty = false;
  for (const std::int64_t dim : dims) {
    if (dim < 0 || dim > most) return std::nullopt;
    empty = empty || dim == 0;
    if (dim != 0 && count > most / dim) return std::nullopt;
    if (dim != 0) count *= dim;
  }
  return empty ? 0 : static_cast<std::size_t>(count);
}

Constant read_constant(const TensorProto& tensor, const std::string& place) {
  if (tensor.data_location() == TensorProto::EXTERNAL || tensor.external_data_size() > 0) {
    throw InputError(place, "weights in an external file are not supported; save the model as one file");
  }
  if (tensor.has_segment()) throw InputError(place, "segmented tensors are not supported");
  Constant constant;
  constant.dims.assign(tensor.dims().begin(), tensor.dims().end());
  const auto count = element_count(constant.dims);
  if (!count || constant.dims.size() > 16) {
    throw InputError(place, "dimensions " + text_of(constant.dims) + " are negative or too large");
  }
  const auto real = [](auto value) { return static_cast<float>(value); };
  const auto integer = [](auto value) { return static_cast<std::int64_t>(value); };
  using Integer = std::int64_t;
  switch (tensor.data_type()) {
    case TensorProto::FLOAT:
      constant.data = take<float, float>(tensor, tensor.float_data(), *count, place, real);
      break;
    case TensorProto::DOUBLE:
      constant.data = take<float, double>(tensor, tensor.double_data(), *count, place, real);
      break;
    case TensorProto::FLOAT16:
      constant.data = take<float, std::uint16_t>(tensor, tensor.int32_data(), *count, place, from_half);
      break;
    case TensorProto::INT64:
      constant.data = take<Integer, std::int64_t>(tensor, tensor.int64_data(), *count, place, integer);
      break;
    case TensorProto::INT32:
      constant.data = take<Integer, std::int32_t>(tensor, tensor.int32_data(), *count, place, integer);
      break;
    case TensorProto::BOOL:
      constant.data = take<Integer, std::uint8_t>(tensor, tensor.int32_data(), *count, place, integer);
      break;
    default:
      throw InputError(place, fmt::format("element type {} is not supported; supported: float, double, "
                                          "float16, int64, int32, bool",
                                          tensor.data_type()));
  }
  return constant;
}

}  // namespace neartile::workloads::importer
