"""Sources run on SystemC 2.3.4 and on 3.x: no name that IEEE 1666-2023 and its library dropped or deprecated."""
import re

from rules import GONE_FROM_SYSTEMC
from tree import files, read

_GONE = re.compile(r"(?<![\w/])(?:%s)(?!\w)" % "|".join(GONE_FROM_SYSTEMC))


def check(root):
    complaints = []
    for path in files(root, ".h", ".hpp", ".cpp", ".cc"):
        for number, line in enumerate(read(root, path).splitlines(), 1):
            code = line.split("//")[0]
            for match in _GONE.finditer(code):
                complaints.append(f"{path}:{number}: {match.group(0)} is gone from SystemC 3.0")
    return complaints
