// Random transactions, good and malformed, at the chip's host socket, in and out of reset, against a
// scoreboard.
#include <cstring>
#include <map>
#include <memory>
#include <random>

#include "neartile/sc_models/host_map.h"
#include "support/chip_platform.h"
#include "support/small_networks.h"

namespace neartile::sc_models {
namespace {

using sc_core::SC_NS;
using sc_core::sc_time;
using testing_support::BareChip;
using testing_support::ResponseEnd;
using Payload = tlm::tlm_generic_payload;
namespace rule = testing_support::rule;

constexpr std::uint64_t buffer_bytes = 256 * 1024, longest = 8192;
// Words of the register space: read and written at will, and without effect on anything else.
constexpr std::uint32_t scratch[] = {NEARTILE_QUEUE_BASE_LOW, NEARTILE_QUEUE_SIZE, NEARTILE_ROUTE(1),
                                     NEARTILE_ROUTE(7)};

/// A transaction, and what must come of it.
struct Expected {
  std::vector<unsigned char> data, enables;
  tlm::tlm_response_status status = tlm::TLM_OK_RESPONSE;
  std::vector<unsigned char> data_after;
  bool blocking = false;
};

class Traffic {
 public:
  Traffic(BareChip& platform, int count) : platform_(platform), count_(count), mirror_(buffer_bytes) {
    platform_.host.on_response = [this](Payload& payload) { check_answer(payload); };
    platform_.host.how_to_end = [this] {
      const tlm::tlm_sync_enum ways[] = {tlm::TLM_ACCEPTED, tlm::TLM_UPDATED, tlm::TLM_COMPLETED};
      return ResponseEnd{ways[below(3)], sc_time(static_cast<double>(below(30)), SC_NS)};
    };
    for (const auto broken : {rule::status_before, rule::command, rule::data_pointer, rule::data_length,
                              rule::streaming_width, rule::byte_enables})
      platform_.host_checker.permit(broken);
    for (const std::uint32_t address : scratch) registers_[address] = platform_.read(address);
    initial_ = registers_;
  }
  void run() {
    for (int i = 0; i < count_; ++i) {
      if (one_in(400)) reset();
      send_one();
      if (one_in(50)) check_window_directly();
    }
    platform_.host.drain();
    check_window_by_debug();
  }
  const std::map<tlm::tlm_response_status, int>& answers() const { return answers_; }
  int resets() const { return resets_; }

 private:
  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

  void send_one() {
    Payload& payload = platform_.host.pool.allocate();
    payload.acquire();
    prepare(payload);
    note(payload);
    if (one_in(2)) {
      platform_.host.send(payload, sc_time(static_cast<double>(below(20)), SC_NS));
    } else {
      platform_.host.drain();  // so that the order is that of the scoreboard
      send_blocking(payload);
    }
    payload.release();
  }

  /// The window keeps what it has; registers get their first values back. What is written meanwhile may be
  /// lost: only the window is asked then.
  void reset() {
    platform_.host.drain();
    platform_.reset.write(true);
    sc_core::wait(sc_time(50, SC_NS));
    in_reset_ = true;
    for (int i = 0; i < 20; ++i) send_one();
    platform_.host.drain();
    in_reset_ = false;
    platform_.reset.write(false);
    while (platform_.read(NEARTILE_STATUS) != 0) sc_core::wait(sc_time(5, SC_NS));
    registers_ = initial_;
    ++resets_;
  }

