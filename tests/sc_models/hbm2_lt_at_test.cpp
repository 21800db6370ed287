// The same traffic loosely and approximately timed: how far apart are they?
#include <fmt/format.h>

#include <cmath>
#include <deque>
#include <functional>
#include <iostream>
#include <queue>
#include <random>

#include "neartile/sc_models/hbm2.h"
#include "support/at_initiator.h"
#include "support/protocol_checker.h"

namespace neartile::sc_models {
namespace {

using sc_core::SC_NS;
using sc_core::sc_time;
using Payload = tlm::tlm_generic_payload;

struct Request {
  tlm::tlm_command command;
  std::uint64_t address;
};
enum class Mode { at, lt };

constexpr unsigned bytes = 512;
constexpr std::size_t outstanding = 64;

/// A DMA engine: a request of 512 bytes each clock of its own, up to 64 in flight.
class Engine : public sc_core::sc_module {
 public:
  testing_support::AtInitiator initiator{"initiator", outstanding};
  testing_support::ProtocolChecker checker{"checker"};
  sc_time finished;

  Engine(sc_core::sc_module_name name, std::vector<Request> requests, Mode mode, const sc_time& quantum)
      : sc_module(name), requests_(std::move(requests)), mode_(mode), quantum_(quantum) {
    initiator.socket.bind(checker.upstream);
    SC_HAS_PROCESS(Engine);
    SC_THREAD(run);
  }

 private:
  void run() {
    if (mode_ == Mode::at) {
      run_approximately_timed();
    } else {
      run_loosely_timed();
    }
  }
  void prepare(Payload& payload, const Request& request) {
    payload.set_command(request.command);
    payload.set_address(request.address);
    payload.set_data_ptr(data_);
    payload.set_data_length(bytes);
    payload.set_streaming_width(bytes);
    payload.set_dmi_allowed(false);
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  }
  void run_approximately_timed() {
    for (const Request& request : requests_) {
      Payload& payload = initiator.pool.allocate();
      prepare(payload, request);
      initiator.send(payload);
      wait(clock_);
    }
    initiator.drain();
    finished = sc_core::sc_time_stamp();
  }
  /// Times of sending and completion run ahead of the simulation by a quantum.
  void run_loosely_timed() {
    Payload payload;
    std::priority_queue<sc_time, std::vector<sc_time>, std::greater<>> in_flight;
    sc_time send = sc_core::SC_ZERO_TIME, last;
    for (const Request& request : requests_) {
      if (in_flight.size() == outstanding) {
        send = std::max(send, in_flight.top());
        in_flight.pop();
      }
      const sc_time now = sc_core::sc_time_stamp();
      if (send > now + quantum_) wait(send - now);
      sc_time delay = send - sc_core::sc_time_stamp();
      prepare(payload, request);
      initiator.socket->b_transport(payload, delay);
      in_flight.push(sc_core::sc_time_stamp() + delay);
      last = std::max(last, sc_core::sc_time_stamp() + delay);
      send += clock_;
    }
    finished = last;
  }

