#include "run/evaluation.h"

#include <span>

#include "neartile/workloads/executor.h"
#include "neartile/workloads/float_executor.h"
#include "text/progress.h"

namespace neartile {
namespace {

template <class Score>
Answers ranked(const std::vector<Score>& scores, const std::vector<std::int64_t>& right) {
  Answers answers;
  answers.accuracy.images = right.size();
  const std::size_t outputs = scores.size() / right.size();
  for (std::size_t i = 0; i < right.size(); ++i) {
    const auto image = std::span<const Score>(scores).subspan(i * outputs, outputs);
    const auto expected = static_cast<std::size_t>(right[i]);
    answers.classes.push_back(workloads::argmax(image));
    answers.accuracy.top1_correct += answers.classes.back() == expected;
    answers.accuracy.top5_correct += workloads::in_top5(image, expected);
  }
  return answers;
}

}  // namespace

std::size_t agreement(const Answers& a, const Answers& b) {
  std::size_t same = 0;
  for (std::size_t i = 0; i < a.classes.size(); ++i) same += a.classes[i] == b.classes[i];
  return same;
}

Answers float_answers(const workloads::Workload& workload) {
  Progress progress("float", workload.images.count);
  return ranked(run_float(workload.network, workload.images, workload.preprocessing, progress.counter()),
                workload.classes);
}

workloads::QuantisedNetwork quantised(const workloads::Workload& workload, workloads::Scheme scheme) {
  const auto calibration = calibrate(workload.network, workload.calibration, workload.preprocessing);
  return quantise(workload.network, choose_encodings(workload.network, calibration, scheme));
}

Answers executor_answers(const workloads::Workload& workload, const workloads::QuantisedNetwork& network,
                         std::vector<array::ArrayConfig> arrays, const char* phase) {
  Progress progress(phase, workload.images.count);
  const workloads::Executor executor(network, std::move(arrays));
  return rank(workload, network, executor.run(workload.images, workload.preprocessing, progress.counter()));
}

Answers rank(const workloads::Workload& workload, const workloads::QuantisedNetwork& network,
             const std::vector<std::uint8_t>& outputs) {
  return ranked(workloads::integers(outputs, network.encodings.back()), workload.classes);
}

}  // namespace neartile
