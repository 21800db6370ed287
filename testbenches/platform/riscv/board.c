/* The board of firmware on a bare RISC-V machine: memory-mapped accesses, wfi, a UART of the 16550 kind. */
#include "board.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "firmware.h"

#ifndef BOARD_UART
#define BOARD_UART 0x10000000u
#endif

#define MIE_EXTERNAL 0x800u /* machine external interrupt */

uint32_t board_read32(uintptr_t address) {
  return *(volatile uint32_t *)address;
}

void board_write32(uintptr_t address, uint32_t value) {
  *(volatile uint32_t *)address = value;
}

/* The chip writes memory behind the compiler's back. */
static void fence(void) {
  __asm__ volatile("fence iorw, iorw" ::: "memory");
}

void board_read(uintptr_t address, void *data, size_t bytes) {
  fence();
  memcpy(data, (const void *)address, bytes);
}

void board_write(uintptr_t address, const void *data, size_t bytes) {
  memcpy((void *)address, data, bytes);
  fence();
}

/* Enabled in mie and not in mstatus, an interrupt ends wfi and is not taken: no handler is needed. */
void board_wait_for_interrupt(void) {
  __asm__ volatile("csrs mie, %0\n\twfi" ::"r"(MIE_EXTERNAL) : "memory");
}

static int put(char character, FILE *stream) {
  (void)stream;
  *(volatile uint8_t *)BOARD_UART = (uint8_t)character;
  return (unsigned char)character;
}

static FILE uart = FDEV_SETUP_STREAM(put, NULL, NULL, _FDEV_SETUP_WRITE);
FILE *const stdout = &uart;

void board_trap(uint64_t cause, uint64_t program_counter, uint64_t value) {
  printf("firmware: trap %" PRIu64 " at %#" PRIx64 ", value %#" PRIx64 "\n", cause, program_counter, value);
}

/* Tells a simulator that it is over: BOARD_EXIT is the address of a test finisher as SiFive's, where there is one. */
void board_exit(int status) {
#ifdef BOARD_EXIT
  board_write32(BOARD_EXIT, status == 0 ? 0x5555u : (uint32_t)status << 16 | 0x3333u);
#else
  (void)status;
#endif
}

int main(void) {
  return firmware_main();
}
