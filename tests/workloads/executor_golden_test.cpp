// Integers of other hands: every layer's stored output, bit by bit, and argmax over the stored images.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "neartile/workloads/accuracy.h"
#include "neartile/workloads/executor.h"
#include "neartile/workloads/npy.h"
#include "neartile/workloads/onnx.h"
#include "support/shared_data.h"

namespace neartile::workloads {
namespace {

std::filesystem::path networks() {
  return neartile::testing_support::shared_data() / "data" / "networks";
}

std::vector<std::string> split(const std::string& line, char separator) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, separator);) cells.push_back(cell);
  return cells;
}

template <class T>
std::vector<T> values(const std::filesystem::path& file) {
  return read_npy(file).as<T>(file.string());
}

/// A line of index.csv.
struct Step {
  int number;
  std::string op, output, out_file, weight_file, bias_file, scale_file;
  std::vector<std::string> inputs;
  array::Encoding encoding;
};

/// A folder of stored integers beside the network that they belong to.
class Golden {
 public:
  Golden(const std::string& network, const std::string& folder)
      : folder_(networks() / folder), network_(read_onnx(networks() / network)) {
    std::ifstream file(folder_ / "index.csv");
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
      auto cells = split(line, ',');
      cells.resize(14);
      if (!cells[13].empty() && cells[13].back() == '\r') cells[13].pop_back();
      steps_.push_back({std::stoi(cells[0]),
                        cells[1],
                        cells[3],
                        cells[13],
                        cells[10],
                        cells[11],
                        cells[12],
                        split(cells[2], ' '),
                        {std::stod(cells[4]), std::stoi(cells[5]), false}});
    }
    name_tensors();
  }

  const Network& network() const { return network_; }
  const std::vector<Step>& steps() const { return steps_; }
  std::filesystem::path file(const std::string& name) const { return folder_ / name; }
  TensorIndex tensor(const std::string& name) const { return tensors_.at(name); }

  std::vector<array::Encoding> encodings() const {
    std::vector<array::Encoding> encodings(network_.nodes.size() + 1, array::Encoding{0, 0, false});
    for (const Step& step : steps_) encodings.at(tensor(step.output)) = step.encoding;
    return encodings;
  }

  std::size_t images() const { return read_npy(file("act_input.npy")).shape.at(0); }

  /// Stored patterns of one image of each tensor, in HWC order.
  IntegerTensors stored(std::size_t image) const {
    IntegerTensors tensors(network_.nodes.size() + 1);
    for (const Step& step : steps_) {
      const array::TensorShape& shape = network_.shape_of(tensor(step.output));
      const auto all = values<std::uint8_t>(file(step.out_file));
      auto& patterns = tensors[tensor(step.output)];
      patterns.resize(shape.elements());
      for (std::size_t c = 0; c < shape.channels; ++c) {
        for (std::size_t p = 0; p < shape.pixels(); ++p) {
          patterns[p * shape.channels + c] = all.at((image * shape.channels + c) * shape.pixels() + p);
        }
      }
    }
    return tensors;
  }

 private:
  /// Flatten may have no node: its tensor is its input's, or its input's tensor goes by its name.
  void name_tensors() {
    tensors_[steps_.at(0).output] = 0;
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) tensors_[network_.nodes[i].output] = i + 1;
    for (const Step& step : steps_) {
      if (step.op != "Flatten") continue;
      const std::string& input = step.inputs.at(0);
      if (!tensors_.contains(step.output)) tensors_[step.output] = tensors_.at(input);
      if (!tensors_.contains(input)) tensors_[input] = tensors_.at(step.output);
    }
  }

  std::filesystem::path folder_;
  Network network_;
  std::vector<Step> steps_;
  std::map<std::string, TensorIndex> tensors_;
};

/// Weights from K x N blocks back to OIHW.
std::vector<std::int8_t> oihw(const array::ConvolutionShape& shape, const std::vector<std::int8_t>& weights) {
  std::vector<std::int8_t> out(weights.size());
  const std::size_t n = shape.n(), k = shape.k(), channels = shape.group_channels(), taps = k / channels;
  for (std::size_t o = 0; o < shape.out_channels; ++o) {
    for (std::size_t c = 0; c < channels; ++c) {
      for (std::size_t tap = 0; tap < taps; ++tap) {
        out[(o * channels + c) * taps + tap] = weights[o / n * k * n + (tap * channels + c) * n + o % n];
      }
    }
  }
  return out;
}

