#include "neartile/workloads/workload.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "file.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/workloads/onnx.h"

namespace neartile::workloads {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::size_t most_bytes = 1 << 24;

/// workload.json as typed values; each error names file and key.
class Keys {
 public:
  explicit Keys(const fs::path& file) : file_(file) {
    const auto bytes = read_file(file, most_bytes);
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    check_json(text, file.string());
    json_ = json::parse(text);
    if (!json_.is_object()) throw InputError(file.string(), "expected a JSON object");
  }

  void allow(const std::vector<std::string>& known) const {
    for (const auto& [key, value] : json_.items()) {
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      throw InputError(file_.string(), fmt::format("/{}: unknown key; known: {}", shown(key), joined(known)));
    }
  }

  [[noreturn]] void fail(const std::string& key, const std::string& what) const {
    throw InputError(file_.string(), "/" + key + ": " + what);
  }

  bool has(const std::string& key) const { return json_.contains(key); }

  std::string text(const std::string& key) const {
    if (!has(key)) fail(key, "missing");
    if (!json_[key].is_string() || json_[key].get_ref<const std::string&>().empty()) {
      fail(key, fmt::format("{}, expected a text", json_[key].type_name()));
    }
    return json_[key];
  }

  /// The file that a key names, relative to the workload's own folder.
  fs::path path(const std::string& key) const { return file_.parent_path() / text(key); }

  std::int64_t integer(const std::string& key, std::int64_t otherwise) const {
    if (!has(key)) return otherwise;
    constexpr std::int64_t most = 1'000'000'000;
    const json& value = json_[key];
    const bool fits = value.is_number_integer() &&
                      !(value.is_number_unsigned() && value.get<std::uint64_t>() > most) &&
                      value.get<std::int64_t>() >= -most;
    if (!fits) fail(key, "expected an integer from -1000000000 to 1000000000");
    return value;
  }

  /// A number or a list of numbers, one a channel or one for all; empty where the key is absent.
  std::vector<float> numbers(const std::string& key, std::size_t channels) const {
    if (!has(key)) return {};
    const json list = json_[key].is_array() ? json_[key] : json::array({json_[key]});
    std::vector<float> values;
    for (const json& value : list) {
      if (!value.is_number()) fail(key, fmt::format("{}, expected a number", value.type_name()));
      values.push_back(value.get<float>());
      if (!std::isfinite(values.back())) fail(key, "a number too large for float");
    }
    if (values.size() != 1 && values.size() != channels) {
      fail(key, fmt::format("{} values, expected 1 or {} (one a channel)", values.size(), channels));
    }
    return values;
  }

  /// Runs read(), putting file and key in front of its errors.
  template <class Read>
  auto within(const std::string& key, Read read) const {
    try {
      return read();
    } catch (const InputError& error) {
      fail(key, error.what());
    }
  }

 private:
  static std::string shown(const std::string& key) {
    std::string text = key.substr(0, 40);
    for (char& c : text) c = static_cast<unsigned char>(c) < 0x20 ? '?' : c;
    return text;
  }
  static std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
  }

  fs::path file_;
  json json_;
};

Images images_of(const Keys& keys, const std::string& key, const array::TensorShape& input) {
  Images images = keys.within(key, [&] { return read_images(keys.path(key), input); });
  if (images.count == 0) keys.fail(key, "no images, expected at least 1");
  return images;
}

void keep_first(Images& images, std::size_t limit) {
  if (limit == 0 || images.count <= limit) return;
  images.count = limit;
  images.pixels.resize(limit * images.shape.elements());
}

std::vector<std::int64_t> classes_of(const Keys& keys, std::size_t images, std::size_t outputs) {
  auto classes = keys.within("labels", [&] { return read_labels(keys.path("labels")); });
  if (classes.size() != images) {
    keys.fail("labels", fmt::format("{} labels, expected {} (one an image)", classes.size(), images));
  }
  const std::int64_t offset = keys.integer("label_offset", 0);
  const auto count = static_cast<std::int64_t>(outputs);
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const std::int64_t label = classes[i];
    // Compared without adding, which could overflow.
    if (label < -offset || label >= count - offset) {
      keys.fail("labels",
                fmt::format("label {} of image {} with label_offset {} is none of the network's {} classes",
                            label, i, offset, outputs));
    }
    classes[i] = label + offset;
  }
  return classes;
}

}  // namespace

Workload read_workload(const fs::path& file, std::size_t limit) {
  const Keys keys(file);
  keys.allow({"name", "network", "calibration", "images", "labels", "mean", "std", "label_offset"});
  for (const char* key : {"network", "calibration", "images", "labels"}) keys.text(key);
  Workload workload;
  workload.network = keys.within("network", [&] { return read_onnx(keys.path("network")); });
  const Network& network = workload.network;
  workload.name = keys.has("name") ? keys.text("name") : network.name;
  workload.preprocessing.mean = keys.numbers("mean", network.input.channels);
  workload.preprocessing.std = keys.numbers("std", network.input.channels);
  for (const float value : workload.preprocessing.std) {
    if (!(value > 0)) keys.fail("std", fmt::format("{}, expected a number above 0", value));
  }
  workload.calibration = images_of(keys, "calibration", network.input);
  workload.images = images_of(keys, "images", network.input);
  if (workload.calibration.is_signed != workload.images.is_signed) {
    keys.fail("calibration", "signed and unsigned pixels: expected the same type as images");
  }
  const std::size_t outputs = network.shape_of(network.nodes.size()).elements();
  workload.classes = classes_of(keys, workload.images.count, outputs);
  keep_first(workload.images, limit);
  workload.classes.resize(workload.images.count);
  return workload;
}

}  // namespace neartile::workloads
