#pragma once

#include "neartile/array/matrix.h"

namespace neartile::array {

/// c = a b in float: M x K by K x N, on the calling thread.
void float_gemm(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c);

}  // namespace neartile::array