int largest_difference(const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b) {
  int largest = a.size() == b.size() ? 0 : 256;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

struct Case {
  std::string name, network, folder;
  std::size_t layers;  ///< with weights
  int tie_step;        ///< a mean on an exact tie: 1 either way is right
};
void PrintTo(const Case& value, std::ostream* out) {
  *out << value.name;
}

const std::vector<array::ArrayConfig> one_array(1);

class GoldenIntegers : public testing::TestWithParam<Case> {};

TEST_P(GoldenIntegers, HoldTheSameWeightsBiasesAndScales) {
  NEARTILE_NEEDS_SHARED();
  const Golden golden(GetParam().network, GetParam().folder);
  const QuantisedNetwork quantised = quantise(golden.network(), golden.encodings());
  std::size_t layers = 0;
  for (const Step& step : golden.steps()) {
    if (step.weight_file.empty()) continue;
    const std::size_t node = golden.tensor(step.output) - 1;
    const QuantisedMatrix& matrix = quantised.matrices[node];
    EXPECT_EQ(oihw(golden.network().nodes[node].matrix()->shape, matrix.weights),
              values<std::int8_t>(golden.file(step.weight_file)))
        << step.output;
    EXPECT_EQ(matrix.bias, values<std::int32_t>(golden.file(step.bias_file))) << step.output;
    EXPECT_EQ(matrix.weight_scale, values<double>(golden.file(step.scale_file))) << step.output;
    ++layers;
  }
  EXPECT_EQ(layers, GetParam().layers);
}

TEST_P(GoldenIntegers, AreEveryLayersOutputFromItsStoredInputs) {
  NEARTILE_NEEDS_SHARED();
  const Golden golden(GetParam().network, GetParam().folder);
  const Executor executor(quantise(golden.network(), golden.encodings()), one_array);
  for (std::size_t image = 0; image < golden.images(); ++image) {
    const IntegerTensors stored = golden.stored(image);
    for (const Step& step : golden.steps()) {
      const TensorIndex tensor = golden.tensor(step.output);
      if (tensor == 0) continue;
      std::vector<std::span<const std::uint8_t>> inputs;
      for (const TensorIndex input : golden.network().nodes[tensor - 1].inputs)
        inputs.emplace_back(stored[input]);
      EXPECT_LE(largest_difference(executor.run_node(tensor - 1, inputs), stored[tensor]),
                step.number == GetParam().tie_step ? 1 : 0)
          << "step " << step.number << ", image " << image;
    }
  }
}

TEST_P(GoldenIntegers, ComeOutOfTheWholeNetwork) {
  NEARTILE_NEEDS_SHARED();
  const Golden golden(GetParam().network, GetParam().folder);
  const Executor executor(quantise(golden.network(), golden.encodings()), one_array);
  ASSERT_GE(golden.images(), 1U);
  for (std::size_t image = 0; image < golden.images(); ++image) {
    const IntegerTensors stored = golden.stored(image);
    const IntegerTensors computed = executor.run(stored[0]);
    for (const Step& step : golden.steps()) {
      if (step.number == GetParam().tie_step) break;
      const TensorIndex tensor = golden.tensor(step.output);
      EXPECT_EQ(largest_difference(computed[tensor], stored[tensor]), 0)
          << "step " << step.number << ", image " << image;
    }
  }
}

const auto name = [](const auto& info) { return info.param.name; };
constexpr int no_tie = -2;
INSTANTIATE_TEST_SUITE_P(Networks, GoldenIntegers,
                         testing::Values(Case{"resnet20", "cifar10/resnet20_folded.onnx",
                                              "cifar10/resnet20_int8_golden", 20, no_tie},
                                         Case{"lenet5", "mnist/lenet5_mnist.onnx", "mnist/lenet5_int8_golden",
                                              5, no_tie},
                                         Case{"mobilenet", "imagenet/mobilenet_v1_025_128.onnx",
                                              "imagenet/mobilenet_v1_025_128_int8_golden", 28, 27}),
                         name);

/// A network calibrated here against the reference's predictions and labels.
struct Study {
  std::string name, network, calibration, images, labels, predictions;
  Preprocessing preprocessing;
  std::int64_t label_offset;
  std::size_t limit;  ///< images
};
void PrintTo(const Study& value, std::ostream* out) {
  *out << value.name;
}

const Preprocessing cifar{{123.675F, 116.28F, 103.53F}, {58.395F, 57.12F, 57.375F}};
const Preprocessing mnist{{33.3285F}, {78.5655F}};
const Preprocessing mobilenet{{128}, {128}};
const Preprocessing squeezenet{{123, 117, 104}, {1}};

Study resnet20(const std::string& variant, std::size_t limit) {
  return {variant,
          "cifar10/resnet20_" + variant + ".onnx",
          "cifar10/calib_images.npy",
          "cifar10/test_images.npy",
          "cifar10/test_labels.npy",
          "cifar10/resnet20_int8aff_pred.npy",
          cifar,
          0,
          limit};
}

Images first_images(Images images, std::size_t limit) {
  images.count = std::min(images.count, limit);
  images.pixels.resize(images.count * images.shape.elements());
  return images;
}

std::vector<std::int64_t> predictions(const Study& study, Scheme scheme) {
  const Network network = read_onnx(networks() / study.network);
  const Images calibration = read_images(networks() / study.calibration, network.input);
  const Images images = first_images(read_images(networks() / study.images, network.input), study.limit);
  const auto encodings =
      choose_encodings(network, calibrate(network, calibration, study.preprocessing), scheme);
  const pe::PeConfig pe{.format = scheme == Scheme::affine_u8 ? pe::Format::u8s8 : pe::Format::s8s8};
  const auto outputs = Executor(quantise(network, encodings), {{.pe = pe}}).run(images, study.preprocessing);
  const std::size_t classes = outputs.size() / images.count;
  std::vector<std::int64_t> best;
  for (std::size_t i = 0; i < images.count; ++i) {
    const auto scores = integers(std::span(outputs).subspan(i * classes, classes), encodings.back());
    best.push_back(static_cast<std::int64_t>(argmax<int>(scores)));
  }
  return best;
}

std::size_t matches(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b,
                    std::int64_t offset) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) count += a[i] == b.at(i) + offset;
  return count;
}

