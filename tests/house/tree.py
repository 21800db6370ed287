"""Walks the files of a checkout: what a commit could hold, without build folders."""
import os
import re

from rules import FOLDERS

_SKIPPED = re.compile(r"^(\.git|\.cache|build.*|out|__pycache__|node_modules)$")
_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SOURCE_ENDINGS = (".h", ".hpp", ".cpp", ".cc", ".c", ".inc", ".py", ".sv", ".v")


def files(root, *endings):
    """The paths below `root`, relative and with slashes, whose names end in one of `endings` (or all)."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if not _SKIPPED.match(f))
        for name in sorted(names):
            if name != ".git" and (not endings or name.endswith(endings)):  # a file in a worktree
                yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def code_of_the_folders(root):
    """C++ files of the layered folders."""
    return [p for p in files(root, ".h", ".hpp", ".cpp", ".cc", ".inc") if p.split("/")[0] in FOLDERS]


def includes(root, path):
    """(line number, whether in angle brackets, name) of each include."""
    for number, line in enumerate(read(root, path).splitlines(), 1):
        match = _INCLUDE.match(line)
        if match:
            yield number, match.group(1) == "<", match.group(2)


def is_public_header(path):
    return re.match(r"[a-z_]+/include/", path) is not None
