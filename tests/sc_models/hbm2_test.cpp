#include "neartile/sc_models/hbm2.h"

#include <functional>

#include "support/at_initiator.h"
#include "support/error_of.h"
#include "support/protocol_checker.h"

namespace neartile::sc_models {
namespace {

using sc_core::SC_NS;
using sc_core::sc_time;
using Payload = tlm::tlm_generic_payload;

/// One initiator before a memory; `work` is done in a thread.
struct Platform : sc_core::sc_module {
  explicit Platform(const memory::Hbm2Config& config = {}, std::size_t outstanding = 64)
      : sc_module(sc_core::sc_module_name("platform")),
        config(config),
        initiator("initiator", outstanding),
        memory("memory", config) {
    initiator.socket.bind(checker.upstream);
    checker.downstream.bind(memory.socket);
    SC_HAS_PROCESS(Platform);
    SC_THREAD(run);
  }
  void run() { work(); }
  void play(std::function<void()> what) {
    work = std::move(what);
    sc_core::sc_start();
    EXPECT_EQ(checker.in_flight(), 0u);
  }

  static void prepare(Payload& payload, tlm::tlm_command command, std::uint64_t address, void* data,
                      unsigned bytes) {
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(static_cast<unsigned char*>(data));
    payload.set_data_length(bytes);
    payload.set_streaming_width(bytes);
    payload.set_byte_enable_ptr(nullptr);
    payload.set_dmi_allowed(false);
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  }
  sc_time blocking(Payload& payload, const sc_time& delay = sc_core::SC_ZERO_TIME) {
    sc_time annotated = delay;
    initiator.socket->b_transport(payload, annotated);
    return annotated - delay;
  }
  void send(tlm::tlm_command command, std::uint64_t address, void* data, unsigned bytes) {
    Payload& payload = initiator.pool.allocate();
    prepare(payload, command, address, data, bytes);
    initiator.send(payload);
  }

