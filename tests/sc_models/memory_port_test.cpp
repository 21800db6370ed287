#include "sc_models/memory_port.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>

#include "neartile/sc_models/hbm2.h"
#include "neartile/sc_models/status_repair.h"
#include "support/protocol_checker.h"

namespace neartile::sc_models {
namespace {

using memory::DmaConfig;
using memory::DmaTransport;
using Payload = tlm::tlm_generic_payload;

/// Passes blocking calls and phases on, says what they were, and forgets the status of some.
struct Wire : sc_core::sc_module, tlm::tlm_fw_transport_if<>, tlm::tlm_bw_transport_if<> {
  explicit Wire(sc_core::sc_module_name name) : sc_module(name) {
    upstream.bind(*this);
    downstream.bind(*this);
  }
  void b_transport(Payload& payload, sc_core::sc_time& delay) override {
    note(payload);
    delays.push_back(delay);
    downstream->b_transport(payload, delay);
    spoil(payload);
  }
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    if (phase == tlm::BEGIN_REQ) {
      note(payload);
      most_in_flight = std::max(most_in_flight, ++in_flight);
    }
    return downstream->nb_transport_fw(payload, phase, delay);
  }
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    if (phase == tlm::BEGIN_RESP) {
      --in_flight;
      spoil(payload);
    }
    return upstream->nb_transport_bw(payload, phase, delay);
  }
  bool get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) override {
    return downstream->get_direct_mem_ptr(payload, dmi);
  }
  void invalidate_direct_mem_ptr(sc_dt::uint64 start, sc_dt::uint64 end) override {
    upstream->invalidate_direct_mem_ptr(start, end);
  }
  unsigned transport_dbg(Payload& payload) override { return downstream->transport_dbg(payload); }

  void note(const Payload& payload) {
    addresses.push_back(payload.get_address());
    lengths.push_back(payload.get_data_length());
    EXPECT_EQ(payload.get_streaming_width(), payload.get_data_length());
  }
  void spoil(Payload& payload) const {
    if (status_of_all) payload.set_response_status(*status_of_all);
  }

  std::vector<std::uint64_t> addresses, lengths;
  std::vector<sc_core::sc_time> delays;
  int in_flight = 0, most_in_flight = 0;
  std::optional<tlm::tlm_response_status> status_of_all;
  tlm::tlm_target_socket<32> upstream{"upstream"};
  tlm::tlm_initiator_socket<32> downstream{"downstream"};
};

DmaConfig config_of(DmaTransport transport) {
  DmaConfig config;
  config.burst_bytes = 256;
  config.boundary_bytes = 512;
  config.outstanding_bursts = 4;
  config.transport = transport;
  return config;
}

/// A port, a checker, a wire and HBM2; `work` is the engine.
struct Bench : sc_core::sc_module {
  Bench(sc_core::sc_module_name name, const DmaConfig& config, bool repaired = false)
      : sc_module(name), port(MemoryPort::make("port", Clock(1000), config)) {
    port->socket.bind(checker.upstream);
    wire.downstream.bind(memory.socket);
    if (repaired) {
      repair = std::make_unique<StatusRepair>("repair");
      checker.downstream.bind(repair->upstream);
      repair->downstream.bind(wire.upstream);
    } else {
      checker.downstream.bind(wire.upstream);
    }
    SC_HAS_PROCESS(Bench);
    SC_THREAD(run);
  }
  void run() {
    work();
    finished = true;
  }
  /// Moves `data` and waits until that is done; whether memory said OK.
  bool move(tlm::tlm_command command, std::uint64_t address, std::vector<std::uint8_t>& data) {
    std::optional<bool> answer;
    sc_core::sc_event done;
    const std::uint64_t half = data.size() / 2;
    port->send({command,
                {{address, data.data(), half}, {address + half, data.data() + half, data.size() - half}},
                0,
                [&](bool ok, std::uint64_t) {
                  answer = ok;
                  done.notify(sc_core::SC_ZERO_TIME);
                }},
               Clock(1000).cycle(sc_core::sc_time_stamp()));
    if (!answer) wait(done);
    return *answer;
  }

  std::unique_ptr<MemoryPort> port;
  testing_support::ProtocolChecker checker{"checker"};
  std::unique_ptr<StatusRepair> repair;
  Wire wire{"wire"};
  Hbm2 memory{"memory", {}};
  std::function<void()> work;
  bool finished = false;
};

std::vector<std::uint8_t> counting(std::size_t bytes) {
  std::vector<std::uint8_t> data(bytes);
  std::iota(data.begin(), data.end(), std::uint8_t{3});
  return data;
}

class MemoryPortStyles : public testing::TestWithParam<DmaTransport> {};

TEST_P(MemoryPortStyles, MovesAllBytesInBurstsThatKeepTheBoundary) {
  Bench bench("bench", config_of(GetParam()));
  bench.work = [&] {
    std::vector<std::uint8_t> sent = counting(6001), back(6001);
    EXPECT_TRUE(bench.move(tlm::TLM_WRITE_COMMAND, 499, sent));
    EXPECT_TRUE(bench.move(tlm::TLM_READ_COMMAND, 499, back));
    EXPECT_TRUE(sent == back);
  };
  sc_core::sc_start();
  ASSERT_TRUE(bench.finished);
  const auto& lengths = bench.wire.lengths;
  EXPECT_EQ(std::accumulate(lengths.begin(), lengths.end(), std::uint64_t{0}), 2 * 6001u);
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    EXPECT_LE(lengths[i], 256u);
    EXPECT_EQ(bench.wire.addresses[i] / 512, (bench.wire.addresses[i] + lengths[i] - 1) / 512);
  }
  if (GetParam() == DmaTransport::at) EXPECT_EQ(bench.wire.most_in_flight, 4);
}

