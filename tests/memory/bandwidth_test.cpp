#include "neartile/memory/bandwidth.h"

namespace neartile::memory {
namespace {

ExternalMemoryConfig config(double bandwidth_GBps, double latency_ns) {
  ExternalMemoryConfig memory;
  memory.bandwidth_GBps = bandwidth_GBps;
  memory.latency_ns = latency_ns;
  return memory;
}

TEST(Bandwidth, ALoneRequestTakesItsTransferAndTheLatency) {
  BandwidthModel model(config(10, 100));  // 10 bytes a ns
  EXPECT_EQ(model.complete(5000, 200), 5000 + 20'000 + 100'000);
}

TEST(Bandwidth, RequestsInFlightShareTheBandwidthAndHideTheLatency) {
  BandwidthModel model(config(10, 100));
  std::uint64_t last = 0;
  for (int i = 0; i < 1000; ++i) last = model.complete(0, 100);
  EXPECT_EQ(last, 1000 * 10'000 + 100'000);
}

TEST(Bandwidth, AnIdleMemoryServesAtOnce) {
  BandwidthModel model(config(1, 0));
  EXPECT_EQ(model.complete(0, 10), 10'000);
  EXPECT_EQ(model.complete(1'000'000, 10), 1'010'000);
}

TEST(Bandwidth, FractionsOfAPicosecondAddUp) {
  BandwidthModel model(config(900, 0));
  std::uint64_t last = 0;
  for (int i = 0; i < 9000; ++i) last = model.complete(0, 1);
  EXPECT_NEAR(static_cast<double>(last), 9000 / 0.9, 1);
}

}  // namespace
}  // namespace neartile::memory
