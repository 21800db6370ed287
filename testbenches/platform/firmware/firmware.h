/* Classifies the images of a workload that lies at the start of memory, and prints what the chip counted. */
#ifndef PLATFORM_FIRMWARE_H
#define PLATFORM_FIRMWARE_H

#ifdef __cplusplus
extern "C" {
#endif

/* 0: all images are classified; 1: something failed, which is printed. */
int firmware_main(void);

#ifdef __cplusplus
}
#endif

#endif
