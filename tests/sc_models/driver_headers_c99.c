/* The driver's headers compile as C99 with all warnings; linked nowhere. */
#include "neartile/sc_models/driver/neartile_driver.h"

uint64_t cycles_of_one_program(volatile void *base, uint64_t address, uint32_t size);

uint64_t cycles_of_one_program(volatile void *base, uint64_t address, uint32_t size) {
  const neartile_device device = neartile_mapped(base);
  if (neartile_submit(&device, address, size) != NEARTILE_OK) return 0;
  return neartile_wait(&device, 1000) == NEARTILE_OK ? neartile_cycles(&device) : 0;
}
