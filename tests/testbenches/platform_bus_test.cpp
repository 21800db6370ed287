#include "platform/bus.h"

#include <gmock/gmock.h>

#include <cstring>
#include <random>

#include "neartile/sc_models/hbm2.h"
#include "support/at_initiator.h"
#include "support/protocol_bench.h"

namespace neartile::platform {
namespace {

using sc_core::SC_NS;
using sc_core::sc_time;
using testing_support::AtInitiator;
using testing_support::ProtocolChecker;
using testing_support::ResponseEnd;
namespace bench = testing_support::protocol_bench;
using Payload = tlm::tlm_generic_payload;

constexpr std::uint64_t low = 0x1000, high = 0x80000000, window_bytes = 0x100000;

/// An initiator's way over a bus to two memories, a checker on each socket.
struct TwoMemories : sc_core::sc_module {
  explicit TwoMemories(sc_core::sc_module_name name) : sc_module(name) {
    initiator.socket.bind(above.upstream);
    above.downstream.bind(bus.initiator);
    bus.targets.bind(first_below.upstream);
    bus.targets.bind(second_below.upstream);
    first_below.downstream.bind(first.socket);
    second_below.downstream.bind(second.socket);
    sc_core::sc_spawn([this] { work(*this); }, "work");
  }
  std::function<void(TwoMemories&)> work;
  AtInitiator initiator{"initiator", 16};
  ProtocolChecker above{"above"}, first_below{"first_below"}, second_below{"second_below"};
  Bus bus{"bus", {{low, window_bytes}, {high, window_bytes}}};
  sc_models::Hbm2 first{"first", {}}, second{"second", {}};
};

void prepare(Payload& payload, tlm::tlm_command command, std::uint64_t address, void* data, unsigned bytes) {
  payload.set_command(command);
  payload.set_address(address);
  payload.set_data_ptr(static_cast<unsigned char*>(data));
  payload.set_data_length(bytes);
  payload.set_streaming_width(bytes);
  payload.set_dmi_allowed(false);
  payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
}

tlm::tlm_response_status blocking(TwoMemories& top, tlm::tlm_command command, std::uint64_t address,
                                  void* data, unsigned bytes) {
  Payload payload;
  prepare(payload, command, address, data, bytes);
  sc_time delay;
  top.initiator.socket->b_transport(payload, delay);
  return payload.get_response_status();
}

TEST(PlatformBus, LeadsEachAddressToItsTarget) {
  TwoMemories top("top");
  bool done = false;
  top.work = [&](TwoMemories& t) {
    std::uint32_t here = 0x11111111, there = 0x22222222, back = 0;
    EXPECT_EQ(blocking(t, tlm::TLM_WRITE_COMMAND, low + 8, &here, 4), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(blocking(t, tlm::TLM_WRITE_COMMAND, high + 8, &there, 4), tlm::TLM_OK_RESPONSE);
    Payload direct;
    prepare(direct, tlm::TLM_READ_COMMAND, 8, &back, 4);
    EXPECT_EQ(t.first_below.downstream->transport_dbg(direct), 4u);
    EXPECT_EQ(back, here);
    EXPECT_EQ(t.second_below.downstream->transport_dbg(direct), 4u);
    EXPECT_EQ(back, there);
    direct.set_address(high + 8);
    back = 0;
    EXPECT_EQ(t.initiator.socket->transport_dbg(direct), 4u);
    EXPECT_EQ(back, there);
    done = true;
  };
  sc_core::sc_start();
  EXPECT_TRUE(done);
}

TEST(PlatformBus, RefusesWhatNoWindowHoldsWhole) {
  TwoMemories top("top");
  bool done = false;
  top.work = [&](TwoMemories& t) {
    std::uint64_t data = 0;
    for (const std::uint64_t address : {std::uint64_t{0}, low - 4, low + window_bytes - 4, high - 1,
                                        high + window_bytes, ~std::uint64_t{0} - 3}) {
      EXPECT_EQ(blocking(t, tlm::TLM_READ_COMMAND, address, &data, 8), tlm::TLM_ADDRESS_ERROR_RESPONSE)
          << std::hex << address;
      Payload payload;
      prepare(payload, tlm::TLM_READ_COMMAND, address, &data, 8);
      EXPECT_EQ(t.initiator.socket->transport_dbg(payload), 0u);
    }
    EXPECT_EQ(blocking(t, tlm::TLM_READ_COMMAND, low + window_bytes - 8, &data, 8), tlm::TLM_OK_RESPONSE);
    done = true;
  };
  sc_core::sc_start();
  EXPECT_TRUE(done);
}

TEST(PlatformBus, TranslatesDirectMemoryAndItsEnd) {
  TwoMemories top("top");
  std::vector<std::pair<std::uint64_t, std::uint64_t>> invalidated;
  bool done = false;
  top.initiator.on_invalidation = [&] { invalidated.emplace_back(); };
  top.work = [&](TwoMemories& t) {
    std::uint32_t word = 0xabcdef01;
    blocking(t, tlm::TLM_WRITE_COMMAND, high + 0x20, &word, 4);
    Payload payload;
    prepare(payload, tlm::TLM_READ_COMMAND, high + 0x20, nullptr, 0);
    tlm::tlm_dmi dmi;
    ASSERT_TRUE(t.initiator.socket->get_direct_mem_ptr(payload, dmi));
    EXPECT_GE(dmi.get_start_address(), high);
    EXPECT_LT(dmi.get_end_address(), high + window_bytes);
    std::uint32_t back = 0;
    std::memcpy(&back, dmi.get_dmi_ptr() + (high + 0x20 - dmi.get_start_address()), 4);
    EXPECT_EQ(back, word);
    prepare(payload, tlm::TLM_READ_COMMAND, 0, nullptr, 0);
    EXPECT_FALSE(t.initiator.socket->get_direct_mem_ptr(payload, dmi));
    EXPECT_TRUE(invalidated.empty());
    t.second.allow_dmi(false);
    EXPECT_FALSE(invalidated.empty());
    done = true;
  };
  sc_core::sc_start();
  EXPECT_TRUE(done);
}

// Each transaction has a place of its own, so that any order of responses is right.
TEST(PlatformBus, CarriesManyPhasedTransactionsToBothTargets) {
  constexpr std::size_t count = 600;
  constexpr unsigned bytes = 64;
  TwoMemories top("top");
  std::mt19937 random(4);
  std::size_t responses = 0;
  top.initiator.on_response = [&](Payload& payload) {
    EXPECT_EQ(payload.get_response_status(), tlm::TLM_OK_RESPONSE);
    ++responses;
  };
  top.initiator.how_to_end = [&] {
    if (random() % 2) return ResponseEnd{};
    return ResponseEnd{tlm::TLM_ACCEPTED, sc_time(random() % 20, SC_NS)};
  };
  std::vector<unsigned char> written(count * bytes), read(count * bytes);
  for (auto& byte : written) byte = static_cast<unsigned char>(random());
  top.work = [&](TwoMemories& t) {
    for (const bool writes : {true, false}) {
      for (std::size_t i = 0; i < count; ++i) {
        Payload& payload = t.initiator.pool.allocate();
        prepare(payload, writes ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND,
                (i % 3 ? low : high) + i * bytes, &(writes ? written : read)[i * bytes], bytes);
        t.initiator.send(payload);
        if (random() % 4 == 0) sc_core::wait(sc_time(random() % 10, SC_NS));
      }
      t.initiator.drain();
    }
  };
  sc_core::sc_start();
  EXPECT_EQ(responses, 2 * count);
  EXPECT_EQ(read, written);
  EXPECT_EQ(top.above.in_flight() + top.first_below.in_flight() + top.second_below.in_flight(), 0u);
}

/// A bus whose target does what a case tells it to.
struct ToldTarget : sc_core::sc_module {
  explicit ToldTarget(sc_core::sc_module_name name) : sc_module(name) {
    initiator.socket.bind(above.upstream);
    above.downstream.bind(bus.initiator);
    bus.targets.bind(below.upstream);
    below.downstream.bind(target.socket);
    sc_core::sc_spawn([this] { work(); }, "work");
  }
  std::function<void()> work;
  bench::NoPool pool;
  Payload payload{&pool};
  bench::Initiator initiator{"initiator"};
  ProtocolChecker above{"above"}, below{"below"};
  Bus bus{"bus", {{low, window_bytes}}};
  bench::Target target{"target"};
};

// Targets may skip phases: complete at once, or answer in the call that takes the request.
TEST(PlatformBus, LetsTargetsSkipPhases) {
  ToldTarget top("top");
  std::vector<sc_time> responses;
  top.initiator.nb = [&](Payload& payload, tlm::tlm_phase& phase, sc_time&) {
    EXPECT_EQ(phase, tlm::BEGIN_RESP);
    EXPECT_EQ(payload.get_address(), low + 4);
    responses.push_back(sc_core::sc_time_stamp());
    phase = tlm::END_RESP;
    return tlm::TLM_UPDATED;
  };
  auto result = tlm::TLM_UPDATED;
  top.target.nb = [&](Payload& payload, tlm::tlm_phase& phase, sc_time& delay) {
    EXPECT_EQ(payload.get_address(), 4u);
    if (phase == tlm::END_RESP) return tlm::TLM_ACCEPTED;
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    delay += sc_time(7, SC_NS);
    phase = tlm::BEGIN_RESP;
    return result;
  };
  unsigned char data[4];
  const auto send = [&](std::uint64_t address, tlm::tlm_phase& phase) {
    prepare(top.payload, tlm::TLM_READ_COMMAND, address, data, 4);
    top.payload.acquire();
    phase = tlm::BEGIN_REQ;
    sc_time delay;
    const auto returned = top.initiator.socket->nb_transport_fw(top.payload, phase, delay);
    sc_core::wait(sc_time(100, SC_NS));
    top.payload.release();
    return returned;
  };
  top.work = [&] {
    tlm::tlm_phase phase;
    EXPECT_EQ(send(low + 4, phase), tlm::TLM_UPDATED);
    EXPECT_EQ(phase, tlm::END_REQ);
    EXPECT_EQ(responses, std::vector{sc_time(7, SC_NS)});
    result = tlm::TLM_COMPLETED;
    EXPECT_EQ(send(low + 4, phase), tlm::TLM_COMPLETED);
    EXPECT_EQ(top.payload.get_address(), low + 4);
    EXPECT_EQ(send(low - 1, phase), tlm::TLM_COMPLETED);
    EXPECT_EQ(top.payload.get_response_status(), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  };
  sc_core::sc_start();
  EXPECT_EQ(responses.size(), 1u);
  EXPECT_EQ(top.pool.freed, 3);
}

}  // namespace
}  // namespace neartile::platform
