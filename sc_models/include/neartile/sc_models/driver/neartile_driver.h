/* A driver for Neartile chips: C99 and C++, bare metal. It allocates nothing and needs no library; the
   registers are in neartile_registers.h. One program runs at a time: place its bytes and data in memory,
   neartile_submit(), neartile_wait(), read what came out. */
#ifndef NEARTILE_DRIVER_H
#define NEARTILE_DRIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "neartile_registers.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How to reach a chip. `read` and `write` access the register at a byte offset. `pause` is called between two
   looks at a chip that is busy: it may wait for the interrupt, or a while, or be NULL. All get `context`. */
typedef struct neartile_device {
  void* context;
  uint32_t (*read)(void* context, uint32_t offset);
  void (*write)(void* context, uint32_t offset, uint32_t value);
  void (*pause)(void* context);
} neartile_device;

/* A chip whose registers are mapped at `base`. */
neartile_device neartile_mapped(volatile void* base);

typedef enum neartile_result {
  NEARTILE_OK = 0,
  NEARTILE_NO_CHIP = 1, /* there is no Neartile chip, or one of another major version */
  NEARTILE_IS_BUSY = 2, /* a program is under way */
  NEARTILE_FAILED = 3,  /* the program was refused or stopped: neartile_last_error() */
  NEARTILE_TIMEOUT = 4, /* still busy after so many looks */
  NEARTILE_REFUSED = 5  /* the chip has no such group, layer or array */
} neartile_result;

/* What the chip is. */
typedef struct neartile_capabilities {
  uint32_t version;
  uint32_t arrays;
  uint32_t groups;
  uint32_t routes; /* entries of the routing table */
  uint32_t unified_buffer_KiB;
  uint32_t weight_buffer_KiB;
  uint32_t accumulator_vectors;
  uint32_t clock_kHz;
} neartile_capabilities;

/* A group of equal arrays. */
typedef struct neartile_group {
  uint32_t count;
  uint32_t rows;
  uint32_t columns;
  uint32_t type;       /* fields NEARTILE_GROUP_TYPE_.. */
  uint64_t multiplier; /* its identity */
} neartile_group;

typedef struct neartile_error {
  uint32_t code;    /* NEARTILE_ERROR_CODE_.. */
  uint32_t command; /* NEARTILE_ERROR_COMMAND_NONE: of none */
} neartile_error;

/* Cycles, and bit changes by class, of an array or a layer. */
typedef struct neartile_counters {
  uint64_t cycles;
  uint64_t activation_toggles;
  uint64_t product_toggles;
  uint64_t partial_sum_toggles;
  uint64_t weight_toggles;
  uint64_t control_toggles;
} neartile_counters;

/* Looks whether there is a chip that this driver knows; fills in what it is unless `capabilities` is NULL. */
neartile_result neartile_probe(const neartile_device* device, neartile_capabilities* capabilities);
neartile_result neartile_read_group(const neartile_device* device, uint32_t index, neartile_group* group);

/* Settings, while the chip is idle. Programs' memory addresses are relative to the data base, 0 after reset.
 */
neartile_result neartile_set_data_base(const neartile_device* device, uint64_t address);
/* `group`: NEARTILE_ROUTE_OF_PROGRAM for what the program says. */
neartile_result neartile_route(const neartile_device* device, uint32_t layer, uint32_t group);
/* Lets the end of a program raise the interrupt, or not. */
void neartile_enable_interrupt(const neartile_device* device, bool enable);

/* Starts the program of `size` bytes at `address`; clears what an earlier one left. */
neartile_result neartile_submit(const neartile_device* device, uint64_t address, uint32_t size);
/* One look: NEARTILE_OK when the program is done, NEARTILE_IS_BUSY, or NEARTILE_FAILED. */
neartile_result neartile_poll(const neartile_device* device);
/* Polls up to `looks` times, with a pause before each but the first. */
neartile_result neartile_wait(const neartile_device* device, uint32_t looks);
/* For an interrupt handler: returns the events, NEARTILE_INTERRUPT_STATUS_.., and clears them. */
uint32_t neartile_acknowledge(const neartile_device* device);

/* Cycles of the last program, and those of fetching it. */
uint64_t neartile_cycles(const neartile_device* device);
uint64_t neartile_fetch_cycles(const neartile_device* device);
/* Since reset or neartile_clear_counters(). Cycles of an array are those in which it was busy. */
neartile_result neartile_array_counters(const neartile_device* device, uint32_t array,
                                        neartile_counters* counters);
neartile_result neartile_layer_counters(const neartile_device* device, uint32_t layer,
                                        neartile_counters* counters);
void neartile_clear_counters(const neartile_device* device);

neartile_error neartile_last_error(const neartile_device* device);
/* Resets the chip, whatever it does, and waits until it is idle. All settings are gone. */
neartile_result neartile_reset(const neartile_device* device, uint32_t looks);

#ifdef __cplusplus
}
#endif

#endif
