#!/usr/bin/env python3
"""Would the tests see a defect? Each mutation is a deliberate one, put into a scratch copy and built; tests that ask
about it must fail, and must pass without it.

  mutations.py --check            each mutation still finds its place in the sources
  mutations.py FOLDER [NAME..]    builds in FOLDER and tries all mutations, or those named
"""
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@dataclass
class Mutation:
    name: str
    model: str
    file: str
    right: str  # occurs once in the file
    wrong: str
    program: str
    tests: str  # of the program, as --gtest_filter takes them


MESH = ("sc_models_tests", "ArrayMesh.*")
WAVES = ("array_tests", "PeWaves.*:PeActivity.*")
KERNEL = ("array_tests", "ArrayKernel.*:Seeds/AnyTable.*")
CONTROL = ("array_tests", "ControlActivity.*")
RTL = ("array_tests", "RtlBenchWaves.*")
AREA = ("array_tests", "Rtl.*")

MUTATIONS = [
    Mutation("mesh-takes-disabled-activations", "mesh", "sc_models/mesh/pe.cpp",
             "if (v_in && e_in) a = a_in;", "if (v_in) a = a_in;", *MESH),
    Mutation("mesh-passes-the-wrong-weight", "mesh", "sc_models/mesh/pe.cpp",
             "w_out = b_in ? w1 : w0;", "w_out = s ? w1 : w0;", *MESH),
    Mutation("mesh-moves-in-stalls", "mesh", "sc_models/mesh/pe.cpp",
             "if (!run) return;", "if (!run) { v = v_in; return; }", *MESH),
    Mutation("waves-know-sums-too-early", "waves", "array/pe_waves.cpp",
             "skewed(stimulus_.tiles[i].entries[m] + 2)", "skewed(stimulus_.tiles[i].entries[m] + 1)", *WAVES),
    Mutation("waves-enable-every-row", "waves", "array/pe_waves.cpp",
             "e.set(time, is_used(tile));", "e.set(time, 1);", *WAVES),
    Mutation("kernel-sees-the-last-weight-twice", "kernel", "array/kernel_state.cpp",
             "const std::size_t last = std::max<std::size_t>(row, 1);", "const std::size_t last = row;", *KERNEL),
    Mutation("kernel-shows-loads-to-two-registers", "kernel", "array/kernel_state.cpp",
             "if (config_.pe.weight_registers == 1) show", "if (config_.pe.weight_registers >= 1) show", *KERNEL),
    Mutation("control-forgets-bubbles", "kernel", "array/control_activity.cpp",
             "2 * bubbles.gaps * pes", "bubbles.gaps * pes", *CONTROL),
    Mutation("rtl-select-follows-bubbles", "RTL", "array/rtl/control_module.cpp",
             "if (v_in) s <= s_in;", "s <= s_in;", *RTL),
    Mutation("rtl-passes-the-wrong-weight", "RTL", "array/rtl/pe_module.cpp",
             'design.two_weights() ? "b_in ? w1 : w0" : "w0"', 'design.two_weights() ? "s ? w1 : w0" : "w0"', *RTL),
    Mutation("rtl-clocks-idle-sums", "RTL", "array/rtl/pe_module.cpp",
             '{"p", {"v", "sum"}}', '{"p", {"(v | v_in)", "v ? sum : p"}}', *RTL),
    Mutation("rtl-builds-bits-that-are-0", "RTL", "array/rtl/pe_module.cpp",
             "const unsigned low = design.low_zeros;", "const unsigned low = 0;", *AREA),
]


def tests_wanted():
    """Files of the tests that mutations name; others need not be built."""
    return {"pe_waves_test.cpp", "array_kernel_test.cpp", "control_activity_test.cpp", "rtl_test.cpp",
            "rtl_bench_waves_test.cpp", "array_mesh_test.cpp"}


def copy_sources(scratch):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    for path in filter(None, listed.decode().split("\0")):
        parts = path.split("/")
        if path.endswith("_test.cpp") and parts[1] in ("array", "sc_models") and parts[-1] not in tests_wanted():
            continue
        target = os.path.join(scratch, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not os.path.exists(target) or read(target) != read(os.path.join(ROOT, path)):
            shutil.copy(os.path.join(ROOT, path), target)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, text):
    with open(path, "wb") as file:
        file.write(text)


def find(mutation, root):
    """The file's text; the place must be there, once."""
    text = read(os.path.join(root, mutation.file))
    count = text.count(mutation.right.encode())
    if count != 1:
        raise SystemExit(f"{mutation.name}: {mutation.file} has its place {count} times, expected once")
    return text


def build(scratch, programs):
    """None, or the compiler's words."""
    made = subprocess.run(["cmake", "--build", "--preset", "release", "--target", *sorted(programs)], cwd=scratch,
                          capture_output=True, text=True)
    return None if made.returncode == 0 else made.stdout[-2000:]


def failures(scratch, program, tests):
    """Names of the tests that fail; none where all pass. A program that tests nothing proves nothing."""
    ran = subprocess.run([os.path.join("build/release/bin", program), f"--gtest_filter={tests}"], cwd=scratch,
                         capture_output=True, text=True, timeout=900)
    if "SKIPPED" in ran.stdout or not re.search(r"\] [1-9][0-9]* tests? from", ran.stdout):
        raise SystemExit(f"{program} {tests}: skipped, or no such tests")
    named = re.findall(r"^\[  FAILED  \] ([\w/]+\.[\w/]+)", ran.stdout, re.MULTILINE)
    return sorted(set(named)) or (["(the program itself)"] if ran.returncode else [])


def try_one(scratch, mutation):
    """The tests that see the defect."""
    path, text = os.path.join(scratch, mutation.file), find(mutation, scratch)
    write(path, text.replace(mutation.right.encode(), mutation.wrong.encode()))
    try:
        words = build(scratch, {mutation.program})
        if words is not None:
            raise SystemExit(f"{mutation.name}: does not compile\n{words}")
        return failures(scratch, mutation.program, mutation.tests)
    finally:
        write(path, text)


def main(arguments):
    if arguments == ["--check"]:
        for mutation in MUTATIONS:
            find(mutation, ROOT)
        return 0
    if not arguments:
        raise SystemExit(__doc__)
    scratch = os.path.abspath(arguments[0])
    chosen = [one for one in MUTATIONS if not arguments[1:] or one.name in arguments[1:]]
    os.makedirs(scratch, exist_ok=True)
    copy_sources(scratch)
    subprocess.run(["cmake", "--preset", "release", "-DNEARTILE_TESTS=ON"], cwd=scratch, check=True,
                   stdout=subprocess.DEVNULL)
    words = build(scratch, {one.program for one in chosen})
    if words is not None:
        raise SystemExit(words)
    for program, tests in sorted({(one.program, one.tests) for one in chosen}):
        if failing := failures(scratch, program, tests):
            raise SystemExit(f"without any mutation {', '.join(failing)} fail")
    missed = 0
    for mutation in chosen:
        seen = try_one(scratch, mutation)
        missed += not seen
        print(f"{mutation.model:7}{mutation.name:38}", "seen by " + ", ".join(seen) if seen else "NOT SEEN", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} mutations seen")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
