# From reset to main(): stack, global pointer, traps, cleared .bss. Machine mode, one hart.
    .section .text.start
    .globl _start
_start:
    csrr t0, mhartid
    bnez t0, park
    .option push
    .option norelax
    la gp, __global_pointer$
    .option pop
    la sp, __stack_top
    la t0, trap
    csrw mtvec, t0
    la t0, __bss_start
    la t1, __bss_end
1:  bgeu t0, t1, 2f
    sd zero, 0(t0)
    addi t0, t0, 8
    j 1b
2:  call main
    call board_exit
park:
    wfi
    j park

    .align 2
trap:
    csrr a0, mcause
    csrr a1, mepc
    csrr a2, mtval
    call board_trap
    j park
