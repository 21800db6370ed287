#include "sc_models/host_port.h"

#include "neartile/sc_models/host_map.h"
#include "support/chip_platform.h"
#include "support/small_networks.h"

namespace neartile::sc_models {
namespace {

using sc_core::sc_time;
using sc_core::SC_US;
using testing_support::BareChip;

/// A chip with a program of two layers.
struct Platform {
  static workloads::QuantisedNetwork two_layers() {
    testing_support::NetworkBuilder net({4, 5, 5}, 1);
    net.fully_connected(net.convolution(0, 6, testing_support::window(3)), 4);
    return net.quantise();
  }
  workloads::QuantisedNetwork network = two_layers();
  router::ChipConfig config = testing_support::small_chip();
  router::Program program = router::compile(network, {0, 0}, config);
  BareChip bare{"platform", program, config};
};

bool granted(BareChip& bare) {
  tlm::tlm_generic_payload payload;
  tlm::tlm_dmi dmi;
  payload.set_write();
  payload.set_address(host_map::buffer_window + 5);
  return bare.host.socket->get_direct_mem_ptr(payload, dmi);
}

TEST(HostPortDmi, IsForIdleChipsAndTakenBackByDoorbellAndReset) {
  Platform platform;
  BareChip& bare = platform.bare;
  int taken_back = 0;
  bare.host.on_invalidation = [&] { ++taken_back; };
  bare.work = [&] {
    sc_core::wait(sc_core::SC_ZERO_TIME);
    EXPECT_TRUE(granted(bare));
    bare.submit();
    EXPECT_EQ(taken_back, 1);
    EXPECT_FALSE(granted(bare)) << "the chip is busy";
    sc_core::wait(bare.irq.posedge_event());
    EXPECT_TRUE(granted(bare));
    bare.reset.write(true);
    sc_core::wait(sc_time(1, SC_US));
    EXPECT_EQ(taken_back, 2);
    EXPECT_FALSE(granted(bare)) << "the chip is in reset";
    bare.reset.write(false);
    sc_core::wait(sc_time(1, SC_US));
    EXPECT_TRUE(granted(bare));
    bare.write(NEARTILE_CONTROL, NEARTILE_CONTROL_RESET);
    EXPECT_EQ(taken_back, 3);
  };
  sc_core::sc_start();
  EXPECT_TRUE(bare.finished);
}

TEST(HostPortDmi, IsNotForRegisters) {
  Platform platform;
  platform.bare.work = [&] {
    tlm::tlm_generic_payload payload;
    tlm::tlm_dmi dmi;
    payload.set_read();
    payload.set_address(NEARTILE_STATUS);
    EXPECT_FALSE(platform.bare.host.socket->get_direct_mem_ptr(payload, dmi));
  };
  sc_core::sc_start();
  EXPECT_TRUE(platform.bare.finished);
}

// The host is 5 us ahead: all that it causes comes after its own time.
TEST(HostPortTime, NothingComesBeforeTheLocalTimeOfItsCause) {
  Platform platform;
  BareChip& bare = platform.bare;
  const sc_time ahead(5, SC_US);
  sc_time rise_by_run, rise_by_enable;
  bare.work = [&] {
    bare.run();
    const sc_time start = sc_core::sc_time_stamp();
    bare.ahead = ahead;
    bare.submit();
    EXPECT_EQ(bare.read(NEARTILE_STATUS), NEARTILE_STATUS_BUSY) << "in the host's order of things";
    EXPECT_EQ(sc_core::sc_time_stamp(), start);
    sc_core::wait(bare.irq.posedge_event());
    rise_by_run = sc_core::sc_time_stamp() - start;

    bare.ahead = sc_core::SC_ZERO_TIME;
    bare.write(NEARTILE_INTERRUPT_ENABLE, 0);
    if (bare.irq.read()) sc_core::wait(bare.irq.negedge_event());
    const sc_time masked = sc_core::sc_time_stamp();
    bare.ahead = ahead;
    bare.write(NEARTILE_INTERRUPT_ENABLE, NEARTILE_STATUS_DONE);
    sc_core::wait(bare.irq.posedge_event());
    rise_by_enable = sc_core::sc_time_stamp() - masked;
  };
  sc_core::sc_start();
  EXPECT_TRUE(bare.finished);
  EXPECT_GT(rise_by_run, ahead);
  EXPECT_GT(rise_by_enable, ahead);
}

TEST(HostPortDebug, ReadsAnyBytesOfRegistersAndWritesNone) {
  Platform platform;
  BareChip& bare = platform.bare;
  bare.work = [&] {
    unsigned char bytes[6] = {};
    tlm::tlm_generic_payload payload;
    payload.set_read();
    payload.set_address(NEARTILE_IDENTIFICATION + 1);
    payload.set_data_ptr(bytes);
    payload.set_data_length(6);
    EXPECT_EQ(bare.host.socket->transport_dbg(payload), 6u);
    EXPECT_EQ(bytes[0], 'I');
    EXPECT_EQ(bytes[2], 'N');
    payload.set_write();
    payload.set_address(NEARTILE_DOORBELL);
    payload.set_data_length(4);
    EXPECT_EQ(bare.host.socket->transport_dbg(payload), 0u);
    EXPECT_EQ(bare.read(NEARTILE_STATUS), 0u);
  };
  sc_core::sc_start();
  EXPECT_TRUE(bare.finished);
}

}  // namespace
}  // namespace neartile::sc_models
