#include "run/default_workload.h"

#include <nlohmann/json.hpp>

#include "neartile/workloads/drawn_images.h"
#include "neartile/workloads/onnx.h"
#include "run/embedded.h"

namespace neartile {

workloads::Workload default_workload(std::size_t images) {
  using workloads::Split;
  const auto facts = nlohmann::json::parse(default_facts());
  workloads::Workload workload;
  workload.name = "shapes";
  workload.network = workloads::read_onnx(default_network(), "shapes.onnx");
  workload.preprocessing.mean = facts.at("mean").get<std::vector<float>>();
  workload.preprocessing.std = facts.at("std").get<std::vector<float>>();
  workload.calibration =
      workloads::draw_images(Split::calibration, 0, facts.at("calibration_images").get<std::size_t>()).images;
  workloads::DrawnImages test = workloads::draw_images(Split::test, 0, images);
  workload.images = std::move(test.images);
  workload.classes = std::move(test.labels);
  return workload;
}

}  // namespace neartile
