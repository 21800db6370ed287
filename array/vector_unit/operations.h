#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "neartile/array/vector_unit.h"

/// The operations behind apply(), one function each; shapes were checked there.
namespace neartile::array {

void max_pool(const VectorOp& op, const ConstTensorView& input, const TensorView& output);
void average_pool(const VectorOp& op, const ConstTensorView& input, const TensorView& output);
void global_average_pool(const VectorOp& op, const ConstTensorView& input, const TensorView& output);

void add(const VectorOp& op, const ConstTensorView& a, const ConstTensorView& b, const TensorView& output);
void concat(const VectorOp& op, std::span<const ConstTensorView> inputs, const TensorView& output);
void clip(const VectorOp& op, const ConstTensorView& input, const TensorView& output);
void softmax(const VectorOp& op, const ConstTensorView& input, const TensorView& output);

void slice(const VectorOp& op, const ConstTensorView& input, const TensorView& output);
void pad(const VectorOp& op, const ConstTensorView& input, const TensorView& output);
void flatten(const ConstTensorView& input, const TensorView& output);

/// Output pattern of every input pattern: de-quantised, clamped, re-quantised.
std::array<std::uint8_t, 256> recoding(const Encoding& from, const Encoding& to, const Clamp& clamp);

/// Real value of every pattern.
std::array<double, 256> reals(const Encoding& encoding);

}  // namespace neartile::array
