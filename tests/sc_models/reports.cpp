#include <gtest/gtest.h>

#include <systemc>

namespace {

/// A SystemC warning is a fault in a model: tests that cause one fail.
class WarningsThrow : public testing::Environment {
 public:
  void SetUp() override {
    sc_core::sc_report_handler::set_actions(sc_core::SC_WARNING, sc_core::SC_DISPLAY | sc_core::SC_THROW);
  }
};

const auto* const registered = testing::AddGlobalTestEnvironment(new WarningsThrow);

}  // namespace
