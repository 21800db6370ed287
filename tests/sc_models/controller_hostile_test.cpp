// Programs from anywhere on a whole chip: each ends, with the right result or a stated error, touches nothing
// outside the buffers, and leaves a chip that works.
#include <map>
#include <random>

#include "sc_models/programmed_chip.h"
#include "support/changed_program.h"
#include "support/damaged_bytes.h"
#include "support/sealed_program.h"

namespace neartile::sc_models {
namespace {

/// Damaged bytes with and without the head that they need, and well-formed programs of other commands.
Bytes hostile(const ProgrammedChip& platform, int turn, std::mt19937_64& random) {
  switch (turn % 4) {
    case 0:
      return testing_support::damaged(platform.good, random);
    case 1:
      return testing_support::sealed(testing_support::damaged(platform.good, random));
    default:
      return encode(testing_support::changed(platform.program, random));
  }
}

void run_hostile_programs(ProgrammedChip& platform, int programs, unsigned seed) {
  const Bytes expected = expected_output(platform);
  std::mt19937_64 random(seed);
  std::map<std::uint32_t, int> codes;
  for (int turn = 0; turn < programs; ++turn) {
    const Bytes bytes = hostile(platform, turn, random);
    const int refused = platform.refused;
    const neartile_result result = platform.execute(bytes);
    const neartile_error error = neartile_last_error(&platform.device);
    ASSERT_NE(result, NEARTILE_TIMEOUT) << turn;
    ASSERT_EQ(result == NEARTILE_FAILED, error.code != NEARTILE_ERROR_CODE_NONE) << turn;
    ++codes[error.code];
    // A checked program's commands are refused nothing but by the memory outside.
    if (error.code == NEARTILE_ERROR_CODE_ACCESS) ASSERT_GT(platform.refused, refused) << turn;
    if (turn % 4 == 0 && bytes != platform.good) ASSERT_EQ(result, NEARTILE_FAILED) << turn;
    if (turn % 50 != 49) continue;
    platform.write_data();
    ASSERT_EQ(platform.execute(platform.good), NEARTILE_OK) << turn;
    ASSERT_EQ(platform.output(), expected) << turn;
  }
  EXPECT_GT(codes[NEARTILE_ERROR_CODE_NONE], programs / 20) << "some ran";
  EXPECT_GT(codes[NEARTILE_ERROR_CODE_ACCESS], 0) << "some left the memory";
  EXPECT_GT(codes[NEARTILE_ERROR_CODE_CHECKSUM], programs / 10);
  EXPECT_GT(codes.size(), 10u) << "errors of many sorts";
}

TEST(ControllerHostile, ProgramsEndWellOrWithAStatedError) {
  simulate([](ProgrammedChip& platform) { run_hostile_programs(platform, 2000, 1); });
}

TEST(LongControllerHostile, ProgramsEndWellOrWithAStatedError) {
  simulate([](ProgrammedChip& platform) { run_hostile_programs(platform, 100'000, 2); });
}

}  // namespace
}  // namespace neartile::sc_models
