/* The address map of the platform, for its firmware (C99) and its model; a board of one's own defines others.
 */
#ifndef PLATFORM_MAP_H
#define PLATFORM_MAP_H

#ifndef PLATFORM_INTERRUPTS
#define PLATFORM_INTERRUPTS 0x0c000000u /* the interrupt controller */
#endif
#ifndef PLATFORM_NPU
#define PLATFORM_NPU 0x40000000u /* the chip's registers and buffer window */
#endif
#ifndef PLATFORM_MEMORY
#define PLATFORM_MEMORY 0x80000000u /* the workload; processor and DMA see it at the same addresses */
#endif

#define PLATFORM_NPU_LINE 0u /* of the interrupt controller */

#endif
