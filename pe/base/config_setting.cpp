#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/config_text.h"
#include "neartile/pe/base/config_json.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile {
namespace {

// Whole text as a number; false where it is none.
template <class Number>
bool parse(const std::string& text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

std::vector<std::string> steps_of(std::string_view key) {
  std::vector<std::string> steps;
  for (;;) {
    const auto end = key.find_first_of("./");
    steps.emplace_back(key.substr(0, end));
    if (end == std::string_view::npos) return steps;
    key.remove_prefix(end + 1);
  }
}

// Sets the field at steps[at] .. below the object that it visits.
class Setter : public ConfigVisitor {
 public:
  Setter(const std::vector<std::string>& steps, std::size_t at, const std::string& value,
         const std::string& place)
      : steps_(steps), at_(at), value_(value), place_(place) {}

  void run(const Describe& describe) {
    describe(*this);
    if (!found_) throw InputError(place_, unknown_key(steps_[at_], known_));
  }

  void number(const Field& field, std::uint64_t& value) override {
    if (!is_value(field)) return;
    std::uint64_t read = 0;
    if (!parse(value_, read) || !in_range(field, static_cast<double>(read)))
      fail(expected_number(field, true));
    value = read;
  }

  void number(const Field& field, double& value) override {
    if (!is_value(field)) return;
    double read = 0;
    if (!parse(value_, read) || !in_range(field, read)) fail(expected_number(field, false));
    value = read;
  }

  void flag(const Field& field, bool& value) override {
    auto index = static_cast<std::size_t>(value);
    word(field, flag_words, index);
    value = index == 1;
  }

  void text(const Field& field, std::string& value) override {
    if (is_value(field)) value = value_;
  }

  void word(const Field& field, const std::vector<std::string_view>& words, std::size_t& index) override {
    if (!is_value(field)) return;
    const std::size_t i = index_of(words, value_);
    if (i == words.size()) fail(expected_word(words));
    index = i;
  }

  void object(const Field& field, const std::function<void(ConfigVisitor&)>& body) override {
    if (is_next(field)) descend(at_ + 1, body);
  }

  void list(const Field& field, std::size_t length, const std::function<void(std::size_t)>&,
            const std::function<void(ConfigVisitor&, std::size_t)>& body) override {
    if (!is_next(field)) return;
    std::size_t i = length;
    if (at_ + 1 < steps_.size() && (!parse(steps_[at_ + 1], i) || i >= length))
      throw InputError(place_, fmt::format("no element {}, expected {}", in_quotes(steps_[at_ + 1]),
                                           elements(field, length)));
    descend(at_ + 2, [&](ConfigVisitor& v) { body(v, i); });
  }

 private:
  static std::string elements(const Field& field, std::size_t length) {
    return length == 0 ? fmt::format("nothing: {} is empty", field.key)
                       : fmt::format("{}.0 to {}.{}", field.key, field.key, length - 1);
  }

  bool is_next(const Field& field) {
    known_.emplace_back(field.key);
    if (field.key != steps_[at_]) return false;
    found_ = true;
    return true;
  }

  bool is_value(const Field& field) {
    if (!is_next(field)) return false;
    if (at_ + 1 < steps_.size())
      throw InputError(place_, fmt::format("{} is a value, expected no key below it", field.key));
    return true;
  }

  void descend(std::size_t at, const Describe& describe) const {
    if (at >= steps_.size())
      throw InputError(
          place_, fmt::format("{} is no single value, expected a key below it", in_quotes(steps_.back())));
    Setter(steps_, at, value_, place_).run(describe);
  }

  [[noreturn]] void fail(const std::string& expected) const {
    throw InputError(place_, fmt::format("is {}, expected {}", in_quotes(value_), expected));
  }

  const std::vector<std::string>& steps_;
  std::size_t at_;
  const std::string& value_;
  const std::string& place_;
  bool found_ = false;
  std::vector<std::string> known_;
};

}  // namespace

void apply_setting(const std::string& setting, const Describe& describe) {
  const auto equals = setting.find('=');
  if (equals == std::string::npos)
    throw InputError("--set " + in_quotes(setting), "has no \"=\", expected key=value");
  const std::string key = setting.substr(0, equals), value = setting.substr(equals + 1);
  const std::vector<std::string> steps = steps_of(key);
  const std::string shown = in_quotes(key), place = "--set " + shown.substr(1, shown.size() - 2);
  Setter(steps, 0, value, place).run(describe);
}

}  // namespace neartile