/// One image in a hundred, at least one.
double tolerance(std::size_t images) {
  return std::max(1.0, static_cast<double>(images) / 100);
}

class OwnCalibration : public testing::TestWithParam<Study> {};

TEST_P(OwnCalibration, AgreesWithTheReferencesPredictions) {
  NEARTILE_NEEDS_SHARED();
  const Study& study = GetParam();
  const auto best = predictions(study, Scheme::affine_u8);
  const auto reference = read_labels(networks() / study.predictions);
  const auto labels = read_labels(networks() / study.labels);
  std::vector<std::int64_t> theirs(reference.begin(),
                                   reference.begin() + static_cast<std::ptrdiff_t>(best.size()));
  const std::size_t right = matches(best, labels, study.label_offset);
  const std::size_t agreeing = matches(best, reference, 0);
  RecordProperty("top1", static_cast<int>(right));
  RecordProperty("agreement", static_cast<int>(agreeing));
  EXPECT_NEAR(static_cast<double>(right), static_cast<double>(matches(theirs, labels, study.label_offset)),
              tolerance(best.size()));
  EXPECT_GE(static_cast<double>(agreeing), static_cast<double>(best.size()) - 2 * tolerance(best.size()));
}

Study squeezenet_study(std::size_t limit) {
  return {"squeezenet",
          "imagenet/squeezenet_v1_0_224.onnx",
          "imagenet/calib_images_224.npy",
          "imagenet/test_images_224.npy",
          "imagenet/test_labels.npy",
          "imagenet/squeezenet_v1_0_224_int8aff_pred.npy",
          squeezenet,
          0,
          limit};
}

INSTANTIATE_TEST_SUITE_P(
    Networks, OwnCalibration,
    testing::Values(resnet20("folded", 500), resnet20("bn", 500), resnet20("folded_conv1x1", 500),
                    resnet20("torchexport", 500),
                    Study{"lenet5", "mnist/lenet5_mnist.onnx", "mnist/calib_images.npy",
                          "mnist/test_images.npy", "mnist/test_labels.npy", "mnist/lenet5_int8aff_pred.npy",
                          mnist, 0, 2000},
                    Study{"mobilenet", "imagenet/mobilenet_v1_025_128.onnx", "imagenet/calib_images_128.npy",
                          "imagenet/test_images_128.npy", "imagenet/test_labels.npy",
                          "imagenet/mobilenet_v1_025_128_int8aff_pred.npy", mobilenet, 1, 100},
                    squeezenet_study(8)),
    name);

// All its images are too slow for every day: run with --gtest_also_run_disabled_tests.
INSTANTIATE_TEST_SUITE_P(LongAllImages, OwnCalibration, testing::Values(squeezenet_study(100)), name);

TEST(SymmetricResNet20, IsAsAccurateAsTheReference) {
  NEARTILE_NEEDS_SHARED();
  const auto best = predictions(resnet20("folded", 500), Scheme::symmetric_s8);
  const std::size_t right = matches(best, read_labels(networks() / "cifar10/test_labels.npy"), 0);
  EXPECT_NEAR(static_cast<double>(right), 453, 5);
}

}  // namespace
}  // namespace neartile::workloads