  void prepare(Payload& payload) {
    Expected& expected = expected_[&payload];
    expected = {};
    const bool window = in_reset_ || one_in(2);
    const std::uint64_t bytes = one_in(30)            ? 0
                                : window || one_in(8) ? 1 + below(one_in(2) ? 64 : longest)
                                                      : 4;
    expected.data.resize(bytes);
    for (auto& byte : expected.data) byte = static_cast<unsigned char>(random_());
    payload.set_command(one_in(40)   ? static_cast<tlm::tlm_command>(9)
                        : one_in(20) ? tlm::TLM_IGNORE_COMMAND
                        : one_in(2)  ? tlm::TLM_READ_COMMAND
                                     : tlm::TLM_WRITE_COMMAND);
    payload.set_address(window ? window_address(bytes) : register_address());
    payload.set_data_ptr(bytes == 0 || one_in(50) ? nullptr : expected.data.data());
    payload.set_data_length(static_cast<unsigned>(bytes));
    payload.set_streaming_width(static_cast<unsigned>(any_width(bytes, window)));
    payload.set_byte_enable_ptr(nullptr);
    payload.set_byte_enable_length(0);
    if (window || one_in(20)) set_enables(payload, expected);
    payload.set_dmi_allowed(false);
    payload.set_response_status(one_in(50) ? tlm::TLM_OK_RESPONSE : tlm::TLM_INCOMPLETE_RESPONSE);
    limit_route(payload, expected);
    expected.status = window || payload.get_address() >= host_map::buffer_window ? window_status(payload)
                                                                                 : register_status(payload);
    expected.data_after = expected.data;
  }
  // A route names a group: this chip has one.
  void limit_route(const Payload& payload, Expected& expected) {
    if (payload.get_address() < NEARTILE_ROUTE(0) || expected.data.size() != 4) return;
    if (payload.get_address() < host_map::buffer_window) expected.data.assign(4, one_in(2) ? 0x00 : 0xff);
  }
  std::uint64_t window_address(std::uint64_t bytes) {
    const std::uint64_t end = host_map::buffer_window + buffer_bytes;
    const std::uint64_t astray[] = {end, end - bytes / 2, ~std::uint64_t{0}, end + below(end)};
    return one_in(15) ? astray[below(4)] : host_map::buffer_window + below(buffer_bytes - bytes);
  }
  std::uint64_t register_address() {
    const std::uint64_t astray[] = {scratch[0] + 1 + below(3), 0x3f0, host_map::buffer_window - 4,
                                    NEARTILE_IDENTIFICATION + 2};
    return one_in(10) ? astray[below(4)] : scratch[below(4)];
  }
  std::uint64_t any_width(std::uint64_t bytes, bool window) {
    if (one_in(window ? 3 : 20)) return 1 + below(bytes + 8);
    return one_in(10) ? 0 : std::max<std::uint64_t>(bytes, 1);
  }
  void set_enables(Payload& payload, Expected& expected) {
    expected.enables.assign(one_in(3) ? 1 + below(40) : 0, 0xff);
    for (auto& enable : expected.enables) enable = one_in(3) ? 0x00 : 0xff;
    if (!expected.enables.empty() && one_in(20)) expected.enables.back() = 0x01;
    payload.set_byte_enable_ptr(expected.enables.empty() ? nullptr : expected.enables.data());
    payload.set_byte_enable_length(static_cast<unsigned>(one_in(30) ? 0 : expected.enables.size()));
  }

  static std::uint64_t width_of(const Payload& payload) {
    const std::uint64_t width = payload.get_streaming_width(), bytes = payload.get_data_length();
    return width == 0 || width > bytes ? bytes : width;
  }
  static bool moves(const Payload& payload) { return payload.is_read() || payload.is_write(); }

  tlm::tlm_response_status window_status(const Payload& payload) const {
    if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) return tlm::TLM_OK_RESPONSE;
    if (!moves(payload)) return tlm::TLM_COMMAND_ERROR_RESPONSE;
    if (payload.get_byte_enable_ptr() != nullptr) {
      if (payload.get_byte_enable_length() == 0) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
      for (unsigned i = 0; i < payload.get_byte_enable_length(); ++i)
        if (payload.get_byte_enable_ptr()[i] == 0x01) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
    }
    if (payload.get_data_length() == 0 || payload.get_data_ptr() == nullptr)
      return tlm::TLM_BURST_ERROR_RESPONSE;
    for (std::uint64_t i = 0; i < width_of(payload); ++i)
      if (payload.get_address() + i - host_map::buffer_window >= buffer_bytes)
        return tlm::TLM_ADDRESS_ERROR_RESPONSE;
    return tlm::TLM_OK_RESPONSE;
  }
  tlm::tlm_response_status register_status(const Payload& payload) const {
    if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) return tlm::TLM_OK_RESPONSE;
    if (!moves(payload)) return tlm::TLM_COMMAND_ERROR_RESPONSE;
    if (payload.get_byte_enable_ptr() != nullptr) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
    if (payload.get_data_length() != 4 || width_of(payload) != 4 || payload.get_data_ptr() == nullptr)
      return tlm::TLM_BURST_ERROR_RESPONSE;
    return registers_.count(static_cast<std::uint32_t>(payload.get_address())) != 0
               ? tlm::TLM_OK_RESPONSE
               : tlm::TLM_ADDRESS_ERROR_RESPONSE;
  }

