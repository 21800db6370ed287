#include "sc_models/registers/register_file.h"

#include <gtest/gtest.h>

#include <map>

#include "neartile/sc_models/driver/neartile_registers.h"

namespace neartile::sc_models {
namespace {

router::ChipConfig chip_of_two_groups() {
  router::ChipConfig chip;
  chip.arrays.resize(2);
  chip.arrays[0].count = 3;
  chip.arrays[1].array.rows = 16;
  chip.arrays[1].array.pe.multiplier = "truncated(4)";
  chip.arrays[1].array.pe.accumulator_bits = 24;
  complete(chip, "test");
  return chip;
}

std::uint32_t read(RegisterFile& file, std::uint32_t address) {
  std::uint32_t value = 0;
  EXPECT_EQ(file.read(address, value), tlm::TLM_OK_RESPONSE) << address;
  return value;
}

TEST(RegisterFile, TellsWhatTheChipIs) {
  RegisterFile file(chip_of_two_groups());
  EXPECT_EQ(read(file, NEARTILE_IDENTIFICATION), 0x4e54494cu);
  EXPECT_EQ(read(file, NEARTILE_ARRAYS), 4u);
  EXPECT_EQ(read(file, NEARTILE_GROUPS), 2u);
  EXPECT_EQ(read(file, NEARTILE_GROUP_COUNT(0)), 3u);
  EXPECT_EQ(read(file, NEARTILE_GROUP_ROWS(1)), 16u);
  EXPECT_EQ(read(file, NEARTILE_GROUP_TYPE(0)), 32u << 8 | 2u << 16 | NEARTILE_GROUP_TYPE_EXACT);
  EXPECT_EQ(read(file, NEARTILE_GROUP_TYPE(1)), 24u << 8 | 2u << 16);
  EXPECT_NE(read(file, NEARTILE_GROUP_MULTIPLIER_LOW(0)), read(file, NEARTILE_GROUP_MULTIPLIER_LOW(1)));
  EXPECT_EQ(read(file, NEARTILE_CLOCK_KHZ), 940000u);
}

/// Whether the chip of chip_of_two_groups() has entry `i` of the table.
bool exists(const RegisterEntry& entry, std::uint32_t i) {
  if (entry.name.rfind("GROUP_", 0) == 0) return i < 2;
  if (entry.name.rfind("ARRAY_", 0) == 0) return i < 4;
  return true;
}

std::map<std::uint32_t, const RegisterEntry*> words_that_exist() {
  std::map<std::uint32_t, const RegisterEntry*> words;
  for (const RegisterEntry& entry : register_map()) {
    for (std::uint32_t i = 0; i < entry.count; ++i) {
      for (unsigned word = 0; exists(entry, i) && word < entry.words; ++word)
        words[entry.offset + i * entry.stride + 4 * word] = &entry;
    }
  }
  return words;
}

// Every address of the window, against the map alone.
TEST(RegisterFile, EveryAddressAnswersAsTheMapSays) {
  const auto words = words_that_exist();
  RegisterFile file(chip_of_two_groups());
  const auto busy_and_idle = {std::uint64_t{0}, std::uint64_t{NEARTILE_STATUS_BUSY}};
  for (std::uint64_t address = 0; address < 0x40000; ++address) {
    const auto found = words.find(static_cast<std::uint32_t>(address));
    std::uint32_t value = 0;
    if (found == words.end()) {
      EXPECT_EQ(file.peek(address, value), tlm::TLM_ADDRESS_ERROR_RESPONSE) << address;
      EXPECT_EQ(file.write(address, 0), tlm::TLM_ADDRESS_ERROR_RESPONSE) << address;
      continue;
    }
    const RegisterEntry& entry = *found->second;
    const bool readable = entry.access != RegisterAccess::write_only;
    EXPECT_EQ(file.read(address, value), readable ? tlm::TLM_OK_RESPONSE : tlm::TLM_COMMAND_ERROR_RESPONSE)
        << entry.name;
    if (readable && entry.reset) {
      EXPECT_EQ(value, entry.words == 2 ? 0 : *entry.reset) << entry.name;
    }
    for (const std::uint64_t status : busy_and_idle) {
      file.set(NEARTILE_STATUS, status);
      const auto allowed =
          entry.refused_while_busy && status != 0 ? tlm::TLM_GENERIC_ERROR_RESPONSE : tlm::TLM_OK_RESPONSE;
      const bool writable = entry.access != RegisterAccess::read_only;
      EXPECT_EQ(file.write(address, 0), writable ? allowed : tlm::TLM_COMMAND_ERROR_RESPONSE) << entry.name;
    }
    file.set(NEARTILE_STATUS, 0);
    file.reset();
  }
}

TEST(RegisterFile, KeepsWhatMayBeWrittenAndNothingElse) {
  RegisterFile file(chip_of_two_groups());
  for (const auto& [address, entry] : words_that_exist()) {
    if (entry->access != RegisterAccess::read_write) continue;
    EXPECT_EQ(file.write(address, 0xa5a5a5a7), tlm::TLM_OK_RESPONSE) << entry->name;
    EXPECT_EQ(read(file, address), 0xa5a5a5a7 & entry->mask()) << entry->name;
  }
  EXPECT_EQ(file.get(NEARTILE_QUEUE_BASE_LOW), 0xa5a5a5a7a5a5a5a7);
}

TEST(RegisterFile, OnesClearEvents) {
  RegisterFile file(chip_of_two_groups());
  file.set(NEARTILE_INTERRUPT_STATUS, NEARTILE_INTERRUPT_STATUS_DONE | NEARTILE_INTERRUPT_STATUS_ERROR);
  EXPECT_EQ(file.write(NEARTILE_INTERRUPT_STATUS, NEARTILE_INTERRUPT_STATUS_DONE), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(read(file, NEARTILE_INTERRUPT_STATUS), NEARTILE_INTERRUPT_STATUS_ERROR);
}

TEST(RegisterFile, ReadingTheLowWordKeepsTheHighOne) {
  RegisterFile file(chip_of_two_groups());
  std::uint64_t cycles = 0x1'ffffffff;
  file.read_from(NEARTILE_ARRAY_BUSY_CYCLES_LOW(0), [&](std::uint32_t i) { return cycles + i; });
  EXPECT_EQ(read(file, NEARTILE_ARRAY_BUSY_CYCLES_LOW(0)), 0xffffffffu);
  cycles = 0x2'00000000;
  std::uint32_t value = 0;
  EXPECT_EQ(file.peek(NEARTILE_ARRAY_BUSY_CYCLES_HIGH(0), value), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(value, 2u) << "debug reads are of this moment";
  EXPECT_EQ(read(file, NEARTILE_ARRAY_BUSY_CYCLES_HIGH(0)), 1u);
  EXPECT_EQ(read(file, NEARTILE_ARRAY_BUSY_CYCLES_HIGH(0)), 2u) << "kept for one read";
  EXPECT_EQ(read(file, NEARTILE_ARRAY_BUSY_CYCLES_LOW(3)), 3u);
}

TEST(RegisterFile, AnActionCanRefuseAValue) {
  RegisterFile file(chip_of_two_groups());
  file.on_write(NEARTILE_ROUTE(0), [](std::uint32_t, std::uint32_t value) { return value < 2; });
  EXPECT_EQ(file.write(NEARTILE_ROUTE(7), 1), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(file.write(NEARTILE_ROUTE(7), 2), tlm::TLM_GENERIC_ERROR_RESPONSE);
  EXPECT_EQ(read(file, NEARTILE_ROUTE(7)), 1u);
}

TEST(RegisterFile, ResetBringsBackTheMapsValues) {
  RegisterFile file(chip_of_two_groups());
  file.write(NEARTILE_ROUTE(7), 1);
  file.write(NEARTILE_INTERRUPT_ENABLE, NEARTILE_INTERRUPT_ENABLE_DONE);
  file.reset();
  EXPECT_EQ(read(file, NEARTILE_ROUTE(7)), NEARTILE_ROUTE_OF_PROGRAM);
  EXPECT_EQ(read(file, NEARTILE_INTERRUPT_ENABLE), 0u);
  EXPECT_EQ(read(file, NEARTILE_GROUP_ROWS(1)), 16u) << "what the chip is stays";
}

}  // namespace
}  // namespace neartile::sc_models
