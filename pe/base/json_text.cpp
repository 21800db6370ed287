#include "neartile/pe/base/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>
#include <vector>

#include "neartile/pe/base/error.h"

namespace neartile {
namespace {

constexpr std::size_t deepest = 32;

std::string position(std::string_view text, std::size_t byte, const std::string& place) {
  const std::string_view before = text.substr(0, byte == 0 ? 0 : std::min(byte - 1, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto line_start = before.rfind('\n');
  const auto column = before.size() - (line_start == std::string_view::npos ? 0 : line_start + 1) + 1;
  return fmt::format("{}:{}:{}", place, line, column);
}

std::string_view between(std::string_view text, std::string_view from, std::string_view to) {
  const auto start = text.find(from);
  if (start == std::string_view::npos) return {};
  text.remove_prefix(start + from.size());
  return text.substr(0, text.find(to));
}

// The library's message without its name, its position and the text it last read, which may be long.
std::string sentence(std::string_view what) {
  if (what.find("number overflow") != what.npos) return "number too large, expected at most 1.8e308";
  const auto found = between(between(what, "syntax error while parsing ", "; "), " - ", "; ");
  const auto last_read = what.find("; last read: ");
  const auto expected = what.rfind("; expected ");
  std::string text(found.empty() ? "not JSON" : found);
  if (expected != what.npos && (last_read == what.npos || expected > last_read))
    text += fmt::format(", {}", what.substr(expected + 2));
  else if (found == "invalid literal")
    text += ", expected true, false, null, a number or a \"text\"";
  return text;
}

// Walks through a text without keeping it: syntax, depth and duplicate keys.
class Checker : public nlohmann::json_sax<nlohmann::json> {
 public:
  Checker(std::string_view text, const std::string& place) : text_(text), place_(place) {}

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return descend(); }
  bool start_array(std::size_t) override { return descend(); }
  bool end_object() override { return ascend(); }
  bool end_array() override { return ascend(); }

  bool key(string_t& key) override {
    if (!keys_.back().insert(key).second)
      throw InputError(place_, fmt::format("key {} appears twice in one object", in_quotes(key)));
    return true;
  }

  bool parse_error(std::size_t byte, const std::string&, const nlohmann::json::exception& error) override {
    throw InputError(position(text_, byte, place_), sentence(error.what()));
  }

 private:
  bool descend() {
    if (keys_.size() == deepest)
      throw InputError(place_, fmt::format("nested too deeply, expected at most {} levels", deepest));
    keys_.emplace_back();
    return true;
  }
  bool ascend() {
    keys_.pop_back();
    return true;
  }

  std::string_view text_;
  const std::string& place_;
  std::vector<std::set<std::string>> keys_;  // of the open objects; empty sets for lists
};

}  // namespace

std::string read_text_file(const std::filesystem::path& file, std::size_t limit) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error))
    throw InputError(file.string(), "is a directory, expected a file");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw InputError(file.string(), "cannot be opened, expected a readable file");
  std::string text;
  std::vector<char> piece(65536);
  while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())), stream.gcount() > 0) {
    text.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
    if (text.size() > limit)
      throw InputError(file.string(), fmt::format("is too large, expected at most {} bytes", limit));
  }
  if (stream.bad()) throw InputError(file.string(), "cannot be read");
  return text;
}

void check_json(std::string_view text, const std::string& place) {
  Checker checker(text, place);
  nlohmann::json::sax_parse(text, &checker);
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::string printable;
  for (const char c : text.substr(0, longest)) printable += c >= ' ' && c <= '~' ? c : '?';
  return fmt::format("\"{}{}\"", printable, text.size() > longest ? ".." : "");
}

}  // namespace neartile
