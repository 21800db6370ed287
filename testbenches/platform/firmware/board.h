/* What firmware needs of the board that it runs on; board.c of a bare-metal program, board.cpp of the
 * platform. */
#ifndef PLATFORM_BOARD_H
#define PLATFORM_BOARD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

uint32_t board_read32(uintptr_t address);
void board_write32(uintptr_t address, uint32_t value);
void board_read(uintptr_t address, void* data, size_t bytes);
void board_write(uintptr_t address, const void* data, size_t bytes);
void board_wait_for_interrupt(void);

#ifdef __cplusplus
}
#endif

#endif
