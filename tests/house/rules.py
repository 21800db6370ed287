"""The rules of the house as data. docs/explanation/architecture.svg draws ARROWS; the checks obey them."""

# An arrow (upper, lower): the upper folder uses the lower one, and with it all that is below.
ARROWS = [
    ("traces", "pe"),
    ("array", "traces"),
    ("memory", "traces"),
    ("workloads", "array"),
    ("workloads", "memory"),
    ("router", "workloads"),
    ("sc_models", "router"),
    ("testbenches", "sc_models"),
]
FOLDERS = ["pe", "traces", "array", "memory", "workloads", "router", "sc_models", "testbenches"]

# Beside the folders of FOLDERS, tests may have these.
OTHER_TEST_FOLDERS = ["house", "support", "data", "install", "golden", "fuzz", "bench", "mutation"]

# The start of an include -> the folders that are its room; tests are free.
ROOMS = {
    "boost/": ["testbenches"],
    "systemc": ["sc_models", "testbenches"],
    "tlm": ["sc_models", "testbenches"],
    "sysc/": ["sc_models", "testbenches"],
    "onnx/": ["workloads"],
    "google/protobuf/": ["workloads"],
    "hwy/": ["array"],
    "dnnl": ["array"],
    "oneapi/dnnl/": ["array"],
    "omp.h": ["array"],
    "zlib.h": ["pe", "traces", "testbenches"],
    "zstd.h": ["traces"],
    "nlohmann/": FOLDERS,
    "fmt/": FOLDERS,
    "spdlog/": FOLDERS,
    "gtest/": [],
    "gmock/": [],
    "rapidcheck": [],
    "benchmark/": [],
}
# Libraries that read, write and report: in any source, never in a header that others include.
NOT_IN_PUBLIC_HEADERS = ["nlohmann/", "fmt/", "spdlog/"]
# Headers of the platform that have no room of their own.
PLATFORM_HEADERS = r"[a-z0-9_]+|std(bool|def|int)\.h|[a-z0-9]*intrin\.h|cpuid\.h|sys/[a-z]+\.h|unistd\.h|fcntl\.h|spawn\.h"

# Names that IEEE 1666-2023 does not have, or deprecates. SC_HAS_PROCESS is deprecated, too, but 2.3.4 needs it
# where a constructor has SC_THREAD or SC_METHOD, and 3.0 still takes it.
GONE_FROM_SYSTEMC = r"""sc_set_default_time_unit sc_get_default_time_unit sc_simulation_time sc_cycle sc_initialize
sc_get_curr_process_handle sc_get_curr_process_kind sc_get_last_created_process_handle sc_start\(-1\)
sc_time\([^()]*,\s*(?:true|false)\) notify_delayed wait_until sensitive_pos sensitive_neg
end_module sc_bit sc_string sc_sensitive_pos sc_sensitive_neg sc_phash_base""".split()

LONGEST_SOURCE = 500  # lines

# Commands that documents may use beside Neartile's own.
TOOLS = """apt-get awk bash cat cd chroot clang-format cmake convert cp ctest debootstrap diff echo env export
firtool g++ gcc git gnuplot gtkwave gzip head iverilog jq less ls mkdir mktemp mount mv ninja opensta pkg-config
python3 rm rsvg-convert sed sta sudo tail tar tee test time umount verilator Vtestbench vvp wc xdg-open yosys zcat""".split()


def below(folder):
    """The folders that `folder` may use: all that the arrows reach."""
    found = set()
    waiting = [folder]
    while waiting:
        upper = waiting.pop()
        for lower in (low for high, low in ARROWS if high == upper):
            if lower not in found:
                found.add(lower)
                waiting.append(lower)
    return found