  memory::Hbm2Config config;
  std::function<void()> work;
  testing_support::AtInitiator initiator;
  testing_support::ProtocolChecker checker{"checker"};
  Hbm2 memory;
};

TEST(Hbm2, BlockingTransportAnnotatesTheTimeOfTheModel) {
  Platform platform;
  memory::Hbm2Model judge(platform.config);
  platform.play([&] {
    unsigned char data[512];
    Payload payload;
    for (const std::uint64_t address : {0, 512, 0, 1 << 30}) {
      Platform::prepare(payload, tlm::TLM_READ_COMMAND, address, data, sizeof data);
      const sc_time taken = platform.blocking(payload, sc_time(7, SC_NS));
      const auto expected_ps = judge.access(false, address, sizeof data, 7000).complete_ps - 7000;
      EXPECT_EQ(taken, sc_time(static_cast<double>(expected_ps), sc_core::SC_PS));
    }
  });
}

TEST(Hbm2, BothWaysOfTransportTakeTheSameTimeForATransactionByItself) {
  Platform platform;
  memory::Hbm2Model judge(platform.config);
  platform.play([&] {
    unsigned char data[512];
    sc_core::wait(1, sc_core::SC_US);
    const sc_time start = sc_core::sc_time_stamp();
    platform.send(tlm::TLM_READ_COMMAND, 4096, data, sizeof data);
    EXPECT_EQ(sc_core::sc_time_stamp(), start) << "the queue is empty";
    platform.initiator.drain();
    EXPECT_EQ(sc_core::sc_time_stamp(),
              sc_time(static_cast<double>(judge.access(false, 4096, sizeof data, 1'000'000).complete_ps),
                      sc_core::SC_PS));
  });
}

TEST(Hbm2, AFullQueueHoldsTheNextRequestBack) {
  memory::Hbm2Config config;
  config.channels = 1;
  config.queue_bursts = 8;
  Platform platform(config);
  platform.play([&] {
    static unsigned char data[4096];
    platform.send(tlm::TLM_READ_COMMAND, 0, data, 512);  // eight bursts for each pseudo channel
    EXPECT_EQ(sc_core::sc_time_stamp(), sc_core::SC_ZERO_TIME);
    platform.send(tlm::TLM_READ_COMMAND, 512, data, 512);
    EXPECT_GT(sc_core::sc_time_stamp(), sc_core::SC_ZERO_TIME);
    EXPECT_LT(sc_core::sc_time_stamp(), sc_time(config.path_ns, SC_NS))
        << "it does not wait for the response";
    platform.initiator.drain();
  });
}

TEST(Hbm2, SeveralTransactionsAreInFlight) {
  Platform platform;
  std::size_t most = 0;
  platform.initiator.on_response = [&](Payload&) { most = std::max(most, platform.checker.in_flight()); };
  platform.play([&] {
    static unsigned char data[64 * 512];
    for (unsigned i = 0; i < 64; ++i) platform.send(tlm::TLM_READ_COMMAND, i * 512, data + i * 512, 512);
    platform.initiator.drain();
    const double GBps = sizeof data / (sc_core::sc_time_stamp().to_seconds() * 1e9);
    EXPECT_GT(GBps, 200) << "one by one it would be 5";
  });
  EXPECT_EQ(most, 64u);
}

TEST(Hbm2, DmiSeesWhatTransportSees) {
  Platform platform;
  platform.play([&] {
    unsigned char data[4] = {1, 2, 3, 4};
    Payload payload;
    Platform::prepare(payload, tlm::TLM_WRITE_COMMAND, 70'000, data, 4);
    platform.blocking(payload);
    EXPECT_TRUE(payload.is_dmi_allowed());
    tlm::tlm_dmi dmi;
    Platform::prepare(payload, tlm::TLM_READ_COMMAND, 70'000, data, 4);
    ASSERT_TRUE(platform.initiator.socket->get_direct_mem_ptr(payload, dmi));
    EXPECT_LE(dmi.get_end_address() - dmi.get_start_address(), 65535u);
    EXPECT_GT(dmi.get_read_latency(), sc_core::SC_ZERO_TIME);
    unsigned char* place = dmi.get_dmi_ptr() + (70'000 - dmi.get_start_address());
    EXPECT_EQ(place[2], 3);
    place[2] = 9;
    platform.blocking(payload);
    EXPECT_EQ(data[2], 9);
  });
}

TEST(Hbm2, DmiIsTakenBack) {
  Platform platform;
  int invalidations = 0;
  platform.initiator.on_invalidation = [&] { ++invalidations; };
  platform.play([&] {
    unsigned char data[4];
    Payload payload;
    tlm::tlm_dmi dmi;
    Platform::prepare(payload, tlm::TLM_READ_COMMAND, 0, data, 4);
    EXPECT_TRUE(platform.initiator.socket->get_direct_mem_ptr(payload, dmi));
    platform.memory.allow_dmi(false);
    EXPECT_EQ(invalidations, 1);
    EXPECT_FALSE(platform.initiator.socket->get_direct_mem_ptr(payload, dmi));
    platform.blocking(payload);
    EXPECT_FALSE(payload.is_dmi_allowed());
    platform.memory.allow_dmi(true);
    EXPECT_EQ(invalidations, 1);
    payload.set_address(size_bytes(platform.config));
    EXPECT_FALSE(platform.initiator.socket->get_direct_mem_ptr(payload, dmi));
  });
}

TEST(Hbm2, CountsByChannelWithRefreshesUpToNow) {
  Platform platform;
  platform.play([&] {
    static unsigned char data[2048];
    Payload payload;
    Platform::prepare(payload, tlm::TLM_WRITE_COMMAND, 512, data, 1024);  // channels 1 and 2
    platform.blocking(payload);
    sc_core::wait(40, sc_core::SC_US);
    const auto& counts = platform.memory.counts();
    EXPECT_EQ(counts[0].writes, 0u);
    EXPECT_EQ(counts[1].written_bytes, 512u);
    EXPECT_EQ(counts[2].writes, 16u);
    EXPECT_EQ(counts[2].activates, 8u) << "a row in each bank group of both pseudo channels";
    for (const auto& channel : counts) EXPECT_EQ(channel.refreshes, 2u * 10u);
  });
}

TEST(Hbm2, RefusesAConfigurationThatDoesNotFit) {
  memory::Hbm2Config config;
  config.channels = 3;
  EXPECT_EQ(testing_support::error_of([&] { Hbm2 memory("odd", config); }),
            "odd: /channels: is 3, expected a power of two");
}

}  // namespace
}  // namespace neartile::sc_models