  /// The scoreboard takes a transaction when it is sent: the chip serves them in order.
  void note(Payload& payload) {
    Expected& expected = expected_[&payload];
    if (expected.status != tlm::TLM_OK_RESPONSE || !moves(payload)) return;
    if (payload.get_address() < host_map::buffer_window) return note_register(payload, expected);
    const std::uint64_t first = payload.get_address() - host_map::buffer_window, width = width_of(payload);
    for (std::uint64_t i = 0; i < expected.data.size(); ++i) {
      if (!expected.enables.empty() && expected.enables[i % expected.enables.size()] == 0) continue;
      unsigned char& place = mirror_.at(first + i % width);
      if (payload.is_read()) expected.data_after[i] = place;
      if (payload.is_write()) place = expected.data[i];
    }
  }
  void note_register(Payload& payload, Expected& expected) {
    std::uint32_t& value = registers_.at(static_cast<std::uint32_t>(payload.get_address()));
    if (payload.is_read()) std::memcpy(expected.data_after.data(), &value, 4);
    if (payload.is_write()) std::memcpy(&value, expected.data.data(), 4);
  }

  void check_answer(Payload& payload) {
    const Expected& expected = expected_[&payload];
    EXPECT_EQ(payload.get_response_status(), expected.status)
        << payload.get_response_string() << " at " << payload.get_address();
    EXPECT_TRUE(expected.data == expected.data_after) << payload.get_address();
    ++answers_[expected.status];
  }
  void send_blocking(Payload& payload) {
    const sc_time before(static_cast<double>(below(100)), SC_NS);
    sc_time delay = before;
    platform_.host.socket->b_transport(payload, delay);
    EXPECT_GT(delay, before);
    check_answer(payload);
    sc_core::wait(delay);
  }

  /// The direct pointer of an idle chip shows the bytes of the window.
  void check_window_directly() {
    platform_.host.drain();
    Payload payload;
    payload.set_read();
    payload.set_address(host_map::buffer_window + below(buffer_bytes));
    tlm::tlm_dmi dmi;
    ASSERT_TRUE(platform_.host.socket->get_direct_mem_ptr(payload, dmi));
    const std::uint64_t start = dmi.get_start_address() - host_map::buffer_window,
                        offset = below(buffer_bytes);
    EXPECT_EQ(dmi.get_dmi_ptr()[offset - start], mirror_[offset]);
    dmi.get_dmi_ptr()[offset - start] = mirror_[offset] = static_cast<unsigned char>(random_());
  }
  void check_window_by_debug() {
    std::vector<unsigned char> bytes(buffer_bytes + 100);
    Payload payload;
    payload.set_read();
    payload.set_address(host_map::buffer_window);
    payload.set_data_ptr(bytes.data());
    payload.set_data_length(static_cast<unsigned>(bytes.size()));
    EXPECT_EQ(platform_.host.socket->transport_dbg(payload), buffer_bytes);
    bytes.resize(buffer_bytes);
    EXPECT_TRUE(bytes == mirror_);
  }

  BareChip& platform_;
  int count_, resets_ = 0;
  bool in_reset_ = false;
  std::mt19937_64 random_{7};
  std::vector<unsigned char> mirror_;
  std::map<std::uint32_t, std::uint32_t> registers_, initial_;
  std::map<Payload*, Expected> expected_;
  std::map<tlm::tlm_response_status, int> answers_;
};

void expect_no_fault(int count) {
  testing_support::NetworkBuilder net({4, 5, 5}, 1);
  net.fully_connected(net.convolution(0, 6, testing_support::window(3)), 4);
  const auto network = net.quantise();
  const auto config = testing_support::small_chip();
  const auto program = router::compile(network, {0, 0}, config);
  BareChip platform("platform", program, config);
  std::unique_ptr<Traffic> traffic;
  platform.work = [&] {
    traffic = std::make_unique<Traffic>(platform, count);
    traffic->run();
    platform.run();  // the chip works
  };
  EXPECT_NO_THROW(sc_core::sc_start());
  ASSERT_TRUE(platform.finished);
  EXPECT_EQ(platform.host_checker.in_flight(), 0u);
  int answered = 0;
  for (const auto& [status, transactions] : traffic->answers()) answered += transactions;
  EXPECT_EQ(answered, count + 20 * traffic->resets());
  EXPECT_EQ(traffic->answers().size(), 5u) << "OK, and four kinds of error";
  EXPECT_GT(traffic->answers().at(tlm::TLM_OK_RESPONSE), count / 2);
  EXPECT_GT(traffic->resets(), 0);
}

TEST(HostPort, AnswersRandomTransactionsAsAScoreboardExpects) {
  expect_no_fault(3'000);
}

TEST(LongHostPort, AnswersRandomTransactionsAsAScoreboardExpects) {
  expect_no_fault(100'000);
}

}  // namespace
}  // namespace neartile::sc_models
