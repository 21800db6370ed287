/* C99, for any processor: what it needs of its board is in board.h, the chip's driver is Neartile's. */
#include "firmware.h"

#include <inttypes.h>
#include <stdio.h>

#include "board.h"
#include "map.h"
#include "neartile/sc_models/driver/neartile_driver.h"
#include "workload.h"

#define LOOKS 1000000u /* at a busy chip, with a pause between them */
#define CHUNK_BYTES 1024u

static uint32_t read_register(void *context, uint32_t offset) {
  return board_read32((uintptr_t)context + offset);
}

static void write_register(void *context, uint32_t offset, uint32_t value) {
  board_write32((uintptr_t)context + offset, value);
}

static void pause_until_interrupt(void *context) {
  (void)context;
  board_wait_for_interrupt();
}

static const neartile_device npu = {(void *)PLATFORM_NPU, read_register, write_register, pause_until_interrupt};

static uintptr_t place(uint64_t offset) {
  return (uintptr_t)(PLATFORM_MEMORY + offset);
}

static void copy(uint64_t to, uint64_t from, uint64_t bytes) {
  unsigned char chunk[CHUNK_BYTES];
  while (bytes > 0) {
    const size_t part = bytes < sizeof chunk ? (size_t)bytes : sizeof chunk;
    board_read(place(from), chunk, part);
    board_write(place(to), chunk, part);
    from += part;
    to += part;
    bytes -= part;
  }
}

static int fail(const char *what, neartile_result result) {
  const neartile_error error = neartile_last_error(&npu);
  printf("firmware: %s: result %d, error code %" PRIu32 ", command %" PRIu32 "\n", what, (int)result, error.code,
         error.command);
  return 1;
}

static int start(void) {
  neartile_capabilities chip;
  uint32_t i;
  neartile_result result = neartile_probe(&npu, &chip);
  if (result != NEARTILE_OK) {
    printf("firmware: no chip at %#" PRIx32 "\n", (uint32_t)PLATFORM_NPU);
    return 1;
  }
  printf("chip: version %" PRIu32 ".%" PRIu32 ", %" PRIu32 " arrays in %" PRIu32 " groups, %" PRIu32 " kHz\n",
         chip.version >> NEARTILE_VERSION_MAJOR_SHIFT, chip.version & NEARTILE_VERSION_MINOR_MASK, chip.arrays,
         chip.groups, chip.clock_kHz);
  for (i = 0; i < chip.groups; ++i) {
    neartile_group group;
    if (neartile_read_group(&npu, i, &group) != NEARTILE_OK) return fail("group", NEARTILE_REFUSED);
    printf("group %" PRIu32 ": %" PRIu32 " x %" PRIu32 " x %" PRIu32 ", multiplier %016" PRIx64 "\n", i, group.count,
           group.rows, group.columns, group.multiplier);
  }
  board_write32(PLATFORM_INTERRUPTS + 4u, 1u << PLATFORM_NPU_LINE);
  return 0;
}

/* Executes the program once. After an error the chip is reset, so that it can take the next program. */
static int execute(const struct workload *work, uint64_t *cycles) {
  neartile_result result = neartile_set_data_base(&npu, place(work->data_offset));
  if (result == NEARTILE_OK) {
    neartile_enable_interrupt(&npu, true);
    result = neartile_submit(&npu, place(work->program_offset), (uint32_t)work->program_bytes);
  }
  if (result == NEARTILE_OK) result = neartile_wait(&npu, LOOKS);
  neartile_acknowledge(&npu);
  if (result != NEARTILE_OK) {
    neartile_device polled = npu; /* a reset raises no interrupt */
    polled.pause = NULL;
    fail("program", result);
    neartile_reset(&polled, LOOKS);
    return 1;
  }
  *cycles += neartile_cycles(&npu);
  return 0;
}

/* The class with the highest output; of equal ones the first. */
static uint32_t best_class(uint64_t outputs, const struct workload *work) {
  uint32_t best = 0, i;
  int highest = -256;
  for (i = 0; i < work->output_bytes; ++i) {
    unsigned char pattern;
    int value;
    board_read(place(outputs + i), &pattern, 1);
    value = work->signed_output != 0 && pattern > 127 ? (int)pattern - 256 : (int)pattern;
    if (value > highest) {
      highest = value;
      best = i;
    }
  }
  return best;
}

static int classify(const struct workload *work) {
  uint64_t cycles = 0;
  uint32_t i, right = 0, known = 0;
  for (i = 0; i < work->images; ++i) {
    const uint64_t outputs = work->outputs_offset + i * work->output_bytes;
    uint32_t label, found;
    copy(work->data_offset + work->input_offset, work->images_offset + i * work->input_bytes, work->input_bytes);
    if (execute(work, &cycles) != 0) return 1;
    copy(outputs, work->data_offset + work->output_offset, work->output_bytes);
    label = board_read32(place(work->labels_offset + 4u * (uint64_t)i));
    found = best_class(outputs, work);
    known += label != UINT32_MAX;
    right += label == found;
  }
  printf("images: %" PRIu64 ", right %" PRIu32 " of %" PRIu32 "\n", work->images, right, known);
  printf("cycles: %" PRIu64 ", %" PRIu64 " an image\n", cycles, cycles / work->images);
  return 0;
}

static void print_counters(const char *what, uint32_t number, const neartile_counters *counters) {
  printf("%s %" PRIu32 ": %" PRIu64 " cycles; toggles %" PRIu64 " activation, %" PRIu64 " product, %" PRIu64
         " partial sum, %" PRIu64 " weight, %" PRIu64 " control\n",
         what, number, counters->cycles, counters->activation_toggles, counters->product_toggles,
         counters->partial_sum_toggles, counters->weight_toggles, counters->control_toggles);
}

static void print_all_counters(const struct workload *work) {
  neartile_counters counters;
  uint32_t i;
  for (i = 0; neartile_array_counters(&npu, i, &counters) == NEARTILE_OK; ++i) print_counters("array", i, &counters);
  for (i = 0; i < work->layers && neartile_layer_counters(&npu, i, &counters) == NEARTILE_OK; ++i)
    print_counters("layer", i, &counters);
}

int firmware_main(void) {
  struct workload work;
  board_read(place(0), &work, sizeof work);
  if (work.signature != WORKLOAD_SIGNATURE || work.images == 0) {
    printf("firmware: there is no workload in memory\n");
    return 1;
  }
  if (start() != 0 || classify(&work) != 0) return 1;
  print_all_counters(&work);
  return 0;
}
