#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace neartile {

/// What a field of a configuration is: its key, a sentence with its unit, and its allowed range.
struct Field {
  std::string_view key;
  std::string_view help;
  double minimum = 0;
  double maximum = 1e18;
};

/// Visits the fields of a configuration in order. The JSON reader and writer, `--set`, and
/// `--help-config` are visitors, so that a parameter is stated once: in its describe() function.
class ConfigVisitor {
 public:
  virtual ~ConfigVisitor() = default;
  virtual void number(const Field&, std::uint64_t&) = 0;
  virtual void number(const Field&, double&) = 0;
  virtual void flag(const Field&, bool&) = 0;
  virtual void text(const Field&, std::string&) = 0;
  /// One of `words`; `index` is the place of the chosen word.
  virtual void word(const Field&, const std::vector<std::string_view>& words, std::size_t& index) = 0;
  /// A nested configuration, whose fields `body` visits.
  virtual void object(const Field&, const std::function<void(ConfigVisitor&)>& body) = 0;
  /// A list of nested configurations: `resize` sets its length, `body` visits element i.
  virtual void list(const Field&, std::size_t length, const std::function<void(std::size_t)>& resize,
                    const std::function<void(ConfigVisitor&, std::size_t)>& body) = 0;

  /// An enumeration whose values 0, 1, .. have the names `words`.
  template <class Enum>
  void choice(const Field& field, const std::vector<std::string_view>& words, Enum& value) {
    auto index = static_cast<std::size_t>(value);
    word(field, words, index);
    value = static_cast<Enum>(index);
  }
};

}  // namespace neartile
