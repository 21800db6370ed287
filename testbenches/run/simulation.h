#pragma once

#include "neartile/router/chip_config.h"
#include "neartile/sc_models/run.h"
#include "neartile/workloads/quantisation.h"
#include "neartile/workloads/workload.h"
#include "run/inputs.h"
#include "run/timeline_file.h"

namespace neartile {

/// Compiles the network and runs its images on the SystemC chip; outputs come in CHW order, as the
/// executor's do. The first images go into `timeline` unless that is null. Once a process. Throws InputError
/// where the images are no multiple of those in flight.
sc_models::RunResult simulate(const workloads::Workload& workload, const workloads::QuantisedNetwork& network,
                              const ChosenRouting& routing, const router::ChipConfig& chip,
                              std::uint32_t images_in_flight, TimelineFile* timeline);

/// Runs one encoded input of a network on the SystemC chip, which writes `timeline` unless that is null. Once
/// a process.
sc_models::RunResult simulate(const workloads::QuantisedNetwork& network, const ChosenRouting& routing,
                              const router::ChipConfig& chip, std::vector<std::uint8_t> input,
                              TimelineFile* timeline);

}  // namespace neartile
