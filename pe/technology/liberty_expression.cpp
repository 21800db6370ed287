#include "liberty_expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::pe {
namespace {

constexpr int deepest = 64;

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '[' || c == ']' || c == '.';
}

// Recursive descent: or < xor < and < not. Values are truth tables of 64 rows.
class Evaluator {
 public:
  Evaluator(std::string_view text, const std::vector<std::string>& pins, const std::string& place)
      : text_(text), pins_(pins), place_(place) {}

  std::uint64_t whole() {
    const std::uint64_t value = alternatives();
    if (!done()) fail("expected an operator");
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& expected) const {
    throw InputError(place_,
                     fmt::format("function {} at character {}: {}", in_quotes(text_), at_ + 1, expected));
  }
  bool done() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
    return at_ == text_.size();
  }
  bool take(char c) {
    if (done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::uint64_t alternatives() {
    if (++depth_ > deepest) fail(fmt::format("expected at most {} levels", deepest));
    std::uint64_t value = differences();
    while (take('|') || take('+')) value |= differences();
    --depth_;
    return value;
  }
  std::uint64_t differences() {
    std::uint64_t value = products();
    while (take('^')) value ^= products();
    return value;
  }
  // Neighbours without an operator are a product.
  std::uint64_t products() {
    std::uint64_t value = inverted();
    while (take('&') || take('*') ||
           (!done() && (is_name(text_[at_]) || text_[at_] == '!' || text_[at_] == '(')))
      value &= inverted();
    return value;
  }
  std::uint64_t inverted() {
    bool invert = false;
    while (take('!')) invert = !invert;
    std::uint64_t value = primary();
    while (take('\'')) invert = !invert;
    if (invert) value = ~value;
    return value;
  }
  std::uint64_t primary() {
    if (take('(')) {
      const std::uint64_t value = alternatives();
      if (!take(')')) fail("expected )");
      return value;
    }
    if (done()) fail("expected a pin");
    const std::size_t start = at_;
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    const std::string_view name = text_.substr(start, at_ - start);
    if (name == "0") return 0;
    if (name == "1") return ~std::uint64_t{0};
    const auto pin = std::find(pins_.begin(), pins_.end(), name);
    if (pin == pins_.end()) fail(fmt::format("found {}, expected an input pin", in_quotes(name)));
    static constexpr std::uint64_t columns[] = {0xaaaaaaaaaaaaaaaa, 0xcccccccccccccccc, 0xf0f0f0f0f0f0f0f0,
                                                0xff00ff00ff00ff00, 0xffff0000ffff0000, 0xffffffff00000000};
    return columns[pin - pins_.begin()];
  }

  std::string_view text_;
  const std::vector<std::string>& pins_;
  const std::string& place_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

CellFunction parse_liberty_expression(std::string_view text, const std::vector<std::string>& pins,
                                      const std::string& place) {
  if (pins.size() > 6) throw InputError(place, "more than six inputs");
  const std::uint64_t table = Evaluator(text, pins, place).whole();
  const auto inputs = static_cast<unsigned>(pins.size());
  return {inputs, inputs == 6 ? table : table & ((std::uint64_t{1} << (1u << inputs)) - 1)};
}

std::vector<std::string> names_in_expression(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_name(text[end])) ++end;
    const std::string name(text.substr(at, end - at));
    if (!name.empty() && name != "0" && name != "1" &&
        std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
    at = std::max(end, at + 1);
  }
  return names;
}

}  // namespace neartile::pe
