"""Commands in the sh blocks of the documents exist: subcommands, options, presets, labels, files."""
import glob
import json
import os
import re
import subprocess

from rules import FOLDERS, TOOLS
from shell_blocks import commands
from tree import files, read

_SHELL_WORDS = {"for", "while", "until", "if", "fi", "done", "esac", "set", "source", ".", "[", "[[", "true"}
_CHECKED_PLACES = tuple(f"{folder}/" for folder in FOLDERS + ["tests", "docs", ".ci"])


def check(root, program=None):
    """`program` is the path of neartile; without it, its subcommands and options are taken on trust."""
    known = _Known(root, program)
    complaints = []
    for path in files(root, ".md"):
        for number, words in commands(read(root, path)):
            for complaint in known.complaints(words):
                complaints.append(f"{path}:{number}: {complaint}")
    return complaints


class _Known:
    """What there is to call."""

    def __init__(self, root, program):
        self._root = root
        self._program = program
        self._helps = {}
        self._setup = self._setup_commands()
        self._presets = self._preset_names()
        self._labels = self._label_names()

    def complaints(self, words):
        name, rest = words[0], words[1:]
        base = os.path.basename(name)
        found = self._missing_files(words)
        if base == "setup":
            found += [f"./setup has no command {w}" for w in rest[:1] if w not in self._setup]
        elif base == "neartile":
            found += self._neartile(rest)
        elif base == "cmake":
            found += self._preset(rest, "workflow" if "--workflow" in rest else "build" if "--build" in rest else "configure")
        elif base == "ctest":
            found += self._preset(rest, "test") + self._label(rest)
        elif not name.startswith(("./", ".ci/", "build/", "$")) and base not in TOOLS and base not in _SHELL_WORDS:
            found.append(f"{name} is no command that the house knows (tests/house/rules.py lists them)")
        return found

    def _missing_files(self, words):
        found = []
        for word in words:
            path = re.sub(r"^(-[\w-]+=)?(\./)?", "", word)
            local = word.startswith("./") and not path.startswith(("build", "out"))
            if (local or path.startswith(_CHECKED_PLACES)) and not glob.glob(os.path.join(self._root, path)):
                found.append(f"there is no {path}")
        return found

    def _neartile(self, rest):
        if self._program is None:
            return []
        words = [w for w in rest if not w.startswith("-")]
        if not rest or rest[0].startswith("-"):
            words = []
        subcommand = words[:1]
        top = self._help([])
        if subcommand and not re.search(rf"^\s+(neartile )?{re.escape(subcommand[0])}\b", top, re.MULTILINE):
            return [f"neartile has no command {subcommand[0]}"]
        text = top + (self._help(subcommand) if subcommand else "")
        options = [w.split("=")[0] for w in rest if re.match(r"--?[a-z]", w) and w != "--help"]
        return [
            f"neartile {' '.join(subcommand)} has no option {option}"
            for option in options
            if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text)
        ]

    def _help(self, subcommand):
        key = tuple(subcommand)
        if key not in self._helps:
            done = subprocess.run(
                [self._program, *subcommand, "--help"], capture_output=True, text=True, timeout=60, check=False
            )
            self._helps[key] = done.stdout + done.stderr if done.returncode == 0 else ""
        return self._helps[key]

    def _preset(self, rest, kind):
        names = [b for a, b in zip(rest, rest[1:]) if a == "--preset"]
        names += [w.split("=", 1)[1] for w in rest if w.startswith("--preset=")]
        return [f"there is no {kind} preset {n}" for n in names if n not in self._presets[kind]]

    def _label(self, rest):
        names = [b for a, b in zip(rest, rest[1:]) if a in ("-L", "-LE", "--label-regex", "--label-exclude")]
        return [f"no test has the label {n}" for n in names if n.strip("^$") not in self._labels]

    def _setup_commands(self):
        if not os.path.exists(os.path.join(self._root, "setup")):
            return set()
        return set(re.findall(r"^  ([a-z-]+)(?: \|[^)]*)?\)", read(self._root, "setup"), re.MULTILINE))

    def _preset_names(self):
        path = os.path.join(self._root, "CMakePresets.json")
        presets = {}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                presets = json.load(file)
        kinds = ("configure", "build", "test", "workflow")
        return {
            kind: {p["name"] for p in presets.get(kind + "Presets", []) if not p.get("hidden")} for kind in kinds
        }

    def _label_names(self):
        found = set()
        for path in files(self._root, "CMakeLists.txt", ".cmake"):
            for names in re.findall(r"\bLABELS\s+\"?([a-z;]+)", read(self._root, path)):
                found |= set(names.split(";"))
        return found
