#pragma once

#include <cstdint>
#include <vector>

#include "neartile/array/array_config.h"
#include "neartile/workloads/accuracy.h"
#include "neartile/workloads/quantisation.h"
#include "neartile/workloads/workload.h"

namespace neartile {

/// The answers that one way of computing a network gave.
struct Answers {
  workloads::Accuracy accuracy;
  std::vector<std::size_t> classes;  ///< argmax by image
};

/// Images on which two ways agree.
std::size_t agreement(const Answers& a, const Answers& b);

Answers float_answers(const workloads::Workload& workload);

/// Calibrates and quantises, activations by `scheme`.
workloads::QuantisedNetwork quantised(const workloads::Workload& workload, workloads::Scheme scheme);

/// Answers of the executor: `arrays` as Executor takes them; `phase` is for the progress line.
Answers executor_answers(const workloads::Workload& workload, const workloads::QuantisedNetwork& network,
                         std::vector<array::ArrayConfig> arrays, const char* phase);

/// Ranks outputs that somebody computed: images x outputs, patterns.
Answers rank(const workloads::Workload& workload, const workloads::QuantisedNetwork& network,
             const std::vector<std::uint8_t>& outputs);

}  // namespace neartile
