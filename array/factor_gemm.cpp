#include <algorithm>
#include <cstring>
#include <vector>

#include "byte_terms.h"
#include "gemm_kernel.h"
#include "remap.h"

namespace neartile::array {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{1} << 20;  // of remapped activations, near the cache's size
constexpr std::size_t least_chunk = 512;                   // vectors, for the packing of weights to pay
constexpr std::size_t most_rare = 2;                       // patterns worth a search before their term

// The values of k of one term: those where some weight's factor is not 0, which for a correction of rare
// patterns is few of them, or none.
struct Part {
  std::array<std::uint8_t, 256> map;
  ByteChoice ks;
  bool is_dense;  // all values of k
};

// Terms of one shift, one after the other in the K direction of one exact product. Terms that are 0 but
// for a few activation patterns (-128, mostly) are apart: activations without these patterns skip them.
struct Group {
  unsigned shift = 0;
  std::vector<std::uint8_t> rare;
  std::vector<Part> parts;
  std::vector<std::int8_t> weights;
  std::size_t k = 0;
};

bool is_identity(const Part& part) {
  for (std::size_t i = 0; i < 256; ++i)
    if (part.map[i] != i) return false;
  return part.is_dense;
}

std::vector<std::uint8_t> rare_patterns(const ByteTerm& term) {
  std::vector<std::uint8_t> patterns;
  for (std::size_t i = 0; i < 256; ++i)
    if (term.activation[i] != 0) patterns.push_back(static_cast<std::uint8_t>(i));
  if (patterns.size() > most_rare) patterns.clear();
  return patterns;
}

bool occurs(const std::vector<std::uint8_t>& patterns, MatrixView<const std::uint8_t> activations) {
  for (std::size_t m = 0; m < activations.rows; ++m)
    for (const std::uint8_t pattern : patterns)
      if (std::memchr(activations.row(m), pattern, activations.columns) != nullptr) return true;
  return false;
}

class FactorKernel : public RowBlockKernel {
 public:
  FactorKernel(const pe::PeType& type, const std::vector<ByteTerm>& terms,
               MatrixView<const std::int8_t> weights)
      : config_(type.config), n_(weights.columns), offsets_(weights.columns, 0) {
    for (const ByteTerm& term : terms) add(term, weights);
    std::erase_if(groups_, [](const Group& group) { return group.k == 0; });
    for (const Group& group : groups_) most_k_ = std::max(most_k_, group.k);
    has_offsets_ = std::any_of(offsets_.begin(), offsets_.end(), [](auto offset) { return offset != 0; });
  }

 private:
  void run_block(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums) const override {
    thread_local std::vector<std::uint8_t> mapped;
    thread_local std::vector<std::int32_t> part;
    const std::size_t chunk = std::max(least_chunk, chunk_bytes / std::max<std::size_t>(1, most_k_));
    for (std::size_t m = 0; m < sums.rows; m += chunk) {
      const std::size_t vectors = std::min(chunk, sums.rows - m);
      run_chunk(activations.block(m, 0, vectors, activations.columns), sums.block(m, 0, vectors, n_), mapped,
                part);
    }
  }

  Group& group_of(const ByteTerm& term) {
    const auto rare = rare_patterns(term);
    for (Group& group : groups_)
      if (group.shift == term.shift && group.rare == rare) return group;
    groups_.push_back({term.shift, rare, {}, {}, 0});
    return groups_.back();
  }

  void add(const ByteTerm& term, MatrixView<const std::int8_t> weights) {
    Group& group = group_of(term);
    Part part{term.activation, {}, false};
    const auto factor = [&](std::size_t k, std::size_t n) {
      return term.weight[static_cast<std::uint8_t>(weights(k, n))];
    };
    for (std::size_t k = 0; k < weights.rows; ++k) {
      bool some = false;
      for (std::size_t n = 0; n < n_; ++n) {
        some |= factor(k, n) != 0;
        offsets_[n] += (static_cast<std::uint32_t>(term.offset) * static_cast<std::uint32_t>(factor(k, n)))
                       << term.shift;
      }
      if (!some) continue;
      part.ks.add(k);
      for (std::size_t n = 0; n < n_; ++n) group.weights.push_back(factor(k, n));
    }
    part.is_dense = part.ks.count == weights.rows;
    group.k += part.ks.count;
    if (part.ks.count > 0) group.parts.push_back(std::move(part));
  }

