"""Sums up CTest's JUnit file: the tests that failed, why tests were skipped, and one last line of counts.

ctest_summary.py JUNIT [LOG]: LOG is named where a test failed. Exits 1 if one failed or none ran.
"""
import collections
import sys
import xml.etree.ElementTree as xml


def outcomes(cases):
    """'passed', 'failed' or 'skipped' with the name of each test case."""
    for case in cases:
        skipped = case.find("skipped")
        if case.get("status") == "run":
            yield "passed", case
        elif case.get("status") == "disabled":
            yield "skipped", case
        elif skipped is not None and (skipped.get("message") or "").startswith("SKIP_"):
            yield "skipped", case
        else:  # failed, or could not be started
            yield "failed", case


def why(case):
    """The reason that a skipped test gave, in one line."""
    lines = [line.strip() for line in (case.findtext("system-out") or "").splitlines()]
    for before, line in zip(lines, lines[1:]):
        if before.endswith(": Skipped") and line:
            return line
    return next((line[len("skipped: ") :] for line in lines if line.startswith("skipped: ")), "no reason given")


def said(case):
    """The end of what a failed test printed, indented."""
    return ["  " + line for line in (case.findtext("system-out") or "").strip().splitlines()[-25:]]


def summary(junit):
    """(report lines, whether all is well)."""
    try:
        cases = list(xml.parse(junit).iter("testcase"))
    except (OSError, xml.ParseError) as error:
        return [f"no results: {error}", "0 passed, 1 failed, 0 skipped"], False
    counts = collections.Counter()
    reasons = collections.Counter()
    lines = []
    for outcome, case in outcomes(cases):
        counts[outcome] += 1
        if outcome == "failed":
            lines.append(f"failed: {case.get('name')}")
            lines += said(case) if counts["failed"] <= 10 else []
        if outcome == "skipped":
            reasons[why(case)] += 1
    lines += [f"skipped {count}: {reason}" for reason, count in reasons.items()]
    lines.append(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return lines, counts["failed"] == 0 and counts["passed"] > 0


def main():
    lines, well = summary(sys.argv[1])
    if not well and len(sys.argv) > 2:
        lines.insert(-1, f"what they printed is in {sys.argv[2]}")
    print("\n".join(lines))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
