#include "neartile/array/float_gemm.h"

#include <dnnl.h>

#include <algorithm>
#include <stdexcept>

#include "one_thread.h"
#include "shape_check.h"

namespace neartile::array {

void float_gemm(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  require_shape(a.rows == c.rows && a.columns == b.rows && b.columns == c.columns,
                "float_gemm: shapes do not agree");
  if (c.rows == 0 || c.columns == 0) return;
  if (a.columns == 0) {
    for (std::size_t m = 0; m < c.rows; ++m) std::fill_n(c.row(m), c.columns, 0.0F);
    return;
  }
  const OneThread one_thread;
  const auto size = [](std::size_t n) { return static_cast<dnnl_dim_t>(n); };
  if (dnnl_sgemm('N', 'N', size(c.rows), size(c.columns), size(a.columns), 1, a.data, size(a.stride), b.data,
                 size(b.stride), 0, c.data, size(c.stride)) != dnnl_success)
    throw std::runtime_error("float_gemm: oneDNN refused the product");
}

}  // namespace neartile::array