TEST_P(MemoryPortStyles, AMemoryWithoutStatusIsAnErrorAndTheNextTransferWorks) {
  Bench bench("bench", config_of(GetParam()));
  bench.checker.permit(testing_support::rule::status_after);
  bench.work = [&] {
    std::vector<std::uint8_t> data = counting(3000);
    for (const auto status : {tlm::TLM_INCOMPLETE_RESPONSE, tlm::TLM_GENERIC_ERROR_RESPONSE}) {
      bench.wire.status_of_all = status;
      EXPECT_FALSE(bench.move(tlm::TLM_WRITE_COMMAND, 0, data));
      EXPECT_EQ(bench.checker.in_flight(), 0u);
      bench.wire.status_of_all.reset();
      EXPECT_TRUE(bench.move(tlm::TLM_WRITE_COMMAND, 0, data));
    }
  };
  sc_core::sc_start();
  EXPECT_TRUE(bench.finished);
}

TEST_P(MemoryPortStyles, StatusRepairMakesOkOfNoStatusOnly) {
  Bench bench("bench", config_of(GetParam()), true);
  bench.work = [&] {
    std::vector<std::uint8_t> sent = counting(3000), back(3000);
    bench.wire.status_of_all = tlm::TLM_INCOMPLETE_RESPONSE;
    EXPECT_TRUE(bench.move(tlm::TLM_WRITE_COMMAND, 64, sent));
    EXPECT_TRUE(bench.move(tlm::TLM_READ_COMMAND, 64, back));
    EXPECT_TRUE(sent == back);
    bench.wire.status_of_all = tlm::TLM_ADDRESS_ERROR_RESPONSE;
    EXPECT_FALSE(bench.move(tlm::TLM_READ_COMMAND, 64, back));
  };
  sc_core::sc_start();
  EXPECT_TRUE(bench.finished);
}

INSTANTIATE_TEST_SUITE_P(Styles, MemoryPortStyles, testing::Values(DmaTransport::lt, DmaTransport::at),
                         [](const auto& style) { return style.param == DmaTransport::at ? "at" : "lt"; });

TEST(MemoryPort, UsesDirectPointersUntilMemoryTakesThemBack) {
  DmaConfig config = config_of(DmaTransport::lt);
  config.dmi = true;
  Bench bench("bench", config);
  bench.work = [&] {
    std::vector<std::uint8_t> sent = counting(4096), back(4096);
    EXPECT_TRUE(bench.move(tlm::TLM_WRITE_COMMAND, 0, sent));
    EXPECT_EQ(bench.wire.addresses.size(), 1u) << "all but the first burst go by pointer";
    EXPECT_TRUE(bench.move(tlm::TLM_READ_COMMAND, 0, back));
    EXPECT_TRUE(sent == back);
    bench.memory.allow_dmi(false);
    EXPECT_TRUE(bench.move(tlm::TLM_READ_COMMAND, 0, back));
    EXPECT_EQ(bench.wire.addresses.size(), 1u + 16u);
    bench.memory.allow_dmi(true);
    EXPECT_TRUE(bench.move(tlm::TLM_READ_COMMAND, 0, back));
    EXPECT_EQ(bench.wire.addresses.size(), 1u + 16u + 1u);
    bench.port->stop();
    bench.port->resume();
    EXPECT_TRUE(bench.move(tlm::TLM_READ_COMMAND, 0, back));
    EXPECT_EQ(bench.wire.addresses.size(), 1u + 16u + 2u) << "a stop drops pointers";
  };
  sc_core::sc_start();
  EXPECT_TRUE(bench.finished);
}

class MemoryPortQuantum : public testing::TestWithParam<double> {};
TEST_P(MemoryPortQuantum, BoundsHowFarAnEngineRunsAhead) {
  const sc_core::sc_time quantum(GetParam(), sc_core::SC_NS);
  tlm::tlm_global_quantum::instance().set(quantum);
  DmaConfig config = config_of(DmaTransport::lt);
  config.outstanding_bursts = 1000;
  Bench bench("bench", config);
  bench.work = [&] {
    std::vector<std::uint8_t> data = counting(30'000);
    EXPECT_TRUE(bench.move(tlm::TLM_WRITE_COMMAND, 0, data));
  };
  sc_core::sc_start();
  ASSERT_GT(bench.wire.delays.size(), 100u);
  const sc_core::sc_time most = *std::max_element(bench.wire.delays.begin(), bench.wire.delays.end());
  EXPECT_LE(most, quantum);
  EXPECT_GE(most, quantum * 0.9) << "an engine makes use of its quantum";
}
INSTANTIATE_TEST_SUITE_P(Nanoseconds, MemoryPortQuantum, testing::Values(0.0, 20.0));

}  // namespace
}  // namespace neartile::sc_models
