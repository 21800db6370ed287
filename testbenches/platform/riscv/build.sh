#!/usr/bin/env bash
# build.sh OUT.elf [FLAG..]: builds the firmware for a bare RISC-V machine (Debian: gcc-riscv64-unknown-elf,
# picolibc-riscv64-unknown-elf). Flags place things elsewhere: -DPLATFORM_NPU=.., -Wl,--defsym..
set -euo pipefail
out=$(realpath -m "$1")
shift
cd "$(dirname "${BASH_SOURCE[0]}")"
root=../../..
riscv64-unknown-elf-gcc --specs=picolibc.specs -march=rv64imac -misa-spec=2.2 -mabi=lp64 -mcmodel=medany -std=c99 -O2 -Wall -Wextra \
  -Wno-int-to-pointer-cast -nostartfiles -Wl,--no-warn-rwx-segments -I../firmware -I$root/sc_models/include "$@" -T "${LINKER_SCRIPT:-link.ld}" \
  start.S board.c ../firmware/firmware.c $root/sc_models/driver/neartile_driver.c -o "$out"
