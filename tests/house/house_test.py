"""Each check of the house can fail: bad trees, made in a temporary folder, draw a complaint; good ones none."""
import os
import stat
import tempfile
import unittest

import documented_commands
import drawing
import layering
import links
import rooms
import shape
import systemc
from rules import ARROWS, FOLDERS, below


class Tree(unittest.TestCase):
    """A checkout of a few files."""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.root = self._folder.name

    def write(self, path, text="#pragma once\n"):
        whole = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as file:
            file.write(text)
        return whole

    def complains_of(self, check, part):
        complaints = check(self.root)
        self.assertTrue(any(part in c for c in complaints), f"{part!r} not in {complaints}")

    def is_content(self, check):
        self.assertEqual(check(self.root), [])


class Layering(Tree):
    def test_an_include_that_points_up_is_found(self):
        self.write("pe/x.cpp", '#include "neartile/router/policy.h"\n')
        self.complains_of(layering.check, "pe/x.cpp:1: neartile/router/policy.h belongs to router")

    def test_an_include_that_points_sideways_is_found(self):
        self.write("array/include/neartile/array/x.h", "#include <neartile/memory/sram.h>\n")
        self.write("memory/y.cpp", '  #  include "neartile/array/x.h"\n')
        self.complains_of(layering.check, "array/include/neartile/array/x.h:1")
        self.complains_of(layering.check, "memory/y.cpp:1")

    def test_a_private_header_of_another_folder_is_found(self):
        self.write("pe/hidden.h")
        self.write("array/x.cpp", '#include "../pe/hidden.h"\n')
        self.complains_of(layering.check, "private to pe")

    def test_a_quoted_header_that_is_nowhere_is_found(self):
        self.write("pe/x.cpp", '#include "nowhere.h"\n')
        self.complains_of(layering.check, "nowhere.h is no file of pe")

    def test_a_build_file_that_links_up_is_found(self):
        self.write("traces/CMakeLists.txt", "neartile_library(traces DEPENDS pe\n  sc_models)\n")
        self.write("array/CMakeLists.txt", "target_link_libraries(neartile_array PRIVATE neartile::memory)\n")
        self.complains_of(layering.check, "traces/CMakeLists.txt: links sc_models")
        self.complains_of(layering.check, "array/CMakeLists.txt: links memory")

    def test_includes_that_point_down_and_tests_are_free(self):
        self.write("pe/own.h")
        self.write("pe/x.cpp", '#include "own.h"\n#include <vector>\n')
        self.write("router/x.cpp", '#include "neartile/memory/sram.h"\n#include "neartile/router/x.h"\n')
        self.write("tests/pe/x_test.cpp", '#include "neartile/router/x.h"\n')
        self.is_content(layering.check)

    def test_every_arrow_points_down(self):
        self.assertEqual(below("testbenches"), set(FOLDERS) - {"testbenches"})
        self.assertEqual(below("array"), {"traces", "pe"})
        for folder in FOLDERS:
            self.assertNotIn(folder, below(folder))


class Rooms(Tree):
    def test_a_library_outside_its_room_is_found(self):
        for folder, header in [
            ("sc_models", "boost/program_options.hpp"),
            ("router", "systemc"),
            ("array", "tlm_utils/simple_target_socket.h"),
            ("router", "onnx/onnx_pb.h"),
            ("traces", "google/protobuf/message.h"),
            ("pe", "hwy/highway.h"),
            ("workloads", "oneapi/dnnl/dnnl.hpp"),
            ("pe", "gtest/gtest.h"),
        ]:
            self.write(f"{folder}/x.cpp", f"#include <{header}>\n")
            self.complains_of(rooms.check, f"{folder}/x.cpp:1: {header} is outside its room")

    def test_a_reporting_library_in_a_public_header_is_found(self):
        for header in ["nlohmann/json.hpp", "fmt/format.h", "spdlog/spdlog.h"]:
            self.write("pe/include/neartile/pe/x.h", f'#include "{header}"\n')
            self.complains_of(rooms.check, f"{header} is in a public header")

    def test_a_library_without_a_room_is_found(self):
        self.write("pe/x.cpp", "#include <eigen3/Eigen/Core>\n")
        self.complains_of(rooms.check, "has no room")

    def test_libraries_in_their_rooms_are_let_in(self):
        self.write("testbenches/x.cpp", "#include <boost/program_options.hpp>\n#include <systemc>\n")
        self.write("sc_models/include/neartile/sc_models/x.h", "#include <tlm>\n#include <systemc.h>\n")
        self.write("array/x.cpp", "#include <immintrin.h>\n#include <hwy/highway.h>\n#include <fmt/core.h>\n")
        self.write("tests/pe/x_test.cpp", "#include <gtest/gtest.h>\n")
        self.is_content(rooms.check)


