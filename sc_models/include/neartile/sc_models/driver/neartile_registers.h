/* The registers of a Neartile chip, for firmware: C99 and C++. Made from sc_models/registers/register_map.cpp;
   docs/reference/registers.md says the same in a table, and how to make both again. */
#ifndef NEARTILE_REGISTERS_H
#define NEARTILE_REGISTERS_H

/* a Neartile chip: the letters NTIL (read) */
#define NEARTILE_IDENTIFICATION 0x0u
#define NEARTILE_IDENTIFICATION_AFTER_RESET 0x4e54494cu

/* of this map; a driver refuses another major number (read) */
#define NEARTILE_VERSION 0x4u
#define NEARTILE_VERSION_AFTER_RESET 0x10000u
#define NEARTILE_VERSION_MINOR_SHIFT 0u
#define NEARTILE_VERSION_MINOR_MASK 0xffffu /* additions */
#define NEARTILE_VERSION_MAJOR_SHIFT 16u
#define NEARTILE_VERSION_MAJOR_MASK 0xffffu /* changes that break drivers */

/* actions (write) */
#define NEARTILE_CONTROL 0x8u
#define NEARTILE_CONTROL_RESET 0x1u /* resets the chip; STATUS.BUSY until that is done */
#define NEARTILE_CONTROL_CLEAR_COUNTERS 0x2u /* sets counters of arrays and layers to 0 */

/* what the chip does (read) */
#define NEARTILE_STATUS 0xcu
#define NEARTILE_STATUS_BUSY 0x1u /* a program is fetched or executed, or a reset at work */
#define NEARTILE_STATUS_DONE 0x2u /* the program is executed */
#define NEARTILE_STATUS_ERROR 0x4u /* the program was refused or stopped */

/* events since they were cleared; the interrupt is high while one of them is enabled (read, write 1 to clear) */
#define NEARTILE_INTERRUPT_STATUS 0x10u
#define NEARTILE_INTERRUPT_STATUS_DONE 0x2u /* the program is executed */
#define NEARTILE_INTERRUPT_STATUS_ERROR 0x4u /* the program was refused or stopped */

/* events that raise the interrupt (read, write) */
#define NEARTILE_INTERRUPT_ENABLE 0x14u
#define NEARTILE_INTERRUPT_ENABLE_DONE 0x2u /* the program is executed */
#define NEARTILE_INTERRUPT_ENABLE_ERROR 0x4u /* the program was refused or stopped */

/* why STATUS.ERROR is set (read) */
#define NEARTILE_ERROR_CODE 0x18u
#define NEARTILE_ERROR_CODE_NONE 0x0u /* no error */
#define NEARTILE_ERROR_CODE_FETCH 0x1u /* memory refused to give the program */
#define NEARTILE_ERROR_CODE_SIGNATURE 0x2u /* the bytes do not begin as a program does */
#define NEARTILE_ERROR_CODE_VERSION 0x3u /* a version of the layout that this chip does not know */
#define NEARTILE_ERROR_CODE_SIZE 0x4u /* the header's size is not that of the queue's entry, or more than a program may have */
#define NEARTILE_ERROR_CODE_CHECKSUM 0x5u /* the bytes are not those that the checksum was made of */
#define NEARTILE_ERROR_CODE_STRUCTURE 0x6u /* a descriptor or list is longer or shorter than its length says */
#define NEARTILE_ERROR_CODE_KIND 0x7u /* a command of no known kind */
#define NEARTILE_ERROR_CODE_VALUE 0x8u /* a field has a value that it may not have */
#define NEARTILE_ERROR_CODE_LAYER 0x9u /* no layer of the program, or one of the wrong sort */
#define NEARTILE_ERROR_CODE_DEPENDENCY 0xau /* a command waits for itself or a later one */
#define NEARTILE_ERROR_CODE_ADDRESS 0xbu /* a range outside the unified buffer, or beyond the end of all memory */
#define NEARTILE_ERROR_CODE_PART 0xcu /* a part that the layer's group has no array for, or a group that the chip has not */
#define NEARTILE_ERROR_CODE_WEIGHTS 0xdu /* a slot or tile that the weight buffer has no room for */
#define NEARTILE_ERROR_CODE_TILE 0xeu /* a piece outside its layer, the array or an accumulator half */
#define NEARTILE_ERROR_CODE_SHAPE 0xfu /* a tensor or window that is impossible, or too large */
#define NEARTILE_ERROR_CODE_VECTOR_OPERATION 0x10u /* the inputs do not make the output */
#define NEARTILE_ERROR_CODE_ENCODING 0x11u /* a scale that is not positive and finite, a zero point or clamp out of range */
#define NEARTILE_ERROR_CODE_ROUTE 0x12u /* the routing table sends a layer to a group of other arrays */
#define NEARTILE_ERROR_CODE_ACCESS 0x20u /* memory or a buffer refused an access of the command */

