// Random transactions, good and malformed, in every way that a socket has, against a scoreboard.
#include <array>
#include <map>
#include <random>

#include "neartile/sc_models/hbm2.h"
#include "support/at_initiator.h"
#include "support/protocol_checker.h"

namespace neartile::sc_models {
namespace {

using sc_core::SC_NS;
using sc_core::sc_time;
using testing_support::ResponseEnd;
using Payload = tlm::tlm_generic_payload;
namespace rule = testing_support::rule;

constexpr std::uint64_t region_bytes = 20'000, longest = 8192;

/// A transaction, and what must come of it.
struct Expected {
  std::vector<unsigned char> data, enables;
  tlm::tlm_response_status status = tlm::TLM_OK_RESPONSE;
  std::vector<unsigned char> data_after;
};

/// Sends `count` transactions to regions of its own.
class Driver : public sc_core::sc_module {
 public:
  testing_support::AtInitiator initiator{"initiator", 8};
  testing_support::ProtocolChecker checker{"checker"};

  Driver(sc_core::sc_module_name name, std::uint64_t memory_bytes, unsigned seed, int count)
      : sc_module(name),
        memory_bytes_(memory_bytes),
        count_(count),
        random_(seed),
        bases_{seed * 65536 - region_bytes / 2, memory_bytes - region_bytes * seed} {
    initiator.socket.bind(checker.upstream);
    initiator.on_response = [this](Payload& payload) { check_answer(payload); };
    initiator.how_to_end = [this] { return any_end(); };
    // What this driver breaks on purpose.
    for (const auto broken : {rule::status_before, rule::command, rule::data_pointer, rule::data_length,
                              rule::streaming_width, rule::byte_enables})
      checker.permit(broken);
    SC_HAS_PROCESS(Driver);
    SC_THREAD(run);
  }
  /// How many transactions had each answer.
  const std::map<tlm::tlm_response_status, int>& answers() const { return answers_; }

 private:
  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

  void run() {
    for (auto& mirror : mirrors_) mirror.assign(region_bytes, 0);
    for (int i = 0; i < count_; ++i) {
      Payload& payload = initiator.pool.allocate();
      payload.acquire();
      prepare(payload);
      switch (below(4)) {
        case 0:
          send_blocking(payload);
          break;
        case 1:
          send_debug(payload);
          break;
        default:
          note(payload);
          initiator.send(payload, sc_time(static_cast<double>(below(20)), SC_NS));
      }
      payload.release();
      if (one_in(20)) wait(static_cast<double>(below(500)), SC_NS);
    }
    initiator.drain();
    check_by_debug();
  }

  ResponseEnd any_end() {
    const tlm::tlm_sync_enum ways[] = {tlm::TLM_ACCEPTED, tlm::TLM_UPDATED, tlm::TLM_COMPLETED};
    return {ways[below(3)], sc_time(static_cast<double>(below(30)), SC_NS)};
  }

  /// Sets every attribute, now and then to nonsense, and says what must come of it.
  void prepare(Payload& payload) {
    Expected& expected = expected_[&payload];
    region_ = below(2);
    const std::uint64_t bytes = one_in(30) ? 0 : 1 + below(one_in(2) ? 64 : longest);
    const std::uint64_t offset = below(region_bytes - bytes);
    expected.data.resize(bytes);
    for (auto& byte : expected.data) byte = static_cast<unsigned char>(random_());
    payload.set_command(one_in(40)   ? static_cast<tlm::tlm_command>(9)
                        : one_in(20) ? tlm::TLM_IGNORE_COMMAND
                        : one_in(2)  ? tlm::TLM_READ_COMMAND
                                     : tlm::TLM_WRITE_COMMAND);
    const bool astray = one_in(20);
    payload.set_address(astray ? bad_address(bytes) : bases_[region_] + offset);
    payload.set_data_ptr(bytes == 0 || one_in(50) ? nullptr : expected.data.data());
    payload.set_data_length(static_cast<unsigned>(bytes));
    payload.set_streaming_width(static_cast<unsigned>(astray ? bytes : any_width(bytes)));
    set_enables(payload, expected);
    payload.set_dmi_allowed(false);
    payload.set_response_status(one_in(50) ? tlm::TLM_OK_RESPONSE : tlm::TLM_INCOMPLETE_RESPONSE);
    expected.status = status_of(payload);
    expected.data_after = expected.data;
  }
  std::uint64_t bad_address(std::uint64_t bytes) {
    const std::uint64_t addresses[] = {memory_bytes_, memory_bytes_ - bytes / 2, ~std::uint64_t{0},
                                       ~std::uint64_t{0} - bytes + 1, memory_bytes_ + below(memory_bytes_)};
    return addresses[below(5)];
  }
  std::uint64_t any_width(std::uint64_t bytes) {
    if (one_in(3)) return 1 + below(bytes + 8);
    return one_in(10) ? 0 : std::max<std::uint64_t>(bytes, 1);
  }
  void set_enables(Payload& payload, Expected& expected) {
    expected.enables.assign(one_in(3) ? 1 + below(40) : 0, 0xff);
    for (auto& enable : expected.enables) enable = one_in(3) ? 0x00 : 0xff;
    if (!expected.enables.empty() && one_in(20)) expected.enables.back() = 0x01;
    payload.set_byte_enable_ptr(expected.enables.empty() ? nullptr : expected.enables.data());
    payload.set_byte_enable_length(static_cast<unsigned>(one_in(30) ? 0 : expected.enables.size()));
  }

