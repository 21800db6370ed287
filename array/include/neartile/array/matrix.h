#pragma once

#include <cstddef>
#include <type_traits>

namespace neartile::array {

/// A view of rows x columns elements, `stride` elements from row to row; it owns nothing.
template <class T>
struct MatrixView {
  T* data = nullptr;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t stride = 0;

  MatrixView() = default;
  MatrixView(T* first, std::size_t row_count, std::size_t column_count)
      : MatrixView(first, row_count, column_count, column_count) {}
  MatrixView(T* first, std::size_t row_count, std::size_t column_count, std::size_t row_stride)
      : data(first), rows(row_count), columns(column_count), stride(row_stride) {}
  /// A view of mutable elements is one of constant elements, too.
  template <class U>
  requires(std::is_const_v<T>&& std::is_same_v<U, std::remove_const_t<T>>)
      MatrixView(const MatrixView<U>& other)
      : MatrixView(other.data, other.rows, other.columns, other.stride) {}

  T* row(std::size_t r) const { return data + r * stride; }
  T& operator()(std::size_t r, std::size_t c) const { return data[r * stride + c]; }
  MatrixView block(std::size_t r, std::size_t c, std::size_t row_count, std::size_t column_count) const {
    return {data + r * stride + c, row_count, column_count, stride};
  }
};

}  // namespace neartile::array