/* the command at fault, counted from 0 (read) */
#define NEARTILE_ERROR_COMMAND 0x1cu
#define NEARTILE_ERROR_COMMAND_AFTER_RESET 0xffffffffu
#define NEARTILE_ERROR_COMMAND_NONE 0xffffffffu /* the error is of none, or there is no error */

/* where in memory the program's bytes begin (read, write; writes while idle only) */
#define NEARTILE_QUEUE_BASE_LOW 0x20u
#define NEARTILE_QUEUE_BASE_HIGH 0x24u

/* the program's length in bytes (read, write; writes while idle only) */
#define NEARTILE_QUEUE_SIZE 0x28u

/* starts work (write; writes while idle only) */
#define NEARTILE_DOORBELL 0x2cu
#define NEARTILE_DOORBELL_START 0x1u /* fetches the program, checks it, and executes it once */

/* is added to every memory address that a program contains (read, write; writes while idle only) */
#define NEARTILE_DATA_BASE_LOW 0x30u
#define NEARTILE_DATA_BASE_HIGH 0x34u

/* systolic arrays, numbered group by group (read) */
#define NEARTILE_ARRAYS 0x40u

/* groups of equal arrays (read) */
#define NEARTILE_GROUPS 0x44u

/* entries of the routing table and of layer counters (read) */
#define NEARTILE_ROUTES 0x48u
#define NEARTILE_ROUTES_AFTER_RESET 0x400u

/* size of the unified buffer in KiB (read) */
#define NEARTILE_UNIFIED_BUFFER_KIB 0x4cu

/* size of each array's weight buffer in KiB (read) */
#define NEARTILE_WEIGHT_BUFFER_KIB 0x50u

/* vectors that each array's accumulators hold, in two halves (read) */
#define NEARTILE_ACCUMULATOR_VECTORS 0x54u

/* the chip's clock in kHz (read) */
#define NEARTILE_CLOCK_KHZ 0x58u

/* cycles of the last execution (read) */
#define NEARTILE_CYCLES_LOW 0x60u
#define NEARTILE_CYCLES_HIGH 0x64u

/* cycles in which its program was fetched before (read) */
#define NEARTILE_FETCH_CYCLES_LOW 0x68u
#define NEARTILE_FETCH_CYCLES_HIGH 0x6cu

/* arrays of the group (read) */
#define NEARTILE_GROUP_COUNT(i) (0x400u + 0x20u * (i))

/* rows of each (read) */
#define NEARTILE_GROUP_ROWS(i) (0x404u + 0x20u * (i))

/* columns of each (read) */
#define NEARTILE_GROUP_COLUMNS(i) (0x408u + 0x20u * (i))

/* the PE type but for its multiplier (read) */
#define NEARTILE_GROUP_TYPE(i) (0x40cu + 0x20u * (i))
#define NEARTILE_GROUP_TYPE_FORMAT_SHIFT 0u
#define NEARTILE_GROUP_TYPE_FORMAT_MASK 0xffu /* operands: 0 u8 x s8, 1 s8 x s8 */
#define NEARTILE_GROUP_TYPE_ACCUMULATOR_BITS_SHIFT 8u
#define NEARTILE_GROUP_TYPE_ACCUMULATOR_BITS_MASK 0xffu /* width of the partial sum */
#define NEARTILE_GROUP_TYPE_WEIGHT_REGISTERS_SHIFT 16u
#define NEARTILE_GROUP_TYPE_WEIGHT_REGISTERS_MASK 0xffu /* weight registers of a PE */
#define NEARTILE_GROUP_TYPE_SATURATE 0x1000000u /* sums saturate rather than wrap */
#define NEARTILE_GROUP_TYPE_EXACT 0x2000000u /* the multiplier is exact */

