#include "neartile/pe/base/child_process.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace neartile {
namespace {

using std::chrono::seconds;

TEST(ChildProcess, GivesOutputAndStatus) {
  const ChildResult result = run_child({"sh", "-c", "echo out; echo err >&2; exit 3"}, seconds(10));
  EXPECT_TRUE(result.started);
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.output, "out\nerr\n");
}

TEST(ChildProcess, ReadsNothingAndRunsInItsFolder) {
  const ScratchFolder folder;
  folder.write("note", "text");
  EXPECT_EQ(run_child({"cat"}, seconds(10)).output, "");
  EXPECT_EQ(run_child({"cat", "note"}, seconds(10), folder.path()).output, "text");
}

TEST(ChildProcess, ThatIsNotThereDidNotStart) {
  EXPECT_FALSE(run_child({"neartile-no-such-program"}, seconds(10)).started);
}

TEST(ChildProcess, IsEndedWithItsChildrenWhenTimeIsUp) {
  const auto begin = std::chrono::steady_clock::now();
  const ChildResult result = run_child({"sh", "-c", "sleep 60 & sleep 60"}, seconds(1));
  EXPECT_TRUE(result.timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(20));
}

TEST(ChildProcess, MayPrintMuch) {
  const ChildResult result = run_child({"sh", "-c", "yes | head -c 5000000; echo end"}, seconds(60));
  EXPECT_EQ(result.status, 0);
  EXPECT_LE(result.output.size(), std::size_t{128} << 10);
  EXPECT_TRUE(result.output.ends_with("end\n"));
}

TEST(ScratchFolder, GoesWithTheObject) {
  std::string path;
  {
    const ScratchFolder folder;
    path = folder.path();
    EXPECT_TRUE(std::filesystem::exists(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace neartile