class Shape(Tree):
    def test_a_source_file_over_500_lines_is_found(self):
        self.write("pe/long.cpp", "\n" * 501)
        self.write("pe/fits.cpp", "\n" * 500)
        self.assertEqual(shape.lengths(self.root), ["pe/long.cpp: 501 lines, more than 500"])

    def test_a_header_without_pragma_once_is_found(self):
        self.write("pe/include/neartile/pe/bare.h", "int x();\n")
        self.write("pe/include/neartile/pe/good.h", "// Words.\n#pragma once\n")
        self.write("pe/include/neartile/pe/c.h", "#ifndef C_H\n#define C_H\n#endif\n")
        self.assertEqual(shape.pragma_once(self.root), ["pe/include/neartile/pe/bare.h: no #pragma once"])

    def test_a_test_that_mirrors_nothing_is_found(self):
        self.write("pe/multipliers/drum.cpp", "")
        for mirror in ["drum", "multipliers", "drum_goldens"]:
            self.write(f"tests/pe/{mirror}_test.cpp", "")
        self.write("tests/pe/drumming_test.cpp", "")
        self.write("tests/array/drum_test.cpp", "")
        self.write("tests/attic/old_test.cpp", "")
        self.write("pe/lost_test.cpp", "")
        self.complains_of(shape.mirrored_names, "tests/pe/drumming_test.cpp: pe has nothing")
        self.complains_of(shape.mirrored_names, "tests/array/drum_test.cpp: array has nothing")
        self.complains_of(shape.mirrored_names, "tests/attic/old_test.cpp: no folder attic")
        self.complains_of(shape.mirrored_names, "pe/lost_test.cpp: tests are in tests/")
        self.assertEqual(len(shape.mirrored_names(self.root)), 4)

    def test_a_public_header_in_the_wrong_folder_is_found(self):
        self.write("pe/include/neartile/pe/good.h")
        self.write("pe/include/neartile/array/stray.h")
        self.assertEqual(len(shape.public_headers(self.root)), 1)

    def test_code_in_a_folder_that_is_not_drawn_is_found(self):
        self.write("utils/x.cpp", "")
        self.write("pe/x.cpp", "")
        self.assertEqual(shape.known_folders(self.root), ["utils/x.cpp: no place for code"])

    def test_a_path_of_one_machine_is_found(self):
        self.write("docs/a.md", "See /" + "home/me/neartile and `/" + "root/x`; not build/root/x or /usr/bin/env.\n")
        self.assertEqual(len(shape.machine_paths(self.root)), 2)

    def test_what_git_keeps_of_a_worktree_is_let_be(self):
        self.write(".git", "gitdir: /" + "home/me/neartile/.git/worktrees/other\n")
        self.is_content(shape.machine_paths)


class Links(Tree):
    def test_a_dead_link_is_found(self):
        self.write("docs/a.md", "[gone](b.md) ![picture](no.svg) <img src=\"no.png\">\n")
        self.assertEqual(len(links.check(self.root)), 3)

    def test_a_link_to_a_heading_that_is_not_there_is_found(self):
        self.write("docs/a.md", "# The `one` title\n[up](#the-one-title) [no](#another) [b](b.md#x)\n")
        self.write("docs/b.md", "text\n")
        self.assertEqual(links.check(self.root), ["docs/a.md: #another leads nowhere", "docs/a.md: b.md#x leads nowhere"])

    def test_a_named_file_that_is_not_there_is_found(self):
        self.write("README.md", "`pe/multipliers/*.cpp`, `pe/base.h`, `chip.json`\n")
        self.write("pe/multipliers/drum.cpp", "")
        self.assertEqual(links.check(self.root), ["README.md: there is no pe/base.h"])

    def test_good_links_and_code_blocks_are_let_be(self):
        self.write("docs/b.md", "# Two words\n")
        self.write("docs/a.md", "[b](b.md#two-words) [docs](../docs) [web](https://x.org)\n```c\na[i](x)\n```\n")
        self.is_content(links.check)


class SystemC(Tree):
    def test_a_call_that_is_gone_is_found(self):
        self.write("sc_models/x.cpp", "void f() {\n  sc_core::sc_get_curr_process_handle();\n}\n")
        self.complains_of(systemc.check, "sc_models/x.cpp:2: sc_get_curr_process_handle")
        self.write("sc_models/y.h", "sc_core::sc_time t = sc_core::sc_time(1.0,true);\n")
        self.complains_of(systemc.check, "sc_models/y.h:1: sc_time(1.0,true)")

    def test_its_followers_are_not(self):
        self.write("sc_models/x.cpp", "sc_core::sc_get_current_process_handle();  // not sc_cycle()\n")
        self.write("sc_models/y.cpp", "sc_core::sc_time(1.0, sc_core::SC_NS); int my_sc_bit;\n")
        self.is_content(systemc.check)


