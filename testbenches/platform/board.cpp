// The board of firmware that is compiled for the host: every access goes through a socket.
#include "platform/firmware/board.h"

#include "platform/processor.h"

using neartile::platform::Processor;

extern "C" uint32_t board_read32(uintptr_t address) {
  uint32_t value = 0;
  Processor::running().read(address, &value, sizeof value);
  return value;
}

extern "C" void board_write32(uintptr_t address, uint32_t value) {
  Processor::running().write(address, &value, sizeof value);
}

extern "C" void board_read(uintptr_t address, void* data, size_t bytes) {
  Processor::running().read(address, data, bytes);
}

extern "C" void board_write(uintptr_t address, const void* data, size_t bytes) {
  Processor::running().write(address, data, bytes);
}

extern "C" void board_wait_for_interrupt() {
  Processor::running().wait_for_interrupt();
}
