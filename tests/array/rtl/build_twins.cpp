// build_twins FOLDER HARNESS: the verilated bank of usual_twins() in FOLDER.
#include "build_twins.h"

#include <cstdio>

int main(int argc, char** argv) {
  using namespace neartile;
  if (argc != 3) return 2;
  const ChildResult result =
      array::testing_support::build_twins(array::testing_support::usual_twins(), argv[1], argv[2]);
  if (result.status != 0) std::fputs(result.output.c_str(), stderr);
  return result.status == 0 ? 0 : 1;
}