  std::vector<Request> requests_;
  Mode mode_;
  sc_time quantum_, clock_{1000 / 940.0, SC_NS};
  unsigned char data_[bytes] = {};
};

struct Traffic {
  const char* name;
  std::vector<std::vector<Request>> engines;
};

std::vector<Request> stream(tlm::tlm_command command, std::uint64_t base) {
  std::vector<Request> requests;
  for (std::uint64_t i = 0; i < 8192; ++i) requests.push_back({command, base + i * bytes});
  return requests;
}
std::vector<Request> random_reads(unsigned seed) {
  std::mt19937_64 random(seed);
  std::vector<Request> requests;
  for (int i = 0; i < 4096; ++i)
    requests.push_back({tlm::TLM_READ_COMMAND, random() % (std::uint64_t{1} << 26) * bytes});
  return requests;
}

std::vector<Traffic> traffics() {
  const std::uint64_t apart = std::uint64_t{1} << 30;
  const auto loads = stream(tlm::TLM_READ_COMMAND, 0),
             other_loads = stream(tlm::TLM_READ_COMMAND, apart + 4096);
  const auto stores = stream(tlm::TLM_WRITE_COMMAND, 2 * apart + 8192);
  return {{"one engine loads", {loads}},
          {"two engines load", {loads, other_loads}},
          {"one loads, one stores", {loads, stores}},
          {"one engine, random", {random_reads(1)}},
          {"two engines, random", {random_reads(1), random_reads(2)}}};
}

/// A memory with an engine for each list of requests.
struct System {
  System(const std::string& name, const Traffic& traffic, std::uint64_t channels, Mode mode,
         const sc_time& quantum)
      : memory((name + "_memory").c_str(), config_of(channels)) {
    for (const auto& requests : traffic.engines) {
      const std::string engine = fmt::format("{}_engine{}", name, engines.size());
      engines.push_back(std::make_unique<Engine>(engine.c_str(), requests, mode, quantum));
      engines.back()->checker.downstream.bind(memory.socket);
    }
  }
  static memory::Hbm2Config config_of(std::uint64_t channels) {
    memory::Hbm2Config config;
    config.rows *= config.channels / channels;
    config.channels = channels;
    return config;
  }
  double microseconds() const {
    sc_time end;
    for (const auto& engine : engines) end = std::max(end, engine->finished);
    return end.to_seconds() * 1e6;
  }

  Hbm2 memory;
  std::vector<std::unique_ptr<Engine>> engines;
};

// All memories are in one simulation; they do not know of each other.
void compare_loosely_with_approximately_timed(const std::vector<std::uint64_t>& all_channels) {
  struct Row {
    const char* traffic;
    std::uint64_t channels;
    std::unique_ptr<System> at, lt, ahead, far_ahead;
  };
  const sc_time never = sc_core::SC_ZERO_TIME;
  std::deque<Row> rows;
  for (const std::uint64_t channels : all_channels) {
    for (const Traffic& traffic : traffics()) {
      const std::string name = fmt::format("t{}", rows.size());
      const auto make = [&](const char* kind, Mode mode, const sc_time& ahead) {
        return std::make_unique<System>(name + kind, traffic, channels, mode, ahead);
      };
      rows.push_back({traffic.name, channels, make("_at", Mode::at, never), make("_lt", Mode::lt, never),
                      make("_ahead", Mode::lt, {1, sc_core::SC_US}),
                      make("_far_ahead", Mode::lt, {10, sc_core::SC_US})});
    }
  }
  sc_core::sc_start();
  std::cout << "\n| traffic | channels | AT, us | LT, quantum 0 | LT, quantum 1 us | LT, quantum 10 us "
               "|\n|---|---|---|---|---|---|\n";
  for (const Row& row : rows) {
    const double at = row.at->microseconds();
    const auto percent = [&](const System& other) { return 100 * (other.microseconds() - at) / at; };
    EXPECT_LE(std::abs(percent(*row.lt)), 10) << row.traffic << ", channels " << row.channels;
    // Who runs far ahead sees less of the others' turns of the bus: see docs/reference/memory.md.
    EXPECT_LE(std::abs(percent(*row.ahead)), 25) << row.traffic << ", channels " << row.channels;
    EXPECT_LE(std::abs(percent(*row.far_ahead)), 25) << row.traffic << ", channels " << row.channels;
    std::cout << fmt::format("| {} | {} | {:.2f} | {:+.1f} % | {:+.1f} % | {:+.1f} % |\n", row.traffic,
                             row.channels, at, percent(*row.lt), percent(*row.ahead),
                             percent(*row.far_ahead));
  }
  std::cout << '\n';
}

TEST(Hbm2, LooselyTimedTrafficTakesTheTimeOfApproximatelyTimed) {
  compare_loosely_with_approximately_timed({32});
}

TEST(LongHbm2, LooselyTimedTrafficTakesTheTimeOfApproximatelyTimed) {
  compare_loosely_with_approximately_timed({1, 8, 32});
}

}  // namespace
}  // namespace neartile::sc_models