class Drawing(Tree):
    def draw(self, arrows, folders):
        inside = "".join(f'<path data-from="{a}" data-to="{b}"/>' for a, b in arrows)
        inside += "".join(f'<g data-folder="{f}"/>' for f in folders)
        self.write(drawing.DRAWING, f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')

    def test_an_arrow_that_the_rules_forbid_is_found(self):
        self.draw(ARROWS + [("pe", "router")], FOLDERS)
        self.complains_of(drawing.check, "pe -> router is drawn and not allowed")

    def test_a_missing_arrow_or_folder_is_found(self):
        self.draw(ARROWS[1:], FOLDERS[1:])
        self.complains_of(drawing.check, "arrow traces -> pe is missing")
        self.complains_of(drawing.check, "folder pe is missing")

    def test_an_arrow_drawn_twice_is_found(self):
        self.draw(ARROWS + ARROWS[:1], FOLDERS)
        self.complains_of(drawing.check, "drawn twice")

    def test_a_drawing_that_is_absent_or_broken_is_found(self):
        self.complains_of(drawing.check, "not there")
        self.write(drawing.DRAWING, "<svg>")
        self.complains_of(drawing.check, drawing.DRAWING)

    def test_the_drawing_of_the_rules_is_let_be(self):
        self.draw(ARROWS, FOLDERS)
        self.is_content(drawing.check)


class DocumentedCommands(Tree):
    def setUp(self):
        super().setUp()
        self.write("setup", "case $1 in\n  demo) demo ;;\n  -h | --help | help) usage ;;\nesac\n")
        self.write("CMakePresets.json", '{"configurePresets": [{"name": "release"}], "testPresets": []}')
        self.write("tests/CMakeLists.txt", "set_tests_properties(x PROPERTIES LABELS unit)\n")
        self.program = self.write(
            "out/neartile",
            "#!/bin/sh\nif [ $# = 1 ]; then echo 'commands:'; echo '  run   runs'; else echo '  --chip FILE'; fi\n",
        )
        os.chmod(self.program, os.stat(self.program).st_mode | stat.S_IXUSR)

    def complaint(self, command):
        self.write("README.md", f"Words.\n```sh\n{command}\n```\n")
        return "\n".join(documented_commands.check(self.root, self.program))

    def test_a_setup_command_that_is_not_there_is_found(self):
        self.assertIn("README.md:3: ./setup has no command dema", self.complaint("./setup dema"))

    def test_a_subcommand_of_the_program_that_is_not_there_is_found(self):
        self.assertIn("neartile has no command walk", self.complaint("build/release/bin/neartile walk"))
        self.assertIn("neartile has no command walk", self.complaint("true && X=1 neartile walk | head"))

    def test_an_option_of_the_program_that_is_not_there_is_found(self):
        self.assertIn("neartile run has no option --chips", self.complaint("neartile run \\\n  --chips x.json"))
        self.assertIn("neartile run has no option --chi", self.complaint("$ neartile run --chi=x.json"))

    def test_a_preset_that_is_not_there_is_found(self):
        self.assertIn("no configure preset fast", self.complaint("cmake --preset fast"))
        self.assertIn("no workflow preset release", self.complaint("cmake --workflow --preset release"))
        self.assertIn("no test preset release", self.complaint("ctest --preset=release"))

    def test_a_label_that_is_not_there_is_found(self):
        self.assertIn("no test has the label unti", self.complaint("ctest -L unti"))

    def test_a_file_that_is_not_there_is_found(self):
        self.assertIn("there is no docs/none.md", self.complaint("cat docs/none.md"))
        self.assertIn("there is no none.sh", self.complaint("./none.sh"))

    def test_a_command_that_nobody_knows_is_found(self):
        self.assertIn("frobnicate is no command", self.complaint("frobnicate now"))
        self.assertIn("frobnicate is no command", self.complaint("x=$(frobnicate now)"))

    def test_good_commands_are_let_be(self):
        for command in [
            "./setup demo  # a comment",
            "neartile --help",
            "neartile run --chip my.json > out.txt",
            "cmake --preset release",
            "ctest --test-dir build/release -L '^unit$'",
            "cat <<END\nfrobnicate\nEND",
            "x=$(mktemp -d)\nls \"$x/y\"",
            "for x in 1 2; do echo $x; done",
        ]:
            self.assertEqual(self.complaint(command), "", command)


if __name__ == "__main__":
    unittest.main()
