#include <gtest/gtest.h>

int run_tests(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}

// SystemC's library brings a main() of its own that calls sc_main(); test programs without SystemC need
// main(). Both names are here, so that every test program links this one file.
int sc_main(int argc, char** argv) { return run_tests(argc, argv); }

#ifndef NEARTILE_SYSTEMC_TESTS
int main(int argc, char** argv) { return run_tests(argc, argv); }
#endif
