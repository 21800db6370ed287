#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/config_text.h"
#include "neartile/pe/base/config_json.h"

namespace neartile {
namespace {

using Row = std::array<std::string, 4>;

// Collects a row a field.
class Lister : public ConfigVisitor {
 public:
  explicit Lister(std::string prefix, std::vector<Row>& rows) : prefix_(std::move(prefix)), rows_(rows) {}

  void number(const Field& field, std::uint64_t& value) override {
    add(field, fmt::format("{}", value), range_text(field));
  }
  void number(const Field& field, double& value) override {
    add(field, fmt::format("{}", value), range_text(field));
  }
  void flag(const Field& field, bool& value) override {
    auto index = static_cast<std::size_t>(value);
    word(field, flag_words, index);
  }
  void text(const Field& field, std::string& value) override {
    add(field, value.empty() ? "\"\"" : value, "text");
  }
  void word(const Field& field, const std::vector<std::string_view>& words, std::size_t& index) override {
    add(field, std::string(words[index]), fmt::format("{}", fmt::join(words, ", ")));
  }
  void object(const Field& field, const std::function<void(ConfigVisitor&)>& body) override {
    Lister below(path(field) + ".", rows_);
    body(below);
  }
  void list(const Field& field, std::size_t length, const std::function<void(std::size_t)>& resize,
            const std::function<void(ConfigVisitor&, std::size_t)>& body) override {
    rows_.push_back({path(field), "", "list", std::string(field.help)});
    if (length == 0) resize(1);
    Lister below(path(field) + ".N.", rows_);
    body(below, 0);
  }

 private:
  std::string path(const Field& field) const { return prefix_ + std::string(field.key); }
  void add(const Field& field, const std::string& value, const std::string& allowed) {
    rows_.push_back({path(field), value, allowed, std::string(field.help)});
  }

  std::string prefix_;
  std::vector<Row>& rows_;
};

}  // namespace

std::string help_text(const Describe& describe) {
  std::vector<Row> rows{{"key", "default", "allowed", "meaning"}};
  Lister lister("", rows);
  describe(lister);
  std::array<std::size_t, 3> width{};
  for (const Row& row : rows)
    for (std::size_t i = 0; i < width.size(); ++i) width[i] = std::max(width[i], row[i].size());
  std::string text;
  for (const Row& row : rows)
    text += fmt::format("{:<{}}  {:<{}}  {:<{}}  {}\n", row[0], width[0], row[1], width[1], row[2], width[2],
                        row[3]);
  return text;
}

}  // namespace neartile
