/* What firmware finds at the start of memory: a network with its images. Offsets are from there, in bytes. */
#ifndef PLATFORM_WORKLOAD_H
#define PLATFORM_WORKLOAD_H

#include <stdint.h>

#define WORKLOAD_SIGNATURE 0x31444c574e54u /* "NTWLD1" */

struct workload {
  uint64_t signature;
  uint64_t images;         /* to classify */
  uint64_t program_offset; /* what the chip executes, once an image */
  uint64_t program_bytes;
  uint64_t data_offset;  /* the program's addresses count from here */
  uint64_t input_offset; /* from data_offset: where the program expects an image */
  uint64_t input_bytes;
  uint64_t output_offset; /* from data_offset: where the program leaves its output, a byte a class */
  uint64_t output_bytes;
  uint64_t signed_output;  /* 1: outputs are two's complement */
  uint64_t images_offset;  /* images x input_bytes */
  uint64_t labels_offset;  /* images x uint32_t: the right class, ~0 where it is not known */
  uint64_t outputs_offset; /* images x output_bytes: firmware leaves all outputs here */
  uint64_t layers;         /* of the program */
};

#endif
