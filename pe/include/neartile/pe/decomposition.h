#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "neartile/pe/circuit.h"

namespace neartile::pe {

/// The product of a function of the activation pattern and one of the weight pattern.
struct Term {
  std::array<std::int32_t, 256> activation{};
  std::array<std::int32_t, 256> weight{};
};

/// f(a, w) = (a w where adds_exact) + the sum of activation[a] weight[w] over the terms, for all 65,536
/// pairs of patterns.
struct Decomposition {
  bool adds_exact = false;
  std::vector<Term> terms;
  /// Products of functions of one operand that the sum has, a w included.
  std::size_t size() const { return terms.size() + adds_exact; }
};

inline constexpr std::size_t most_terms = 12;

/// The rank of a table of 65,536 integers [activation << 8 | weight], taken modulo the prime 2^31 - 1:
/// never more than the rank, and less for none but contrived tables. Stops at `most`.
std::size_t rank_of(std::span<const std::int32_t> table, std::size_t most = 256);

/// Terms that add up to the table, checked on every entry: as many as its rank, or nothing where these are
/// more than `most` or do not fit in 32 bits.
std::optional<std::vector<Term>> terms_of(std::span<const std::int32_t> table, std::size_t most = most_terms);

/// The shorter of the plain sum and the exact product plus a sum; nothing where both have more than `most`.
std::optional<Decomposition> decompose(const Circuit& circuit, std::size_t most = most_terms);

}  // namespace neartile::pe