  void run_chunk(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums,
                 std::vector<std::uint8_t>& mapped, std::vector<std::int32_t>& part) const {
    bool is_first = true;
    for (const Group& group : groups_) {
      if (!group.rare.empty() && !occurs(group.rare, activations)) continue;
      if (!is_first) part.resize(sums.rows * n_);
      const MatrixView<std::int32_t> to =
          is_first ? sums : MatrixView<std::int32_t>{part.data(), sums.rows, n_};
      multiply(mapped_by(group, activations, mapped), group, to);
      if (!is_first || group.shift != 0) add_shifted(to, group.shift, is_first, sums);
      is_first = false;
    }
    finish(sums, is_first);
  }

  void multiply(MatrixView<const std::uint8_t> activations, const Group& group,
                MatrixView<std::int32_t> sums) const {
    if (one_dnn_is_exact()) return multiply_u8s8(activations, group.weights.data(), sums);
    multiply_by_words(activations, {group.weights.data(), group.k, n_}, sums);
  }

  static MatrixView<const std::uint8_t> mapped_by(const Group& group,
                                                  MatrixView<const std::uint8_t> activations,
                                                  std::vector<std::uint8_t>& mapped) {
    if (group.parts.size() == 1 && is_identity(group.parts[0])) return activations;
    mapped.resize(std::max(mapped.size(), activations.rows * group.k + choice_slack));
    std::uint8_t* to = mapped.data();
    for (std::size_t m = 0; m < activations.rows; ++m)
      for (const Part& part : group.parts) {
        map_row(part, activations.row(m), activations.columns, to);
        to += part.ks.count;
      }
    return {mapped.data(), activations.rows, group.k};
  }

  static void map_row(const Part& part, const std::uint8_t* activations, std::size_t size, std::uint8_t* to) {
    if (part.is_dense) return remap(part.map, activations, size, to);
    choose(part.ks, activations, size, to);
    remap(part.map, to, part.ks.count, to);
  }

  static void add_shifted(MatrixView<std::int32_t> part, unsigned shift, bool is_first,
                          MatrixView<std::int32_t> sums) {
    for (std::size_t m = 0; m < sums.rows; ++m) {
      const std::int32_t* from = part.row(m);
      std::int32_t* to = sums.row(m);
      for (std::size_t n = 0; n < sums.columns; ++n) {
        const std::uint32_t before = is_first ? 0 : static_cast<std::uint32_t>(to[n]);
        to[n] = static_cast<std::int32_t>(before + (static_cast<std::uint32_t>(from[n]) << shift));
      }
    }
  }

  // Offsets and the accumulator's width: addition modulo 2^32 keeps what it does modulo 2^bits.
  void finish(MatrixView<std::int32_t> sums, bool is_unset) const {
    if (!has_offsets_ && config_.accumulator_bits == 32 && !is_unset) return;
    const auto unused = static_cast<unsigned>(32 - config_.accumulator_bits);
    for (std::size_t m = 0; m < sums.rows; ++m) {
      std::int32_t* row = sums.row(m);
      for (std::size_t n = 0; n < n_; ++n) {
        const std::uint32_t sum = (is_unset ? 0 : static_cast<std::uint32_t>(row[n])) + offsets_[n];
        row[n] = static_cast<std::int32_t>(sum << unused) >> unused;
      }
    }
  }

  pe::PeConfig config_;
  std::size_t n_, most_k_ = 0;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> offsets_;  // by column, modulo 2^32
  bool has_offsets_ = false;
};

}  // namespace

std::unique_ptr<const Gemm::Kernel> make_factor_kernel(const pe::PeType& type,
                                                       MatrixView<const std::int8_t> weights,
                                                       std::size_t most_terms) {
  const auto terms = byte_terms_of(type.multiplier);
  if (terms == nullptr || terms->size() > most_terms) return nullptr;
  return std::make_unique<FactorKernel>(type, *terms, weights);
}

}  // namespace neartile::array
