"""The summary counts what CTest writes, and takes no doubtful outcome for a pass."""
import os
import tempfile
import unittest

from ctest_summary import summary

PASSED = '<testcase name="a" status="run"/>'
FAILED = '<testcase name="b" status="fail"><failure/><system-out>what it said</system-out></testcase>'
SKIPPED = (
    '<testcase name="c" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/>'
    "<system-out>x_test.cpp:3: Skipped\nshared data not found\n\n[  SKIPPED ] c</system-out></testcase>"
)
NOT_FOUND = '<testcase name="d" status="notrun"><skipped message="Unable to find executable"/></testcase>'


class CtestSummary(unittest.TestCase):
    def of(self, *cases):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "junit.xml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(f"<testsuite>{''.join(cases)}</testsuite>")
            return summary(path)

    def test_passes_failures_and_skips_are_counted_on_the_last_line(self):
        lines, well = self.of(PASSED, PASSED, FAILED, SKIPPED)
        self.assertEqual(lines[-1], "2 passed, 1 failed, 1 skipped")
        self.assertFalse(well)

    def test_a_skip_is_no_failure_and_says_why(self):
        lines, well = self.of(PASSED, SKIPPED, SKIPPED)
        self.assertEqual(lines, ["skipped 2: shared data not found", "1 passed, 0 failed, 2 skipped"])
        self.assertTrue(well)

    def test_a_failure_shows_its_name_and_what_it_printed(self):
        lines, _ = self.of(FAILED)
        self.assertEqual(lines[:2], ["failed: b", "  what it said"])

    def test_a_program_that_could_not_be_started_has_failed(self):
        self.assertEqual(self.of(PASSED, NOT_FOUND), (["failed: d", "1 passed, 1 failed, 0 skipped"], False))

    def test_no_test_at_all_is_a_failure(self):
        self.assertFalse(self.of()[1])
        self.assertFalse(self.of(SKIPPED)[1])
        self.assertFalse(summary("no such file")[1])


if __name__ == "__main__":
    unittest.main()
