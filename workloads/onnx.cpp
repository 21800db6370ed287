#include "neartile/workloads/onnx.h"

#include "file.h"
#include "onnx/graph.h"
#include "onnx/lowering.h"

namespace neartile::workloads {

Network read_onnx(std::span<const std::byte> bytes, const std::string& name) {
  const importer::Graph graph = importer::read_graph(bytes, name);
  Network network = importer::Lowering(graph).run();
  network.name = std::filesystem::path(name).stem().string();
  return network;
}

Network read_onnx(const std::filesystem::path& file) {
  return read_onnx(read_file(file, std::size_t{1} << 31), file.string());
}

}  // namespace neartile::workloads
