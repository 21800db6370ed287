#include "neartile/memory/hbm2.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "hbm2_controller.h"
#include "neartile/memory/address_map.h"

namespace neartile::memory {

struct Hbm2Model::Parts {
  explicit Parts(const Hbm2Config& checked)
      : config(checked),
        clocks(config),
        map(config, "memory"),
        path_ps(static_cast<std::uint64_t>(std::llround(config.path_ns * 1000))),
        counts(config.channels) {
    for (std::uint64_t i = 0; i < config.channels * config.pseudo_channels; ++i)
      controllers.emplace_back(config, clocks, i);
  }
  /// The first edge from a time on. Times are whole picoseconds: one that is less than that late is the
  /// edge's.
  std::uint64_t clock_at(std::uint64_t ps) const {
    const auto early_ps = static_cast<double>(std::max<std::uint64_t>(ps, 1) - 1);
    return static_cast<std::uint64_t>(std::ceil(early_ps * config.clock_MHz * 1e-6));
  }
  std::uint64_t ps_at(std::uint64_t clock) const {
    return static_cast<std::uint64_t>(std::ceil(static_cast<double>(clock) / config.clock_MHz * 1e6));
  }

  const Hbm2Config config;
  const Hbm2Clocks clocks;
  const AddressMap map;
  const std::uint64_t path_ps;
  std::vector<Hbm2Controller> controllers;
  std::vector<Hbm2Counts> counts;
};

Hbm2Model::Hbm2Model(const Hbm2Config& config) : parts_(std::make_unique<Parts>(config)) {}
Hbm2Model::~Hbm2Model() = default;

Hbm2Times Hbm2Model::access(bool write, std::uint64_t address, std::uint64_t bytes,
                            std::uint64_t arrival_ps) {
  Parts& p = *parts_;
  const std::uint64_t arrival = p.clock_at(arrival_ps), burst = burst_bytes(p.config);
  std::uint64_t accepted = arrival, complete = arrival;
  for (std::uint64_t done = 0; done < bytes;) {
    const std::uint64_t at = address + done;
    const std::uint64_t part = std::min(bytes - done, burst - at % burst);
    const Hbm2Location location = p.map(at);
    Hbm2Counts& counts = p.counts[location.channel];
    auto& controller = p.controllers[location.channel * p.config.pseudo_channels + location.pseudo_channel];
    const PseudoChannel::Burst times = controller.serve(write, location, arrival, counts);
    (write ? counts.written_bytes : counts.read_bytes) += part;
    accepted = std::max(accepted, times.accepted);
    complete = std::max(complete, times.data_end);
    done += part;
  }
  return {p.ps_at(accepted), p.ps_at(complete) + p.path_ps};
}

void Hbm2Model::idle_until(std::uint64_t time_ps) {
  Parts& p = *parts_;
  for (std::size_t i = 0; i < p.controllers.size(); ++i)
    p.controllers[i].idle_until(p.clock_at(time_ps), p.counts[i / p.config.pseudo_channels]);
}

const std::vector<Hbm2Counts>& Hbm2Model::counts() const {
  return parts_->counts;
}

void Hbm2Model::observe(std::function<void(const Hbm2Command&)> observer) {
  for (Hbm2Controller& controller : parts_->controllers) controller.observe(observer);
}

}  // namespace neartile::memory
