#include "lattice_basis.h"

#include <algorithm>
#include <numeric>

namespace neartile::pe {
namespace {

constexpr std::size_t side = 256;
using Row = std::array<std::int64_t, side>;

std::size_t first_nonzero(const Row& row) {
  return static_cast<std::size_t>(std::find_if(row.begin(), row.end(), [](auto x) { return x != 0; }) -
                                  row.begin());
}

// Rows in echelon form, by the column of their first entry.
class Basis {
 public:
  // Makes the row part of the lattice; false where a number gets too large or there are too many rows.
  bool add(Row row, std::size_t most) {
    for (std::size_t k = 0;; ++k) {
      const std::size_t column = first_nonzero(row);
      if (column == side) return reduce();
      while (k < rows_.size() && first_nonzero(rows_[k]) < column) ++k;
      if (k == rows_.size() || first_nonzero(rows_[k]) > column) {
        if (rows_.size() == most) return false;
        rows_.insert(rows_.begin() + static_cast<std::ptrdiff_t>(k), row);
        return reduce();
      }
      // Euclid's algorithm on the two rows: one keeps the greatest common divisor, the other 0.
      while (row[column] != 0) {
        if (!subtract(rows_[k], row, rows_[k][column] / row[column])) return false;
        std::swap(rows_[k], row);
      }
    }
  }

  // The row's factors; it is a sum of the basis if it was added.
  std::vector<std::int64_t> factors(Row row) const {
    std::vector<std::int64_t> result;
    for (const Row& base : rows_) {
      const std::size_t column = first_nonzero(base);
      result.push_back(row[column] / base[column]);
      subtract(row, base, result.back());
    }
    return result;
  }

  const std::vector<Row>& rows() const { return rows_; }

 private:
  // Keeps numbers small: entries above a pivot are brought near to 0.
  bool reduce() {
    for (std::size_t r = rows_.size(); r-- > 0;)
      for (std::size_t k = r + 1; k < rows_.size(); ++k) {
        const std::size_t column = first_nonzero(rows_[k]);
        if (!subtract(rows_[r], rows_[k], rows_[r][column] / rows_[k][column])) return false;
      }
    return true;
  }

  // False where a number leaves 64 bits.
  static bool subtract(Row& from, const Row& row, std::int64_t factor) {
    bool overflows = false;
    for (std::size_t i = 0; factor != 0 && i < side; ++i) {
      std::int64_t product = 0;
      overflows |= __builtin_mul_overflow(factor, row[i], &product);
      overflows |= __builtin_sub_overflow(from[i], product, &from[i]);
    }
    return !overflows;
  }

  std::vector<Row> rows_;
};

bool fits(std::int64_t number) {
  return number > INT32_MIN && number < INT32_MAX;
}

Row row_of(const std::vector<std::int64_t>& entries, std::size_t a) {
  Row row;
  std::copy_n(entries.begin() + static_cast<std::ptrdiff_t>(a * side), side, row.begin());
  return row;
}

}  // namespace

std::optional<std::vector<Term>> lattice_terms(const std::vector<std::int64_t>& entries, std::size_t most) {
  Basis basis;
  for (std::size_t a = 0; a < side; ++a)
    if (!basis.add(row_of(entries, a), most)) return std::nullopt;
  std::vector<Term> terms(basis.rows().size());
  for (std::size_t k = 0; k < terms.size(); ++k)
    for (std::size_t w = 0; w < side; ++w) {
      if (!fits(basis.rows()[k][w])) return std::nullopt;
      terms[k].weight[w] = static_cast<std::int32_t>(basis.rows()[k][w]);
    }
  for (std::size_t a = 0; a < side; ++a) {
    const auto factors = basis.factors(row_of(entries, a));
    for (std::size_t k = 0; k < terms.size(); ++k) {
      if (!fits(factors[k])) return std::nullopt;
      terms[k].activation[a] = static_cast<std::int32_t>(factors[k]);
    }
  }
  return terms;
}

}  // namespace neartile::pe
