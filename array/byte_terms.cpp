#include "byte_terms.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <numeric>

#include "neartile/pe/decomposition.h"

namespace neartile::array {
namespace {

using Terms = std::vector<ByteTerm>;
using Function = std::array<std::int32_t, 256>;

// A factor whose few patterns outside a byte's range are left to further terms.
constexpr std::size_t most_clipped = 4;

// Values of terms stay below this, so that sums and small multiples of two of them fit in 32 bits; terms
// beyond it would not fit in a few bytes anyway.
constexpr std::int32_t largest_value = 1 << 22;

std::int32_t least(const Function& f) {
  return *std::min_element(f.begin(), f.end());
}
std::int32_t largest(const Function& f) {
  return *std::max_element(f.begin(), f.end());
}

std::int32_t take_content(Function& f) {
  std::int32_t content = 0;
  for (const std::int32_t value : f) content = std::gcd(content, value);
  if (content > 1)
    for (std::int32_t& value : f) value /= content;
  return std::max(content, 1);
}

ByteTerm byte_term(const Function& f, const Function& g, unsigned shift) {
  ByteTerm term;
  term.shift = shift;
  term.offset = least(f) < 0 || largest(f) > 255 ? least(f) : 0;
  for (std::size_t i = 0; i < 256; ++i) {
    term.activation[i] = static_cast<std::uint8_t>(f[i] - term.offset);
    term.weight[i] = static_cast<std::int8_t>(g[i]);
  }
  return term;
}

Function scaled(Function f, std::int32_t factor) {
  for (std::int32_t& value : f) value *= factor;
  return f;
}

// factor f g as one term, the factor shared out so that both sides fit in a byte.
std::optional<ByteTerm> as_byte_term(const Function& f, const Function& g, std::int64_t factor) {
  const std::int64_t span = std::max<std::int64_t>(1, std::int64_t{largest(f)} - least(f));
  for (unsigned shift = 0; shift < 31; ++shift, factor /= 2) {
    for (std::int64_t x = 1; x * span <= 255 && x <= factor; ++x) {
      if (factor % x != 0) continue;
      const std::int64_t y = factor / x, low = y * least(g), high = y * largest(g);
      const auto fx = static_cast<std::int32_t>(x), gy = static_cast<std::int32_t>(y);
      if (low >= -128 && high <= 127) return byte_term(scaled(f, fx), scaled(g, gy), shift);
      if (high <= 128 && low >= -127) return byte_term(scaled(f, -fx), scaled(g, -gy), shift);
    }
    if (factor % 2 != 0) break;
  }
  return std::nullopt;
}

// f within the 256 values that most patterns have.
Function clipped_to_span(const Function& f) {
  std::int32_t best = least(f);
  std::ptrdiff_t most = 0;
  for (const std::int32_t low : f) {
    const auto inside =
        std::count_if(f.begin(), f.end(), [low](auto v) { return v >= low && v - low <= 255; });
    if (inside > most) {
      most = inside;
      best = low;
    }
  }
  // As near as can be to those below, at no cost to those above.
  std::int32_t top = best;
  for (const std::int32_t v : f)
    if (v - best <= 255) top = std::max(top, v);
  const std::int32_t low = top - 255;
  Function result = f;
  for (std::int32_t& v : result) v = std::clamp(v, low, top);
  return result;
}

std::ptrdiff_t differences(const Function& x, const Function& y) {
  return std::inner_product(x.begin(), x.end(), y.begin(), std::ptrdiff_t{0}, std::plus{},
                            std::not_equal_to{});
}

std::optional<ByteTerm> clipped(const Function& f, const Function& g) {
  const Function near_f = clipped_to_span(f);
  Function near_g = g;
  for (std::int32_t& v : near_g) v = std::clamp(v, -128, 127);
  constexpr auto most = static_cast<std::ptrdiff_t>(most_clipped);
  if (differences(f, near_f) > most || differences(g, near_g) > most) return std::nullopt;
  return byte_term(near_f, near_g, 0);
}

// Splits off the low byte of the factor that is too wide, and goes on with the rest.
void split(Function f, Function g, std::int64_t factor, Terms& terms) {
  factor *= std::int64_t{take_content(f)} * take_content(g);
  if (terms.size() > most_byte_terms || factor > INT32_MAX) return;  // whoever checks the sum will see
  if (const auto term = as_byte_term(f, g, factor)) {
    terms.push_back(*term);
    return;
  }
  const bool wide_f = std::int64_t{largest(f)} - least(f) > 255;
  Function& wide = wide_f ? f : g;
  const std::int32_t base = wide_f ? least(f) : 0;
  Function low{}, high{};
  for (std::size_t i = 0; i < 256; ++i) {
    low[i] = wide_f ? base + ((wide[i] - base) & 255) : static_cast<std::int8_t>(wide[i]);
    high[i] = wide[i] - low[i];
  }
  if (std::all_of(high.begin(), high.end(), [](auto v) { return v == 0; })) {
    // Both fit but not with the factor, which is odd and large: bit by bit.
    for (unsigned bit = 0; bit < 31; ++bit)
      if (factor >> bit & 1) terms.push_back(byte_term(f, g, bit));
    return;
  }
  split(wide_f ? low : f, wide_f ? g : low, factor, terms);
  split(wide_f ? high : f, wide_f ? g : high, factor, terms);
}

void subtract(std::vector<std::int32_t>& table, const Terms& terms) {
  for (const ByteTerm& term : terms)
    for (std::size_t i = 0; i < table.size(); ++i) {
      const auto f = static_cast<std::uint32_t>(term.activation[i >> 8] + term.offset);
      const auto g = static_cast<std::uint32_t>(std::int32_t{term.weight[i & 255]});
      table[i] = static_cast<std::int32_t>(static_cast<std::uint32_t>(table[i]) - (f * g << term.shift));
    }
}

bool is_zero(const std::vector<std::int32_t>& table) {
  return std::all_of(table.begin(), table.end(), [](auto v) { return v == 0; });
}

std::optional<Terms> checked(Terms terms, const std::vector<std::int32_t>& rest) {
  if (terms.size() > most_byte_terms || !is_zero(rest)) return std::nullopt;
  return terms;
}

bool is_small(const pe::Term& term) {
  const auto small = [](std::int32_t v) { return -largest_value < v && v < largest_value; };
  return std::all_of(term.activation.begin(), term.activation.end(), small) &&
         std::all_of(term.weight.begin(), term.weight.end(), small);
}

// Terms as they come, up to the first that has to be clipped, if that is allowed: what it leaves is a
// table again, in which all corrections of the clipped patterns are one.
std::optional<Terms> byte_terms_of(std::span<const std::int32_t> table, bool clips) {
  const auto terms = pe::terms_of(table, most_byte_terms);
  if (!terms || !std::all_of(terms->begin(), terms->end(), is_small)) return std::nullopt;
  Terms result;
  std::vector<std::int32_t> rest(table.begin(), table.end());
  for (const pe::Term& term : *terms) {
    Function f = term.activation, g = term.weight;
    const std::int64_t factor = std::int64_t{take_content(f)} * take_content(g);
    const auto whole = as_byte_term(f, g, factor);
    const auto part = whole || !clips ? std::nullopt : clipped(term.activation, term.weight);
    if (part) {
      result.push_back(*part);
      break;
    }
    split(f, g, factor, result);
  }
  subtract(rest, result);
  if (!clips || is_zero(rest)) return checked(std::move(result), rest);
  const auto others = byte_terms_of(rest, false);
  if (!others) return std::nullopt;
  subtract(rest, *others);
  result.insert(result.end(), others->begin(), others->end());
  return checked(std::move(result), rest);
}

}  // namespace

std::optional<Terms> byte_terms(std::span<const std::int32_t> table) {
  auto clipping = byte_terms_of(table, true), whole = byte_terms_of(table, false);
  if (!clipping || (whole && whole->size() < clipping->size())) return whole;
  return clipping;
}

std::shared_ptr<const Terms> byte_terms_of(const pe::Multiplier& multiplier) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const Terms>> known;
  constexpr std::size_t most_known = 256;
  const std::string hash = multiplier.table->hash();
  const std::lock_guard lock(mutex);
  if (const auto found = known.find(hash); found != known.end()) return found->second;
  std::vector<std::int32_t> table(pe::TruthTable::size);
  for (std::size_t a = 0; a < 256; ++a)
    std::copy_n(multiplier.table->row(static_cast<std::uint8_t>(a)), 256, &table[a * 256]);
  if (known.size() >= most_known) known.clear();
  auto terms = byte_terms(table);
  return known[hash] = terms ? std::make_shared<const Terms>(std::move(*terms)) : nullptr;
}

}  // namespace neartile::array
