"""The shape of the files: lengths, #pragma once, mirrored names, known folders, no path of one machine."""
import os
import re

from rules import FOLDERS, LONGEST_SOURCE, OTHER_TEST_FOLDERS
from tree import SOURCE_ENDINGS, files, read


def lengths(root):
    complaints = []
    for path in files(root, *SOURCE_ENDINGS):
        count = read(root, path).count("\n")
        if count > LONGEST_SOURCE:
            complaints.append(f"{path}: {count} lines, more than {LONGEST_SOURCE}")
    return complaints


def pragma_once(root):
    return [
        f"{path}: no #pragma once"
        for path in files(root, ".h", ".hpp")
        if not re.search(r"^#pragma once$", read(root, path), re.MULTILINE)
        # A header that C programs include has a guard, which every C compiler knows.
        and not re.search(r"^#ifndef (\w+)\n#define \1$", read(root, path), re.MULTILINE)
    ]


def mirrored_names(root):
    """tests/FOLDER/x_test.cpp and x_aspect_test.cpp ask about a header, source or subfolder x of FOLDER."""
    complaints = []
    for path in files(root, "_test.cpp"):
        parts = path.split("/")
        if parts[0] != "tests":
            complaints.append(f"{path}: tests are in tests/")
        elif len(parts) == 3 and parts[1] in FOLDERS:
            stem = parts[2][: -len("_test.cpp")]
            if not any(f"{stem}_".startswith(f"{own}_") for own in _stems(root, parts[1])):
                complaints.append(f"{path}: {parts[1]} has nothing named {stem}, or as its beginning")
        elif parts[1] not in OTHER_TEST_FOLDERS:
            complaints.append(f"{path}: no folder {'/'.join(parts[1:-1])} to test")
    return complaints


def _stems(root, folder):
    base = os.path.join(root, folder)
    paths = list(files(base, ".h", ".cpp", ".hpp", ".cc"))
    subfolders = {part for path in paths for part in path.split("/")[:-1]} - {"include", "neartile", folder}
    return subfolders | {os.path.splitext(os.path.basename(path))[0] for path in paths}


def public_headers(root):
    """The public headers of a folder are in FOLDER/include/neartile/FOLDER."""
    complaints = []
    for path in files(root, ".h", ".hpp"):
        match = re.match(r"([a-z_]+)/include/(.*)", path)
        if match and not match.group(2).startswith(f"neartile/{match.group(1)}/"):
            complaints.append(f"{path}: belongs into {match.group(1)}/include/neartile/{match.group(1)}/")
    return complaints


def known_folders(root):
    """Code is in the folders that the drawing shows, in tests, or in docs."""
    known = FOLDERS + ["tests", "docs"]
    return [
        f"{path}: no place for code"
        for path in files(root, *SOURCE_ENDINGS)
        if path.split("/")[0] not in known
    ]


def machine_paths(root):
    """A checkout works anywhere: no file names a home folder or the place of a checkout."""
    pattern = re.compile(r"(?<![\w.$}>~)/:-])/(?:%s)/\w[^\s\"'`)]*" % "|".join(_personal(root)))
    complaints = []
    for path in files(root):
        for number, line in enumerate(read(root, path).splitlines(), 1):
            for match in pattern.finditer(line):
                complaints.append(f"{path}:{number}: {match.group(0)} is a path of one machine")
    return complaints


def _personal(root):
    first = os.path.realpath(root).split(os.sep)[1]
    system = {"usr", "var", "etc", "tmp", "opt"}
    return sorted({"home", "root", "Users", "mnt"} | ({re.escape(first)} - system))
