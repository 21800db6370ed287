"""No include points up or sideways, and the build links what the includes may use."""
import os
import re

from rules import FOLDERS, below
from tree import code_of_the_folders, includes, read


def check(root):
    return _includes(root) + _links(root)


def _includes(root):
    complaints = []
    for path in code_of_the_folders(root):
        folder = path.split("/")[0]
        for number, angled, name in includes(root, path):
            target = _folder_of(root, path, name)
            place = f"{path}:{number}: {name}"
            if target is None:
                if not angled:
                    complaints.append(f"{place} is no file of {folder} and no public header")
            elif target != folder and target not in below(folder):
                complaints.append(f"{place} belongs to {target}, which is not below {folder}")
            elif target != folder and not name.startswith("neartile/"):
                complaints.append(f"{place} is private to {target}")
    return complaints


def _folder_of(root, path, name):
    """The folder that an include means, or None for a file from outside."""
    public = re.match(r"neartile/([a-z_0-9]+)/", name)
    if public:
        return public.group(1)
    own = path.split("/")[0]
    for base in (os.path.dirname(path), own):
        candidate = os.path.normpath(os.path.join(base, name)).replace(os.sep, "/")
        if os.path.exists(os.path.join(root, candidate)):
            return candidate.split("/")[0]
    return None


def _links(root):
    complaints = []
    for folder in FOLDERS:
        path = f"{folder}/CMakeLists.txt"
        if not os.path.exists(os.path.join(root, path)):
            continue
        linked = set(re.findall(r"neartile::([a-z_]+)", read(root, path)))
        for depends in re.findall(r"neartile_library\([^)]*\bDEPENDS\b([^)]*)\)", read(root, path)):
            linked |= set(depends.split())
        for name in sorted((linked & set(FOLDERS)) - below(folder) - {folder}):
            complaints.append(f"{path}: links {name}, which is not below {folder}")
    return complaints
