// The firmware as a bare-metal RISC-V image: it builds and, in QEMU, runs. QEMU has no Neartile chip; words
// of RAM stand in for its registers, so that a program is done as soon as it is submitted. Both need packages
// that are no part of ./setup, and skip without them.
#include <gmock/gmock.h>

#include <cstring>
#include <fstream>

#include "neartile/pe/base/child_process.h"
#include "neartile/sc_models/driver/neartile_registers.h"
#include "platform/firmware/workload.h"
#include "support/temporary_folder.h"
#include "support/tools.h"

namespace neartile::platform {
namespace {

using testing_support::has_tool;
using testing_support::TemporaryFolder;

constexpr const char* riscv = NEARTILE_SOURCE_DIR "/testbenches/platform/riscv";

#define NEEDS_OPTIONAL_TOOL(name) \
  if (!has_tool(name, "--version")) GTEST_SKIP() << name << " is not installed"

std::string build(const TemporaryFolder& folder, std::vector<std::string> flags, std::string linker_script) {
  std::vector<std::string> words{"env", "LINKER_SCRIPT=" + linker_script, std::string(riscv) + "/build.sh",
                                 (folder / "firmware.elf").string()};
  words.insert(words.end(), flags.begin(), flags.end());
  const ChildResult done = run_child(words, std::chrono::seconds(60));
  EXPECT_EQ(done.status, 0);
  EXPECT_EQ(done.output, "");
  return words[3];
}

std::string read_text(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class Value>
void put(std::string& bytes, std::size_t offset, const Value& value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}

/// Registers of a chip of two arrays whose program took 1,234 cycles.
std::string registers() {
  std::string bytes(0x30000, '\0');
  put(bytes, NEARTILE_IDENTIFICATION, NEARTILE_IDENTIFICATION_AFTER_RESET);
  put(bytes, NEARTILE_VERSION, NEARTILE_VERSION_AFTER_RESET);
  put(bytes, NEARTILE_ARRAYS, std::uint32_t{2});
  put(bytes, NEARTILE_ROUTES, std::uint32_t{16});
  put(bytes, NEARTILE_CLOCK_KHZ, std::uint32_t{940000});
  put(bytes, NEARTILE_CYCLES_LOW, std::uint64_t{1234});
  put(bytes, NEARTILE_ARRAY_PRODUCT_TOGGLES_LOW(1), std::uint64_t{1} << 40);
  return bytes;
}

/// Two images of the classes 1 and 2, and an output that says 1.
std::string workload_bytes() {
  std::string bytes(0x6000, '\0');
  workload header{};
  header.signature = WORKLOAD_SIGNATURE;
  header.images = 2;
  header.layers = 1;
  header.program_offset = 0x1000;
  header.program_bytes = 64;
  header.images_offset = 0x2000;
  header.input_bytes = 4;
  header.labels_offset = 0x3000;
  header.outputs_offset = 0x4000;
  header.data_offset = 0x5000;
  header.output_offset = 0x100;
  header.output_bytes = 3;
  put(bytes, 0, header);
  put(bytes, header.labels_offset, std::uint32_t{1});
  put(bytes, header.labels_offset + 4, std::uint32_t{2});
  put(bytes, header.data_offset + header.output_offset + 1, std::uint8_t{200});
  return bytes;
}

TEST(PlatformRiscv, FirmwareBuildsForABareMachine) {
  NEEDS_OPTIONAL_TOOL("riscv64-unknown-elf-gcc");
  const TemporaryFolder folder;
  const std::string image = read_text(build(folder, {}, "link.ld"));
  EXPECT_EQ(image.substr(0, 4),
            "\x7f"
            "ELF");
}

TEST(PlatformRiscv, FirmwareRunsInQemuOnRegistersOfRam) {
  NEEDS_OPTIONAL_TOOL("riscv64-unknown-elf-gcc");
  NEEDS_OPTIONAL_TOOL("qemu-system-riscv64");
  const TemporaryFolder folder;
  std::string script = read_text(std::string(riscv) + "/link.ld");
  script.replace(script.find("0x20000000"), 10, "0x80000000");
  folder.write("virt.ld", script);
  folder.write("registers.bin", registers());
  folder.write("workload.bin", workload_bytes());
  const std::string image =
      build(folder, {"-DPLATFORM_NPU=0x82000000u", "-DPLATFORM_MEMORY=0x83000000u", "-DBOARD_EXIT=0x100000u"},
            (folder / "virt.ld").string());
  const auto load = [&](const char* name, const char* address) {
    return "loader,file=" + (folder / name).string() + ",addr=" + address;
  };
  const ChildResult done = run_child(
      {"qemu-system-riscv64", "-machine", "virt", "-m", "128", "-nographic", "-bios", "none", "-kernel",
       image, "-device", load("registers.bin", "0x82000000"), "-device", load("workload.bin", "0x83000000")},
      std::chrono::seconds(60));
  EXPECT_EQ(done.status, 0) << done.output;
  EXPECT_THAT(done.output, testing::HasSubstr("chip: version 1.0, 2 arrays in 0 groups, 940000 kHz\n"));
  EXPECT_THAT(done.output, testing::HasSubstr("images: 2, right 1 of 2\n"));
  EXPECT_THAT(done.output, testing::HasSubstr("cycles: 2468, 1234 an image\n"));
  EXPECT_THAT(done.output,
              testing::HasSubstr("array 1: 0 cycles; toggles 0 activation, 1099511627776 product"));
}

}  // namespace
}  // namespace neartile::platform
