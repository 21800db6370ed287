#include "neartile/pe/decomposition.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "lattice_basis.h"

namespace neartile::pe {
namespace {

constexpr std::size_t side = 256;
constexpr std::int64_t prime = 2147483647;

// Entries stay below this, so that a product of two of them fits in 64 bits.
constexpr std::int64_t largest_entry = std::int64_t{1} << 31;

std::int64_t power(std::int64_t base, std::int64_t exponent) {
  std::int64_t result = 1;
  for (; exponent > 0; exponent /= 2, base = base * base % prime)
    if (exponent % 2 == 1) result = result * base % prime;
  return result;
}

struct Pivot {
  std::size_t row = 0, column = 0;
  bool divides_column = false;
};

// What is left of a table while terms are taken off it.
class Rest {
 public:
  explicit Rest(std::span<const std::int32_t> table) : entries_(table.begin(), table.end()) {}

  std::int64_t at(std::size_t a, std::size_t w) const { return entries_[a * side + w]; }
  bool is_zero() const {
    return std::all_of(entries_.begin(), entries_.end(), [](auto e) { return e == 0; });
  }

  // The smallest entry, in magnitude, that divides all of its row or all of its column: the entry's row
  // and column, one of them divided by it, then are an integer term whose removal lowers the rank by 1.
  std::optional<Pivot> pivot() const {
    std::array<std::int64_t, side> row_gcd{}, column_gcd{};
    for (std::size_t a = 0; a < side; ++a)
      for (std::size_t w = 0; w < side; ++w) {
        if (at(a, w) == 0) continue;
        row_gcd[a] = std::gcd(row_gcd[a], at(a, w));
        column_gcd[w] = std::gcd(column_gcd[w], at(a, w));
      }
    std::optional<Pivot> best;
    std::int64_t smallest = largest_entry;
    for (std::size_t a = 0; a < side; ++a)
      for (std::size_t w = 0; w < side; ++w) {
        const std::int64_t size = std::abs(at(a, w));
        if (size == 0 || size >= smallest || (size != row_gcd[a] && size != column_gcd[w])) continue;
        best = Pivot{a, w, size == column_gcd[w]};
        smallest = size;
      }
    return best;
  }

  Term term_at(const Pivot& pivot) const {
    const std::int64_t value = at(pivot.row, pivot.column);
    const std::int64_t column_divisor = pivot.divides_column ? value : 1,
                       row_divisor = value / column_divisor;
    Term term;
    for (std::size_t i = 0; i < side; ++i) {
      term.activation[i] = static_cast<std::int32_t>(at(i, pivot.column) / column_divisor);
      term.weight[i] = static_cast<std::int32_t>(at(pivot.row, i) / row_divisor);
    }
    return term;
  }

  // False where an entry gets too large.
  bool subtract(const Term& term) {
    bool fits = true;
    for (std::size_t a = 0; a < side; ++a) {
      if (term.activation[a] == 0) continue;
      for (std::size_t w = 0; w < side; ++w) {
        std::int64_t& entry = entries_[a * side + w];
        entry -= std::int64_t{term.activation[a]} * term.weight[w];
        fits &= std::abs(entry) < largest_entry;
      }
    }
    return fits;
  }

  const std::vector<std::int64_t>& entries() const { return entries_; }

 private:
  std::vector<std::int64_t> entries_;
};

std::vector<std::int32_t> values_of(const Circuit& circuit, bool without_exact) {
  std::vector<std::int32_t> values(TruthTable::size);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto a = static_cast<std::uint8_t>(i >> 8), w = static_cast<std::uint8_t>(i);
    values[i] = circuit.product(a, w);
    if (without_exact) values[i] -= activation_value(circuit.operands, a) * weight_value(circuit.operands, w);
  }
  return values;
}

}  // namespace

std::size_t rank_of(std::span<const std::int32_t> table, std::size_t most) {
  std::vector<std::int64_t> entries(table.begin(), table.end());
  for (auto& entry : entries) entry = (entry % prime + prime) % prime;
  std::size_t rank = 0;
  for (std::size_t a = 0; a < side && rank < most; ++a) {
    const std::int64_t* row = &entries[a * side];
    const auto column =
        static_cast<std::size_t>(std::find_if(row, row + side, [](auto e) { return e != 0; }) - row);
    if (column == side) continue;
    ++rank;
    const std::int64_t inverse = power(row[column], prime - 2);
    for (std::size_t b = a + 1; b < side; ++b) {
      std::int64_t* other = &entries[b * side];
      if (other[column] == 0) continue;
      const std::int64_t factor = prime - other[column] * inverse % prime;
      for (std::size_t w = column; w < side; ++w) other[w] = (other[w] + factor * row[w]) % prime;
    }
  }
  return rank;
}

std::optional<std::vector<Term>> terms_of(std::span<const std::int32_t> table, std::size_t most) {
  if (rank_of(table, most + 1) > most) return std::nullopt;
  std::vector<Term> terms;
  Rest rest(table);
  while (!rest.is_zero()) {
    if (terms.size() == most) return std::nullopt;
    const auto pivot = rest.pivot();
    if (!pivot) {
      const auto others = lattice_terms(rest.entries(), most - terms.size());
      if (!others) return std::nullopt;
      for (const Term& term : *others)
        if (!rest.subtract(term)) return std::nullopt;
      terms.insert(terms.end(), others->begin(), others->end());
      if (!rest.is_zero()) return std::nullopt;
      break;
    }
    terms.push_back(rest.term_at(*pivot));
    if (!rest.subtract(terms.back())) return std::nullopt;
  }
  return terms;
}

std::optional<Decomposition> decompose(const Circuit& circuit, std::size_t most) {
  const auto plain = values_of(circuit, false), error = values_of(circuit, true);
  const std::size_t plain_rank = rank_of(plain, most + 1), error_rank = rank_of(error, most + 1);
  const bool prefers_plain = plain_rank <= error_rank + 1;
  for (const bool adds_exact : {!prefers_plain, prefers_plain}) {
    if (adds_exact && most == 0) continue;
    if (auto terms = terms_of(adds_exact ? error : plain, most - adds_exact))
      return Decomposition{adds_exact, std::move(*terms)};
  }
  return std::nullopt;
}

}  // namespace neartile::pe
