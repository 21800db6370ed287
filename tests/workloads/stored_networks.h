#pragma once

#include <string>
#include <vector>

#include "neartile/workloads/images.h"
#include "neartile/workloads/npy.h"
#include "neartile/workloads/onnx.h"
#include "support/shared_data.h"

namespace neartile::workloads {

/// A trained network among the shared data: file names relative to data/networks.
struct StoredNetwork {
  std::string onnx, images, labels, calibration, logits, goldens;
  Preprocessing preprocessing;
  std::int64_t label_offset = 0;

  static std::filesystem::path folder() { return testing_support::shared_data() / "data" / "networks"; }
  Network network() const { return read_onnx(folder() / onnx); }
  Images test_images(const Network& network, std::size_t limit) const {
    Images all = read_images(folder() / images, network.input);
    all.count = std::min(all.count, limit);
    all.pixels.resize(all.count * all.shape.elements());
    return all;
  }
};

inline StoredNetwork resnet20(const std::string& variant = "folded") {
  return {"cifar10/resnet20_" + variant + ".onnx",
          "cifar10/test_images.npy",
          "cifar10/test_labels.npy",
          "cifar10/calib_images.npy",
          "cifar10/resnet20_fp32_logits.npy",
          "cifar10/resnet20_int8_golden",
          {{123.675F, 116.28F, 103.53F}, {58.395F, 57.12F, 57.375F}}};
}
inline StoredNetwork lenet5() {
  return {"mnist/lenet5_mnist.onnx", "mnist/test_images.npy",        "mnist/test_labels.npy",
          "mnist/calib_images.npy",  "mnist/lenet5_fp32_logits.npy", "mnist/lenet5_int8_golden",
          {{33.3285F}, {78.5655F}}};
}
inline StoredNetwork mobilenet() {
  return {"imagenet/mobilenet_v1_025_128.onnx",
          "imagenet/test_images_128.npy",
          "imagenet/test_labels.npy",
          "imagenet/calib_images_128.npy",
          "imagenet/mobilenet_v1_025_128_fp32_logits.npy",
          "imagenet/mobilenet_v1_025_128_int8_golden",
          {{128}, {128}},
          1};
}
inline StoredNetwork squeezenet() {
  return {"imagenet/squeezenet_v1_0_224.onnx",
          "imagenet/test_images_224.npy",
          "imagenet/test_labels.npy",
          "imagenet/calib_images_224.npy",
          "imagenet/squeezenet_v1_0_224_fp32_logits.npy",
          "",
          {{123, 117, 104}, {1}}};
}

}  // namespace neartile::workloads
