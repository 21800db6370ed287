#include <gtest/gtest.h>

static int run_tests(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}

// SystemC's library refers to sc_main(); a test program starts in its own main() all the same.
extern "C" int sc_main(int argc, char** argv) {
  return run_tests(argc, argv);
}

int main(int argc, char** argv) {
  return run_tests(argc, argv);
}
