"""Each outside library stays in its room, and reporting libraries stay out of public headers."""
import re

from rules import NOT_IN_PUBLIC_HEADERS, PLATFORM_HEADERS, ROOMS
from tree import code_of_the_folders, includes, is_public_header


def check(root):
    complaints = []
    for path in code_of_the_folders(root):
        folder = path.split("/")[0]
        for number, angled, name in includes(root, path):
            place = f"{path}:{number}: {name}"
            room = _room(name)
            if room is None:
                if angled and not re.fullmatch(PLATFORM_HEADERS, name):
                    complaints.append(f"{place} has no room: give it one in tests/house/rules.py")
            elif folder not in room:
                complaints.append(f"{place} is outside its room ({', '.join(room) or 'tests'})")
            elif is_public_header(path) and name.startswith(tuple(NOT_IN_PUBLIC_HEADERS)):
                complaints.append(f"{place} is in a public header")
    return complaints


def _room(name):
    for start, folders in ROOMS.items():
        if name.startswith(start) and not name.startswith("neartile/"):
            return folders
    return None
