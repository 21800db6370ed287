#include "neartile/pe/base/config_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/config_text.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// A JSON value as an error repeats it.
std::string found(const json& value) {
  if (value.is_object()) return "is an object";
  if (value.is_array()) return "is a list";
  if (value.is_string()) return "is " + in_quotes(value.get_ref<const std::string&>());
  return "is " + value.dump();
}

// Reads the fields of one object and remembers their keys, so that the other keys are errors.
class Reader : public ConfigVisitor {
 public:
  Reader(const json& object, std::string place, std::string path)
      : object_(object), place_(std::move(place)), path_(std::move(path)) {
    if (!object.is_object())
      throw InputError(path_.empty() ? place_ : place_ + ": " + path_,
                       found(object) + ", expected an object");
  }

  void check_keys() const {
    for (const auto& [key, value] : object_.items())
      if (std::find(known_.begin(), known_.end(), key) == known_.end())
        throw InputError(path_.empty() ? place_ : place_ + ": " + path_, unknown_key(key, known_));
  }

  void number(const Field& field, std::uint64_t& value) override {
    const json* node = find(field);
    if (!node) return;
    if (!node->is_number_unsigned() || !in_range(field, node->get<double>()))
      fail(field, *node, expected_number(field, true));
    value = node->get<std::uint64_t>();
  }

  void number(const Field& field, double& value) override {
    const json* node = find(field);
    if (!node) return;
    if (!node->is_number() || !in_range(field, node->get<double>()))
      fail(field, *node, expected_number(field, false));
    value = node->get<double>();
  }

  void flag(const Field& field, bool& value) override {
    const json* node = find(field);
    if (!node) return;
    if (!node->is_boolean()) fail(field, *node, expected_word(flag_words));
    value = node->get<bool>();
  }

  void text(const Field& field, std::string& value) override {
    const json* node = find(field);
    if (!node) return;
    if (!node->is_string()) fail(field, *node, "a \"text\"");
    value = node->get<std::string>();
  }

  void word(const Field& field, const std::vector<std::string_view>& words, std::size_t& index) override {
    const json* node = find(field);
    if (!node) return;
    const std::size_t i =
        node->is_string() ? index_of(words, node->get_ref<const std::string&>()) : words.size();
    if (i == words.size()) fail(field, *node, expected_word(words));
    index = i;
  }

  void object(const Field& field, const std::function<void(ConfigVisitor&)>& body) override {
    const json* node = find(field);
    if (node) read(*node, path_to(field), body);
  }

  void list(const Field& field, std::size_t, const std::function<void(std::size_t)>& resize,
            const std::function<void(ConfigVisitor&, std::size_t)>& body) override {
    const json* node = find(field);
    if (!node) return;
    if (!node->is_array()) fail(field, *node, "a list of objects");
    resize(node->size());
    for (std::size_t i = 0; i < node->size(); ++i)
      read((*node)[i], fmt::format("{}/{}", path_to(field), i), [&](ConfigVisitor& v) { body(v, i); });
  }

 private:
  const json* find(const Field& field) {
    known_.emplace_back(field.key);
    const auto it = object_.find(known_.back());
    return it == object_.end() ? nullptr : &*it;
  }
  std::string path_to(const Field& field) const { return fmt::format("{}/{}", path_, field.key); }
  void read(const json& node, const std::string& path, const Describe& describe) const {
    Reader reader(node, place_, path);
    describe(reader);
    reader.check_keys();
  }
  [[noreturn]] void fail(const Field& field, const json& node, const std::string& expected) const {
    throw InputError(place_ + ": " + path_to(field), found(node) + ", expected " + expected);
  }

  const json& object_;
  std::string place_, path_;
  std::vector<std::string> known_;
};

class Writer : public ConfigVisitor {
 public:
  void number(const Field& field, std::uint64_t& value) override { at(field) = value; }
  void number(const Field& field, double& value) override { at(field) = value; }
  void flag(const Field& field, bool& value) override { at(field) = value; }
  void text(const Field& field, std::string& value) override { at(field) = value; }
  void word(const Field& field, const std::vector<std::string_view>& words, std::size_t& index) override {
    at(field) = std::string(words[index]);
  }
  void object(const Field& field, const std::function<void(ConfigVisitor&)>& body) override {
    at(field) = written(body);
  }
  void list(const Field& field, std::size_t length, const std::function<void(std::size_t)>&,
            const std::function<void(ConfigVisitor&, std::size_t)>& body) override {
    ordered_json elements = ordered_json::array();
    for (std::size_t i = 0; i < length; ++i)
      elements.push_back(written([&](ConfigVisitor& v) { body(v, i); }));
    at(field) = std::move(elements);
  }

  static ordered_json written(const Describe& describe) {
    Writer writer;
    describe(writer);
    return std::move(writer.json_);
  }

 private:
  ordered_json& at(const Field& field) { return json_[std::string(field.key)]; }

  ordered_json json_ = ordered_json::object();
};

}  // namespace

void read_config(std::string_view text, const std::string& place, const Describe& describe) {
  check_json(text, place);
  const json root = json::parse(text);
  Reader reader(root, place, "");
  describe(reader);
  reader.check_keys();
}

void read_config(const std::filesystem::path& file, const Describe& describe) {
  read_config(read_text_file(file), file.string(), describe);
}

std::string to_json_text(const Describe& describe) {
  return Writer::written(describe).dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace neartile