/* the multiplier's identity: FNV-1a 64 of its truth table (read) */
#define NEARTILE_GROUP_MULTIPLIER_LOW(i) (0x410u + 0x20u * (i))
#define NEARTILE_GROUP_MULTIPLIER_HIGH(i) (0x414u + 0x20u * (i))

/* the group that computes the layer; one of other arrays than the program's is an error of the next program (read, write; writes while idle only) */
#define NEARTILE_ROUTE(i) (0x1000u + 0x4u * (i))
#define NEARTILE_ROUTE_AFTER_RESET 0xffffffffu
#define NEARTILE_ROUTE_OF_PROGRAM 0xffffffffu /* the group that the program says */

/* cycles in which a tile was in the array (read) */
#define NEARTILE_ARRAY_BUSY_CYCLES_LOW(i) (0x10000u + 0x40u * (i))
#define NEARTILE_ARRAY_BUSY_CYCLES_HIGH(i) (0x10004u + 0x40u * (i))

/* bit changes of activation registers (read) */
#define NEARTILE_ARRAY_ACTIVATION_TOGGLES_LOW(i) (0x10008u + 0x40u * (i))
#define NEARTILE_ARRAY_ACTIVATION_TOGGLES_HIGH(i) (0x1000cu + 0x40u * (i))

/* bit changes of product nets (read) */
#define NEARTILE_ARRAY_PRODUCT_TOGGLES_LOW(i) (0x10010u + 0x40u * (i))
#define NEARTILE_ARRAY_PRODUCT_TOGGLES_HIGH(i) (0x10014u + 0x40u * (i))

/* bit changes of partial-sum registers (read) */
#define NEARTILE_ARRAY_PARTIAL_SUM_TOGGLES_LOW(i) (0x10018u + 0x40u * (i))
#define NEARTILE_ARRAY_PARTIAL_SUM_TOGGLES_HIGH(i) (0x1001cu + 0x40u * (i))

/* bit changes of weight registers (read) */
#define NEARTILE_ARRAY_WEIGHT_TOGGLES_LOW(i) (0x10020u + 0x40u * (i))
#define NEARTILE_ARRAY_WEIGHT_TOGGLES_HIGH(i) (0x10024u + 0x40u * (i))

/* bit changes of control bits (read) */
#define NEARTILE_ARRAY_CONTROL_TOGGLES_LOW(i) (0x10028u + 0x40u * (i))
#define NEARTILE_ARRAY_CONTROL_TOGGLES_HIGH(i) (0x1002cu + 0x40u * (i))

/* cycles from the end of the layer before to its own (read) */
#define NEARTILE_LAYER_CYCLES_LOW(i) (0x20000u + 0x40u * (i))
#define NEARTILE_LAYER_CYCLES_HIGH(i) (0x20004u + 0x40u * (i))

/* bit changes of activation registers (read) */
#define NEARTILE_LAYER_ACTIVATION_TOGGLES_LOW(i) (0x20008u + 0x40u * (i))
#define NEARTILE_LAYER_ACTIVATION_TOGGLES_HIGH(i) (0x2000cu + 0x40u * (i))

/* bit changes of product nets (read) */
#define NEARTILE_LAYER_PRODUCT_TOGGLES_LOW(i) (0x20010u + 0x40u * (i))
#define NEARTILE_LAYER_PRODUCT_TOGGLES_HIGH(i) (0x20014u + 0x40u * (i))

/* bit changes of partial-sum registers (read) */
#define NEARTILE_LAYER_PARTIAL_SUM_TOGGLES_LOW(i) (0x20018u + 0x40u * (i))
#define NEARTILE_LAYER_PARTIAL_SUM_TOGGLES_HIGH(i) (0x2001cu + 0x40u * (i))

/* bit changes of weight registers (read) */
#define NEARTILE_LAYER_WEIGHT_TOGGLES_LOW(i) (0x20020u + 0x40u * (i))
#define NEARTILE_LAYER_WEIGHT_TOGGLES_HIGH(i) (0x20024u + 0x40u * (i))

/* bit changes of control bits (read) */
#define NEARTILE_LAYER_CONTROL_TOGGLES_LOW(i) (0x20028u + 0x40u * (i))
#define NEARTILE_LAYER_CONTROL_TOGGLES_HIGH(i) (0x2002cu + 0x40u * (i))

/* the unified buffer, byte for byte (host_map.h) */
#define NEARTILE_BUFFER_WINDOW 0x100000u

#endif
