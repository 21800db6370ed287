#pragma once

#include <nlohmann/json.hpp>

#include "neartile/workloads/drawn_images.h"
#include "neartile/workloads/npy.h"
#include "testbenches/program.h"

namespace neartile {

inline const std::string default_network_file = NEARTILE_SOURCE_DIR "/testbenches/default/shapes.onnx";

/// Writes `count` drawn images as [count, h, w, c] and their labels; returns them as npy arrays.
inline void write_images(const TemporaryFolder& folder, const std::string& images, const std::string& labels,
                         workloads::Split split, std::size_t count) {
  const workloads::DrawnImages drawn = workloads::draw_images(split, 0, count);
  const auto bytes = [](const auto& values) {
    const auto view = std::as_bytes(std::span(values));
    return std::vector<std::byte>(view.begin(), view.end());
  };
  const auto& shape = drawn.images.shape;
  workloads::write_npy(
      folder / images,
      {"u1", {count, shape.height, shape.width, shape.channels}, bytes(drawn.images.pixels)});
  workloads::write_npy(folder / labels, {"i8", {count}, bytes(drawn.labels)});
}

/// The default network as a workload of files in `folder`: workload.json, which the caller may change.
inline nlohmann::json write_workload(const TemporaryFolder& folder, std::size_t images) {
  write_images(folder, "calibration.npy", "unused.npy", workloads::Split::calibration, 128);
  write_images(folder, "images.npy", "labels.npy", workloads::Split::test, images);
  std::filesystem::copy_file(default_network_file, folder / "network.onnx");
  const auto facts = nlohmann::json::parse(text_of(NEARTILE_SOURCE_DIR "/testbenches/default/shapes.json"));
  nlohmann::json workload{{"name", "drawn"},
                          {"network", "network.onnx"},
                          {"images", "images.npy"},
                          {"labels", "labels.npy"},
                          {"mean", facts.at("mean")},
                          {"std", facts.at("std")},
                          {"calibration", "calibration.npy"}};
  folder.write("workload.json", workload.dump());
  return workload;
}

}  // namespace neartile
