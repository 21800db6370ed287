"""The drawing of the architecture has the folders and arrows of the rules, and the rooms' libraries."""
import os
import xml.etree.ElementTree as xml

from rules import ARROWS, FOLDERS

DRAWING = "docs/explanation/architecture.svg"


def check(root):
    path = os.path.join(root, DRAWING)
    if not os.path.exists(path):
        return [f"{DRAWING}: not there"]
    try:
        elements = list(xml.parse(path).iter())
    except xml.ParseError as error:
        return [f"{DRAWING}: {error}"]
    arrows = [(e.get("data-from"), e.get("data-to")) for e in elements if e.get("data-from")]
    folders = [e.get("data-folder") for e in elements if e.get("data-folder")]
    return _compare("arrow", [" -> ".join(a) for a in arrows], [" -> ".join(a) for a in ARROWS]) + _compare(
        "folder", folders, FOLDERS
    )


def _compare(what, drawn, ruled):
    complaints = [f"{DRAWING}: the {what} {x} is drawn and not allowed" for x in drawn if x not in ruled]
    complaints += [f"{DRAWING}: the {what} {x} is missing" for x in ruled if x not in drawn]
    return complaints + [f"{DRAWING}: the {what} {x} is drawn twice" for x in set(drawn) if drawn.count(x) > 1]