  std::uint64_t width_of(const Payload& payload) const {
    const std::uint64_t width = payload.get_streaming_width(), bytes = payload.get_data_length();
    return width == 0 || width > bytes ? bytes : width;
  }
  tlm::tlm_response_status status_of(const Payload& payload) const {
    if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) return tlm::TLM_OK_RESPONSE;
    if (!payload.is_read() && !payload.is_write()) return tlm::TLM_COMMAND_ERROR_RESPONSE;
    if (payload.get_byte_enable_ptr() != nullptr) {
      if (payload.get_byte_enable_length() == 0) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
      for (unsigned i = 0; i < payload.get_byte_enable_length(); ++i)
        if (payload.get_byte_enable_ptr()[i] == 0x01) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
    }
    if (payload.get_data_length() == 0 || payload.get_data_ptr() == nullptr)
      return tlm::TLM_BURST_ERROR_RESPONSE;
    for (std::uint64_t i = 0; i < width_of(payload); ++i)
      if (payload.get_address() + i >= memory_bytes_ || payload.get_address() + i < payload.get_address())
        return tlm::TLM_ADDRESS_ERROR_RESPONSE;
    return tlm::TLM_OK_RESPONSE;
  }

  /// The scoreboard takes a transaction when it is sent: the memory serves this driver's in order.
  void note(Payload& payload, bool debug = false) {
    Expected& expected = expected_[&payload];
    const std::uint64_t bytes = payload.get_data_length(), width = debug ? bytes : width_of(payload);
    if (expected.status != tlm::TLM_OK_RESPONSE || payload.get_command() == tlm::TLM_IGNORE_COMMAND) return;
    for (std::uint64_t i = 0; i < bytes; ++i) {
      if (!debug && !expected.enables.empty() && expected.enables[i % payload.get_byte_enable_length()] == 0)
        continue;
      unsigned char& place = mirrors_[region_].at(payload.get_address() + i % width - bases_[region_]);
      if (payload.is_read()) expected.data_after[i] = place;
      if (payload.is_write()) place = expected.data[i];
    }
  }

  void check_answer(Payload& payload) {
    const Expected& expected = expected_[&payload];
    EXPECT_EQ(payload.get_response_status(), expected.status) << payload.get_response_string();
    EXPECT_TRUE(expected.data == expected.data_after);
    ++answers_[expected.status];
  }
  void send_blocking(Payload& payload) {
    note(payload);
    sc_time delay(static_cast<double>(below(100)), SC_NS);
    initiator.socket->b_transport(payload, delay);
    check_answer(payload);
    if (one_in(4)) wait(delay);
  }
  void send_debug(Payload& payload) {
    Expected& expected = expected_[&payload];
    const bool moves = (payload.is_read() || payload.is_write()) && payload.get_data_ptr() != nullptr;
    const std::uint64_t address = payload.get_address(), bytes = payload.get_data_length();
    const std::uint64_t room = address < memory_bytes_ ? memory_bytes_ - address : 0;
    const bool in_region =
        address >= bases_[region_] && address - bases_[region_] < region_bytes && bytes <= room;
    if (moves && !in_region && payload.is_write())
      payload.set_read();  // no debug write past the scoreboard's end
    expected.status = moves && in_region ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE;
    note(payload, true);
    EXPECT_EQ(initiator.socket->transport_dbg(payload), moves ? std::min(bytes, room) : 0);
    if (in_region) EXPECT_TRUE(expected.data == expected.data_after);
    ++answers_[expected.status];
  }
  void check_by_debug() {
    for (const std::size_t region : {0, 1}) {
      std::vector<unsigned char> bytes(region_bytes);
      Payload payload;
      payload.set_read();
      payload.set_address(bases_[region]);
      payload.set_data_ptr(bytes.data());
      payload.set_data_length(region_bytes);
      EXPECT_EQ(initiator.socket->transport_dbg(payload), region_bytes);
      EXPECT_TRUE(bytes == mirrors_[region]);
    }
  }

  std::uint64_t memory_bytes_;
  int count_;
  std::map<tlm::tlm_response_status, int> answers_;
  std::mt19937_64 random_;
  std::size_t region_ = 0;  ///< of the transaction in hand
  std::array<std::uint64_t, 2> bases_;
  std::array<std::vector<unsigned char>, 2> mirrors_;
  std::map<Payload*, Expected> expected_;
};

void expect_no_fault(int count) {
  memory::Hbm2Config config;
  config.channels = 4;
  config.queue_bursts = 8;  // fills up now and then
  Hbm2 memory("memory", config);
  Driver first("first", size_bytes(config), 1, count), second("second", size_bytes(config), 2, count),
      third("third", size_bytes(config), 3, count);
  for (Driver* driver : {&first, &second, &third}) driver->checker.downstream.bind(memory.socket);
  EXPECT_NO_THROW(sc_core::sc_start());
  for (Driver* driver : {&first, &second, &third}) {
    int answered = 0;
    for (const auto& [status, transactions] : driver->answers()) answered += transactions;
    EXPECT_EQ(answered, count);
    EXPECT_EQ(driver->answers().size(), 5u) << "OK, and four kinds of error";
    EXPECT_GT(driver->answers().at(tlm::TLM_OK_RESPONSE), count / 2);
    EXPECT_EQ(driver->checker.in_flight(), 0u);
  }
}

TEST(Hbm2, AnswersRandomTransactionsAsAScoreboardExpects) {
  expect_no_fault(2'000);
}

TEST(LongHbm2, AnswersRandomTransactionsAsAScoreboardExpects) {
  expect_no_fault(100'000);
}

}  // namespace
}  // namespace neartile::sc_models
