#include "platform/interrupt_controller.h"

#include <gtest/gtest.h>
#include <tlm_utils/simple_initiator_socket.h>

#include <functional>

#include "support/protocol_checker.h"

namespace neartile::platform {
namespace {

struct Top : sc_core::sc_module {
  explicit Top(sc_core::sc_module_name name) : sc_module(name) {
    socket.bind(checker.upstream);
    checker.downstream.bind(controller.registers);
    for (unsigned i = 0; i < 3; ++i) controller.lines[i].bind(lines[i]);
    controller.interrupt.bind(interrupt);
    sc_core::sc_spawn([this] { work(); }, "work");
  }
  tlm::tlm_response_status access(tlm::tlm_command command, std::uint64_t address, void* data,
                                  unsigned bytes = 4) {
    tlm::tlm_generic_payload payload;
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(static_cast<unsigned char*>(data));
    payload.set_data_length(bytes);
    payload.set_streaming_width(bytes);
    sc_core::sc_time delay;
    socket->b_transport(payload, delay);
    return payload.get_response_status();
  }
  std::uint32_t pending() {
    std::uint32_t value = ~0u;
    EXPECT_EQ(access(tlm::TLM_READ_COMMAND, 0, &value), tlm::TLM_OK_RESPONSE);
    return value;
  }
  void enable(std::uint32_t value) {
    EXPECT_EQ(access(tlm::TLM_WRITE_COMMAND, 4, &value), tlm::TLM_OK_RESPONSE);
    settle();
  }
  void settle() { sc_core::wait(sc_core::sc_time(1, sc_core::SC_NS)); }

  std::function<void()> work;
  tlm_utils::simple_initiator_socket<Top, 32> socket{"socket"};
  testing_support::ProtocolChecker checker{"checker"};
  InterruptController controller{"controller", 3};
  sc_core::sc_vector<sc_core::sc_signal<bool>> lines{"lines", 3};
  sc_core::sc_signal<bool> interrupt{"interrupt"};
};

TEST(PlatformInterruptController, LetsThroughWhatIsHighAndEnabled) {
  Top top("top");
  bool done = false;
  top.work = [&] {
    top.lines[1].write(true);
    top.settle();
    EXPECT_FALSE(top.interrupt.read());
    EXPECT_EQ(top.pending(), 0u);
    top.enable(0b011);
    EXPECT_TRUE(top.interrupt.read());
    EXPECT_EQ(top.pending(), 0b010u);
    top.lines[2].write(true);
    top.lines[0].write(true);
    top.settle();
    EXPECT_EQ(top.pending(), 0b011u);
    top.lines[0].write(false);
    top.lines[1].write(false);
    top.settle();
    EXPECT_FALSE(top.interrupt.read());
    EXPECT_EQ(top.pending(), 0u);
    top.enable(0b100);
    EXPECT_TRUE(top.interrupt.read());
    std::uint32_t enabled = 0;
    EXPECT_EQ(top.access(tlm::TLM_READ_COMMAND, 4, &enabled), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(enabled, 0b100u);
    done = true;
  };
  sc_core::sc_start();
  EXPECT_TRUE(done);
}

TEST(PlatformInterruptController, RefusesWhatIsNoRegister) {
  Top top("top");
  bool done = false;
  top.work = [&] {
    std::uint64_t data = 0;
    EXPECT_EQ(top.access(tlm::TLM_READ_COMMAND, 8, &data), tlm::TLM_ADDRESS_ERROR_RESPONSE);
    EXPECT_EQ(top.access(tlm::TLM_READ_COMMAND, 2, &data), tlm::TLM_ADDRESS_ERROR_RESPONSE);
    EXPECT_EQ(top.access(tlm::TLM_READ_COMMAND, 0, &data, 8), tlm::TLM_BURST_ERROR_RESPONSE);
    EXPECT_EQ(top.access(tlm::TLM_WRITE_COMMAND, 0, &data), tlm::TLM_COMMAND_ERROR_RESPONSE);
    done = true;
  };
  sc_core::sc_start();
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace neartile::platform
