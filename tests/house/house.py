"""Runs one check of the house: house.py CHECK CHECKOUT [--program PATH]. Complaints go to stdout."""
import argparse
import sys

import documented_commands
import drawing
import layering
import links
import rooms
import shape
import systemc

CHECKS = {
    "layering": layering.check,
    "rooms": rooms.check,
    "lengths": shape.lengths,
    "pragma_once": shape.pragma_once,
    "mirrored_names": shape.mirrored_names,
    "public_headers": shape.public_headers,
    "known_folders": shape.known_folders,
    "machine_paths": shape.machine_paths,
    "links": links.check,
    "drawing": drawing.check,
    "systemc": systemc.check,
    "documented_commands": documented_commands.check,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("check", choices=sorted(CHECKS))
    parser.add_argument("checkout")
    parser.add_argument("--program", help="the neartile program, for documented_commands")
    arguments = parser.parse_args()
    extra = {"program": arguments.program} if arguments.check == "documented_commands" else {}
    complaints = CHECKS[arguments.check](arguments.checkout, **extra)
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
