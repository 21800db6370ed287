#include "targets.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "neartile/pe/base/config_json.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/multiplier_file.h"
#include "neartile/pe/netlist_evaluation.h"
#include "neartile/pe/netlist_import.h"
#include "neartile/pe/operand_histograms.h"
#include "neartile/pe/table_import.h"
#include "neartile/pe/technology.h"
#include "neartile/router/chip_config.h"
#include "neartile/workloads/layer_table.h"
#include "neartile/workloads/npy.h"
#include "neartile/workloads/onnx.h"
#include "neartile/workloads/workload.h"
#include "support/sealed_program.h"
#include "support/small_programs.h"
#include "support/temporary_folder.h"

namespace neartile::fuzz {
namespace {

void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

// What is read can be written, and what is written computes the same.
void check_netlist(const pe::Netlist& netlist) {
  if (netlist.gates().size() > 5000) return;
  pe::CellLibrary cells;
  for (const pe::CellType& cell : netlist.cells()) cells.add(cell);
  const pe::Netlist back = pe::import_verilog(pe::to_verilog(netlist), "written", cells);
  for (const auto& [activation, weight] : {std::pair{0, 0}, {255, 255}, {0x53, 0xca}, {0xac, 0x35}}) {
    const auto a = static_cast<std::uint8_t>(activation), w = static_cast<std::uint8_t>(weight);
    expect(product_of(netlist, a, w) == product_of(back, a, w), "a netlist survives writing and reading");
  }
}

void verilog(std::string_view bytes) {
  check_netlist(pe::import_verilog(bytes, "f.v", pe::generic_cells()));
}
void blif(std::string_view bytes) {
  check_netlist(pe::import_blif(bytes, "f.blif"));
}
void yosys_json(std::string_view bytes) {
  check_netlist(pe::import_yosys_json(bytes, "f.json", pe::generic_cells()));
}

// A table is long: short inputs are repeated, to 256 lines if they end with one, so that they reach the end,
// too.
void table(std::string_view bytes) {
  std::string text(bytes);
  const bool lines = !bytes.empty() && bytes.back() == '\n';
  if (!bytes.empty() && bytes.size() <= 4096) {
    const std::size_t of_text =
        bytes.size() * (256 / std::max<std::size_t>(1, std::ranges::count(bytes, '\n')));
    const std::size_t size = lines ? of_text : 131'072;
    while (text.size() < size) text += bytes;
    text.resize(size);
  }
  const auto rows = bytes.size() % 2 ? pe::TableRows::weight : pe::TableRows::activation;
  expect(pe::import_core_table(text, "f", rows).size() == 65536, "a core's table is complete");
  expect(pe::import_signed_table(text, "f", rows).size() == 65536, "a table is complete");
}

void onnx(std::string_view bytes) {
  workloads::read_onnx(std::as_bytes(std::span(bytes.data(), bytes.size())), "f.onnx");
}

void npy(std::string_view bytes) {
  const auto* begin = reinterpret_cast<const std::byte*>(bytes.data());
  workloads::read_npy(std::vector<std::byte>(begin, begin + bytes.size()), "f.npy");
}

void chip_json(std::string_view bytes) {
  router::ChipConfig chip;
  read_config(bytes, "f.json", [&](ConfigVisitor& visitor) { describe(visitor, chip); });
}

void layer_table(std::string_view bytes) {
  const workloads::Network network = workloads::parse_layer_table(bytes, "f.csv", "f");
  for (const workloads::Node& node : network.nodes) {
    const auto* matrix = node.matrix();
    expect(!node.name.empty(), "layers have names");
    expect(!matrix || (matrix->shape.macs() > 0 && matrix->shape.input.elements() <= std::size_t{1} << 28 &&
                       matrix->shape.output() == node.shape),
           "layers of the arrays have work, and tensors that can be had");
  }
  expect(network.macs() > 0, "a table has work");
}

void liberty(std::string_view bytes) {
  const pe::Technology technology = pe::import_liberty(bytes, "f.lib");
  cells_of(technology);
  pe::technology_from_json(to_json_text(technology), "written");
}

void technology_json(std::string_view bytes) {
  cells_of(pe::technology_from_json(bytes, "f.json"));
}

// Whoever makes bytes at random finds no hash of 65,536 products: a file may say "HASH" for the right one and
// "PRODUCTS" for all products of an exact multiplier.
void multiplier_json(std::string_view bytes) {
  static const pe::Circuit exact = pe::make_circuit("exact.u8u8");
  static const std::string whole = pe::multiplier_file_text(exact);
  std::string text(bytes);
  const auto fill_in = [&](std::string_view word, std::string_view what) {
    if (const auto at = text.find(word); at != std::string::npos) text.replace(at, word.size(), what);
  };
  const std::size_t list = whole.find("\"products\": ") + 12;
  fill_in("HASH", exact.table->hash());
  fill_in("PRODUCTS", std::string_view(whole).substr(list, whole.rfind('}') - list));
  const pe::Circuit circuit = pe::parse_multiplier_file(text, "f.multiplier.json");
  const pe::Circuit back = pe::parse_multiplier_file(multiplier_file_text(circuit), "written");
  expect(back.table->hash() == circuit.table->hash(), "a multiplier survives writing and reading");
}

void histograms(std::string_view bytes) {
  const pe::OperandHistograms read = pe::read_histograms(bytes, "f.json");
  for (const auto* counts : {&read.activation, &read.weight})
    expect(std::any_of(counts->begin(), counts->end(), [](double c) { return c > 0; }), "an operand occurs");
}

// Any bytes, with the head that they need: what is decoded says just what it was decoded from.
void program(std::string_view bytes) {
  static const router::ChipConfig chip = testing_support::tiny_chip();
  const std::vector<std::uint8_t> whole = testing_support::sealed({bytes.begin(), bytes.end()});
  const router::DecodedProgram decoded = router::decode(whole, chip);
  if (decoded.error.code != router::ProgramErrorCode::none)
    throw InputError("program", std::string(text_of(decoded.error.code).meaning));
  expect(router::encode(decoded.program) == whole, "a program survives decoding and encoding");
}

// Beside the files that its seeds name.
void workload_json(std::string_view bytes) {
  static const testing_support::TemporaryFolder folder;
  static const bool copied = [] {
    std::filesystem::copy(NEARTILE_WORKLOAD_FILES, folder.path());
    return true;
  }();
  const workloads::Workload workload =
      workloads::read_workload(folder.write("workload.json", std::string(bytes)));
  expect(copied && workload.classes.size() == workload.images.count, "each image has a class");
}

constexpr Target all[] = {
    {"verilog", verilog},
    {"blif", blif},
    {"yosys_json", yosys_json},
    {"table", table},
    {"onnx", onnx},
    {"npy", npy},
    {"chip_json", chip_json},
    {"liberty", liberty},
    {"technology_json", technology_json},
    {"layer_table", layer_table},
    {"histograms", histograms},
    {"program", program},
    {"multiplier_json", multiplier_json},
    {"workload_json", workload_json},
};

}  // namespace

std::span<const Target> targets() {
  return all;
}

const Target* find_target(std::string_view name) {
  const auto found =
      std::find_if(std::begin(all), std::end(all), [&](const Target& t) { return t.name == name; });
  return found == std::end(all) ? nullptr : found;
}

void run_target(const Target& target, std::string_view bytes) {
  try {
    target.run(bytes);
  } catch (const InputError& error) {
    const std::string line = error.what();
    expect(!line.empty() && line.find('\n') == std::string::npos, "an error is one line");
    expect(line.size() < 4096, "an error is short");
  }
}

}  // namespace neartile::fuzz
