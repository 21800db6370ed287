#include <gmock/gmock.h>

#include "support/protocol_bench.h"

namespace neartile::testing_support {
namespace {

using namespace protocol_bench;

struct Case {
  const char* name;
  std::string_view broken;
  std::function<void(Bench&)> work;
};

void PrintTo(const Case& one, std::ostream* out) {
  *out << one.name;
}

/// A blocking read with one attribute set wrong.
Case sent_wrong(const char* name, std::string_view broken, std::function<void(Bench&, Payload&)> spoil) {
  return {name, broken, [spoil](Bench& b) {
            Payload& payload = b.transaction();
            spoil(b, payload);
            b.blocking(payload);
          }};
}

/// A blocking write with byte enables, to a target that does something wrong.
Case answered_wrong(const char* name, std::string_view broken,
                    std::function<void(Payload&, sc_time&)> wrong) {
  return {name, broken, [wrong](Bench& b) {
            b.target.b = [wrong](Payload& payload, sc_time& delay) {
              Target::answer(payload, delay);
              wrong(payload, delay);
            };
            Payload& payload = b.transaction();
            payload.set_write();
            payload.set_byte_enable_ptr(b.enables);
            payload.set_byte_enable_length(4);
            b.blocking(payload);
          }};
}

/// A non-blocking read whose request is on its way.
Case in_flight(const char* name, std::string_view broken, std::function<void(Bench&, Payload&)> then) {
  return {name, broken, [then](Bench& b) {
            Payload& payload = b.transaction();
            b.forward(payload, tlm::BEGIN_REQ);
            then(b, payload);
          }};
}

Case returns(const char* name, tlm_sync_enum result, tlm_phase phase) {
  return {name, rule::returned_phase, [=](Bench& b) {
            b.target_returns(result, phase);
            b.forward(b.transaction(), tlm::BEGIN_REQ);
          }};
}

Case initiator_returns(const char* name, tlm_phase sent, tlm_sync_enum result, tlm_phase phase) {
  return in_flight(name, rule::returned_phase, [=](Bench& b, Payload& p) {
    b.initiator.nb = [=](Payload&, tlm_phase& out, sc_time&) {
      out = phase;
      return result;
    };
    b.backward(p, sent);
  });
}

Case grants(const char* name, std::function<void(tlm::tlm_dmi&)> spoil) {
  return {name, rule::dmi_grant, [spoil](Bench& b) {
            b.target.dmi = [spoil](Payload& payload, tlm::tlm_dmi& grant) {
              Target::grant_all(payload, grant);
              spoil(grant);
              return true;
            };
            tlm::tlm_dmi grant;
            b.initiator.socket->get_direct_mem_ptr(b.transaction(), grant);
          }};
}

const Case sending[] = {
    sent_wrong("Status", rule::status_before,
               [](Bench&, Payload& p) { p.set_response_status(tlm::TLM_OK_RESPONSE); }),
    sent_wrong("Command", rule::command,
               [](Bench&, Payload& p) { p.set_command(static_cast<tlm::tlm_command>(7)); }),
    sent_wrong("DataPointer", rule::data_pointer, [](Bench&, Payload& p) { p.set_data_ptr(nullptr); }),
    sent_wrong("DataLength", rule::data_length, [](Bench&, Payload& p) { p.set_data_length(0); }),
    sent_wrong("StreamingWidth", rule::streaming_width, [](Bench&, Payload& p) { p.set_streaming_width(0); }),
    sent_wrong("EnableLength", rule::byte_enables,
               [](Bench& b, Payload& p) { p.set_byte_enable_ptr(b.enables); }),
    sent_wrong("EnableValue", rule::byte_enables,
               [](Bench& b, Payload& p) {
                 b.enables[2] = 1;
                 p.set_byte_enable_ptr(b.enables);
                 p.set_byte_enable_length(4);
               }),
    sent_wrong("DmiHint", rule::dmi_hint, [](Bench&, Payload& p) { p.set_dmi_allowed(true); }),
    {"DebugDataPointer", rule::data_pointer,
     [](Bench& b) {
       Payload& p = b.transaction();
       p.set_data_ptr(nullptr);
       b.initiator.socket->transport_dbg(p);
     }},
};

const Case blocking[] = {
    answered_wrong("Address", rule::attributes, [](Payload& p, sc_time&) { p.set_address(8); }),
    answered_wrong("Command", rule::attributes, [](Payload& p, sc_time&) { p.set_read(); }),
    answered_wrong("DataLength", rule::attributes, [](Payload& p, sc_time&) { p.set_data_length(2); }),
    answered_wrong("DataPointer", rule::attributes,
                   [](Payload& p, sc_time&) { p.set_data_ptr(p.get_data_ptr() + 1); }),
    answered_wrong("StreamingWidth", rule::attributes,
                   [](Payload& p, sc_time&) { p.set_streaming_width(1); }),
    answered_wrong("EnablePointer", rule::attributes,
                   [](Payload& p, sc_time&) { p.set_byte_enable_ptr(nullptr); }),
    answered_wrong("EnableLength", rule::attributes,
                   [](Payload& p, sc_time&) { p.set_byte_enable_length(2); }),
    answered_wrong("Enables", rule::attributes,
                   [](Payload& p, sc_time&) { p.get_byte_enable_ptr()[1] = 0xff; }),
    answered_wrong("WrittenData", rule::data, [](Payload& p, sc_time&) { p.get_data_ptr()[0] = 9; }),
    {"DisabledByteOfARead", rule::data,
     [](Bench& b) {
       b.target.b = [](Payload& p, sc_time& delay) {
         Target::answer(p, delay);
         p.get_data_ptr()[2] = p.get_data_ptr()[1] = 9;  // byte 2 may change, byte 1 may not
       };
       Payload& p = b.transaction();
       p.set_byte_enable_ptr(b.enables);
       p.set_byte_enable_length(4);
       b.blocking(p);
     }},
    answered_wrong("NoStatus", rule::status_after,
                   [](Payload& p, sc_time&) { p.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE); }),
    answered_wrong("Delay", rule::delay, [](Payload&, sc_time& delay) { delay = sc_time(4, SC_NS); }),
    {"ResentBlocking", rule::resent,
     [](Bench& b) {
       bool again = true;
       b.target.b = [&](Payload& p, sc_time& delay) {
         if (std::exchange(again, false)) b.blocking(p);
         Target::answer(p, delay);
       };
       b.blocking(b.transaction());
     }},
    {"FromAMethod", rule::thread,
     [](Bench& b) {
       sc_core::sc_spawn_options options;
       options.spawn_method();
       sc_core::sc_spawn([&b] { b.blocking(b.transaction()); }, "method", &options);
       sc_core::wait(1, SC_NS);
     }},
};

const Case forward[] = {
    {"ResponseOfNothing", rule::forward_phase, [](Bench& b) { b.forward(b.transaction(), tlm::END_RESP); }},
    {"TargetsPhase", rule::forward_phase, [](Bench& b) { b.forward(b.transaction(), tlm::END_REQ); }},
    in_flight("ResponseBeforeItsTurn", rule::forward_phase,
              [](Bench& b, Payload& p) { b.forward(p, tlm::END_RESP); }),
    in_flight("ResentInFlight", rule::resent,
              [](Bench& b, Payload& p) {
                b.backward(p, tlm::END_REQ);
                b.forward(p, tlm::BEGIN_REQ);
              }),
    in_flight("SentBlockingInFlight", rule::resent, [](Bench& b, Payload& p) { b.blocking(p); }),
    in_flight("TwoRequests", rule::one_request,
              [](Bench& b, Payload&) { b.forward(b.transaction(1), tlm::BEGIN_REQ); }),
    in_flight("RequestBeforeTheTimeOfTheLastEnd", rule::one_request,
              [](Bench& b, Payload& p) {
                b.backward(p, tlm::END_REQ, 10);
                b.forward(b.transaction(1), tlm::BEGIN_REQ, 9);
              }),
    in_flight("EarlierEndOfResponse", rule::phase_times,
              [](Bench& b, Payload& p) {
                b.backward(p, tlm::BEGIN_RESP, 10);
                b.forward(p, tlm::END_RESP, 9);
              }),
    in_flight("ChangedByTheInitiator", rule::attributes,
              [](Bench& b, Payload& p) {
                b.backward(p, tlm::BEGIN_RESP);
                p.set_address(4);
                b.forward(p, tlm::END_RESP);
              }),
    {"NoMemoryManager", rule::memory_manager,
     [](Bench& b) {
       Payload& p = b.transaction();
       p.release();
       p.set_mm(nullptr);
       b.forward(p, tlm::BEGIN_REQ);
     }},
    {"NoReference", rule::memory_manager,
     [](Bench& b) {
       Payload& p = b.transaction();
       p.release();
       b.forward(p, tlm::BEGIN_REQ);
     }},
    in_flight("ReleasedInFlight", rule::memory_manager,
              [](Bench& b, Payload& p) {
                p.release();
                b.backward(p, tlm::END_REQ);
              }),
    returns("AcceptedWithAPhase", tlm::TLM_ACCEPTED, tlm::END_REQ),
    returns("UpdatedWithoutAPhase", tlm::TLM_UPDATED, tlm::BEGIN_REQ),
    returns("InitiatorsPhase", tlm::TLM_UPDATED, tlm::END_RESP),
    {"CompletedWithoutStatus", rule::status_after,
     [](Bench& b) {
       b.target.nb = [](auto&, auto&, auto&) { return tlm::TLM_COMPLETED; };
       b.forward(b.transaction(), tlm::BEGIN_REQ);
     }},
    {"EarlierReturn", rule::delay,
     [](Bench& b) {
       b.target_returns(tlm::TLM_UPDATED, tlm::END_REQ, -1);
       b.checker.permit(rule::phase_times);  // the same fault in other words
       b.forward(b.transaction(), tlm::BEGIN_REQ, 5);
     }},
    in_flight("UpdatedByEndOfResponse", rule::returned_phase,
              [](Bench& b, Payload& p) {
                b.backward(p, tlm::BEGIN_RESP);
                b.target_returns(tlm::TLM_UPDATED, tlm::END_RESP);
                b.forward(p, tlm::END_RESP);
              }),
};

const Case backward[] = {
    {"NeverSent", rule::backward_phase, [](Bench& b) { b.backward(b.transaction(), tlm::END_REQ); }},
    in_flight("SecondEndOfRequest", rule::backward_phase,
              [](Bench& b, Payload& p) {
                b.backward(p, tlm::END_REQ);
                b.backward(p, tlm::END_REQ);
              }),
    in_flight("SecondResponse", rule::backward_phase,
              [](Bench& b, Payload& p) {
                b.backward(p, tlm::BEGIN_RESP);
                b.backward(p, tlm::BEGIN_RESP);
              }),
    in_flight("AfterTheEnd", rule::backward_phase,
              [](Bench& b, Payload& p) {
                b.good_response(p);
                b.backward(p, tlm::BEGIN_RESP);
              }),
    in_flight("InitiatorsPhase", rule::backward_phase,
              [](Bench& b, Payload& p) { b.backward(p, tlm::END_RESP); }),
    in_flight("TwoResponses", rule::one_response,
              [](Bench& b, Payload& p) {
                b.backward(p, tlm::BEGIN_RESP);
                Payload& other = b.transaction(1);
                b.forward(other, tlm::BEGIN_REQ);
                b.backward(other, tlm::BEGIN_RESP);
              }),
    in_flight("EarlierResponse", rule::phase_times,
              [](Bench& b, Payload& p) {
                b.backward(p, tlm::END_REQ, 10);
                b.backward(p, tlm::BEGIN_RESP, 9);
              }),
    in_flight("NoStatus", rule::status_after,
              [](Bench& b, Payload& p) { b.backward(p, tlm::BEGIN_RESP, 0, false); }),
    in_flight("ChangedByTheTarget", rule::attributes,
              [](Bench& b, Payload& p) {
                p.set_data_length(2);
                b.backward(p, tlm::END_REQ);
              }),
    initiator_returns("PhaseForEndOfRequest", tlm::END_REQ, tlm::TLM_UPDATED, tlm::BEGIN_RESP),
    initiator_returns("AcceptedWithAPhase", tlm::BEGIN_RESP, tlm::TLM_ACCEPTED, tlm::END_RESP),
    initiator_returns("UpdatedWithoutAPhase", tlm::BEGIN_RESP, tlm::TLM_UPDATED, tlm::BEGIN_RESP),
};

const Case direct[] = {
    {"Command", rule::dmi_request,
     [](Bench& b) {
       Payload& p = b.transaction();
       p.set_command(tlm::TLM_IGNORE_COMMAND);
       tlm::tlm_dmi grant;
       b.initiator.socket->get_direct_mem_ptr(p, grant);
     }},
    grants("Range", [](tlm::tlm_dmi& grant) { grant.set_start_address(4); }),
    grants("Pointer", [](tlm::tlm_dmi& grant) { grant.set_dmi_ptr(nullptr); }),
    grants("Access", [](tlm::tlm_dmi& grant) { grant.set_granted_access(tlm::tlm_dmi::DMI_ACCESS_WRITE); }),
    {"Invalidation", rule::dmi_invalidation,
     [](Bench& b) { b.target.socket->invalidate_direct_mem_ptr(8, 4); }},
    {"DebugCount", rule::debug_count,
     [](Bench& b) {
       b.target.debug = [](Payload&) { return 5u; };
       b.initiator.socket->transport_dbg(b.transaction());
     }},
};

class ProtocolCheckerSees : public testing::TestWithParam<Case> {};

TEST_P(ProtocolCheckerSees, ThatBreachAndNoOther) {
  Bench bench("bench");
  bench.work = GetParam().work;
  sc_core::sc_start();
  const auto breaches = bench.checker.take();
  ASSERT_FALSE(breaches.empty());
  for (const Breach& breach : breaches) EXPECT_EQ(breach.rule, GetParam().broken) << breach.detail;
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
  return info.param.name;
}
INSTANTIATE_TEST_SUITE_P(Sending, ProtocolCheckerSees, testing::ValuesIn(sending), name_of);
INSTANTIATE_TEST_SUITE_P(Blocking, ProtocolCheckerSees, testing::ValuesIn(blocking), name_of);
INSTANTIATE_TEST_SUITE_P(Forward, ProtocolCheckerSees, testing::ValuesIn(forward), name_of);
INSTANTIATE_TEST_SUITE_P(Backward, ProtocolCheckerSees, testing::ValuesIn(backward), name_of);
INSTANTIATE_TEST_SUITE_P(Direct, ProtocolCheckerSees, testing::ValuesIn(direct), name_of);

TEST(ProtocolChecker, HasATestForEachRule) {
  std::set<std::string_view> broken;
  const auto add = [&](const auto& cases) {
    for (const Case& one : cases) broken.insert(one.broken);
  };
  add(sending), add(blocking), add(forward), add(backward), add(direct);
  EXPECT_THAT(broken, testing::UnorderedElementsAreArray(rule::all));
}

void run(Bench& bench, std::function<void(Bench&)> work) {
  bench.work = std::move(work);
  sc_core::sc_start();
  EXPECT_EQ(bench.checker.in_flight(), 0u);
}

TEST(ProtocolChecker, FindsNoFaultWithFourPhases) {
  Bench bench("bench");
  run(bench, [](Bench& b) {
    Payload &first = b.transaction(0), &second = b.transaction(1);
    b.forward(first, tlm::BEGIN_REQ, 5);
    b.backward(first, tlm::END_REQ, 5);
    b.forward(second, tlm::BEGIN_REQ, 5);
    EXPECT_EQ(b.checker.in_flight(), 2u);
    b.backward(second, tlm::BEGIN_RESP, 7);  // says that its request ended, too
    b.forward(second, tlm::END_RESP, 7);
    b.backward(first, tlm::BEGIN_RESP, 8);
    b.forward(first, tlm::END_RESP, 9);
  });
}

TEST(ProtocolChecker, FindsNoFaultWithPhasesThatAreReturned) {
  Bench bench("bench");
  run(bench, [](Bench& b) {
    b.target_returns(tlm::TLM_UPDATED, tlm::END_REQ, 2);
    b.forward(b.transaction(0), tlm::BEGIN_REQ, 1);
    b.initiator.nb = [](Payload&, tlm_phase& phase, sc_time& delay) {
      phase = tlm::END_RESP;
      delay += sc_time(1, SC_NS);
      return tlm::TLM_UPDATED;
    };
    b.backward(b.payloads[0], tlm::BEGIN_RESP, 3);
    b.target_returns(tlm::TLM_UPDATED, tlm::BEGIN_RESP, 2);
    b.forward(b.transaction(1), tlm::BEGIN_REQ, 4);
    b.target.nb = [](auto&, auto&, auto&) { return tlm::TLM_COMPLETED; };
    b.forward(b.payloads[1], tlm::END_RESP, 6);
    b.target_returns(tlm::TLM_COMPLETED, tlm::BEGIN_REQ, 2);
    b.forward(b.transaction(2), tlm::BEGIN_REQ, 7);
  });
}

TEST(ProtocolChecker, FindsNoFaultWithATargetThatWaits) {
  Bench bench("bench");
  run(bench, [](Bench& b) {
    b.target.b = [](Payload& payload, sc_time& delay) {
      sc_core::wait(delay);
      delay = sc_core::SC_ZERO_TIME;
      payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    };
    b.blocking(b.transaction());
  });
}

TEST(ProtocolChecker, LeavesTheReferencesAsTheyWere) {
  Bench bench("bench");
  run(bench, [](Bench& b) {
    Payload& payload = b.transaction();
    b.forward(payload, tlm::BEGIN_REQ);
    b.good_response(payload);
    EXPECT_EQ(payload.get_ref_count(), 1);
    payload.release();
    EXPECT_EQ(b.pool.freed, 1);
  });
}

TEST(ProtocolChecker, KeepsSilentAboutARuleThatIsBrokenOnPurpose) {
  Bench bench("bench");
  bench.checker.permit(rule::data_length);
  run(bench, [](Bench& b) {
    Payload& payload = b.transaction();
    payload.set_data_length(0);
    b.blocking(payload);
  });
}

}  // namespace
}  // namespace neartile::testing_support
