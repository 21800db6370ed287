#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testbenches/program.h"

namespace neartile {
namespace {

using ::testing::HasSubstr;

constexpr const char* two_layers =
    "name,type,in_h,in_w,in_c,k_h,k_w,stride_h,stride_w,pad_h,pad_w,groups,out_h,out_w,out_c,gemm_m,"
    "gemm_n,gemm_k\n"
    "first,conv,8,8,3,3,3,1,1,1,1,1,8,8,16,64,16,27\n"
    "second,conv,8,8,16,1,1,1,1,0,0,1,8,8,24,64,24,16\n";

TEST(Roofline, NamesLayersAndCeilings) {
  const TemporaryFolder folder;
  const std::string table = (folder / "two.csv").string(), plot = (folder / "plot.svg").string();
  std::ofstream(table) << two_layers;
  const ProgramResult result = run_program({"run", "--layers", table, "--simulate", "--roofline", plot});
  if (result.errors.find("gnuplot is not installed") != std::string::npos) GTEST_SKIP() << result.errors;
  ASSERT_EQ(result.status, 0) << result.errors;
  const std::string svg = text_of(plot);
  for (const char* text : {"first", "second", "GB/s", "TOPS", "operational intensity", "operations a second"})
    EXPECT_THAT(svg, HasSubstr(text));
}

}  // namespace
}  // namespace neartile
