"""Links of the documents lead somewhere, and files that they name in backticks exist."""
import glob
import os
import re

from rules import FOLDERS
from tree import files, read

_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|(?:src|href)=\"([^\"]+)\"")
_NAMED_FILE = re.compile(r"`((?:%s)/[\w./*-]+\.\w+)`" % "|".join(FOLDERS + ["tests", "docs", r"\.ci"]))


def check(root):
    complaints = []
    for path in files(root, ".md"):
        text = _FENCE.sub("", read(root, path))
        for link in _LINK.findall(text):
            target = link[0] or link[1]
            if not re.match(r"[a-z]+:", target) and not _leads_somewhere(root, path, target):
                complaints.append(f"{path}: {target} leads nowhere")
        for name in _NAMED_FILE.findall(text):
            if not glob.glob(os.path.join(root, name), recursive=True):
                complaints.append(f"{path}: there is no {name}")
    return complaints


def _leads_somewhere(root, path, target):
    target, _, anchor = target.partition("#")
    page = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
    if page.startswith("..") or not os.path.exists(os.path.join(root, page)):
        return False
    return not anchor or not page.endswith(".md") or anchor in _anchors(read(root, page))


def _anchors(text):
    """The anchors of a page's headings, formed as code hosts do."""
    headings = re.findall(r"^#{1,6}\s+(.*?)\s*$", _FENCE.sub("", text), re.MULTILINE)
    found = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return found | set(re.findall(r"(?:id|name)=\"([^\"]+)\"", text))
