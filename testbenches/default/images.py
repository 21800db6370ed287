"""Drawn images, by way of the program neartile-draw."""
import os
import struct
import subprocess
import tempfile
import zlib

import numpy as np

CLASSES = ["ring", "gapped ring", "pentagon", "hexagon", "star",
           "cross", "S curve", "Z curve", "arrow", "tee"]


def draw(program, split, first, count):
    """Images `first` to `first + count - 1` of a split: u8 [count, 32, 32, 3], int64 [count]."""
    with tempfile.TemporaryDirectory() as folder:
        images, labels = (os.path.join(folder, name) for name in ("images.npy", "labels.npy"))
        subprocess.run([program, split, str(first), str(count), images, labels], check=True)
        return np.load(images), np.load(labels)


def write_png(path, pixels):
    """Writes u8 [height, width, 3]."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.write(chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)))
        file.write(chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def write_sheet(path, program, rows=8):
    """A contact sheet of the first train images: one column a class, at their own size.

    Levels are rounded to multiples of 17: noise hardly packs, and half its bits are not seen."""
    images, labels = draw(program, "train", 0, 1000)
    framed = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=255)
    columns = [np.concatenate(framed[labels == c][:rows], 0) for c in range(len(CLASSES))]
    levels = (np.concatenate(columns, 1).astype(int) + 8) // 17 * 17
    write_png(path, levels.astype(np.uint8))
