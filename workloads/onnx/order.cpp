#include <functional>
#include <queue>

#include "neartile/pe/base/error.h"
#include "onnx/graph.h"
#include "onnx/node.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

/// The nodes of a graph and who makes which tensor.
class Order {
 public:
  explicit Order(Graph& graph) : graph_(graph), nodes_(graph.model->graph().node()) {
    for (int i = 0; i < nodes_.size(); ++i) {
      for (const auto& output : nodes_[i].output()) {
        if (output.empty()) continue;
        const bool taken = output == graph.input || graph.initialisers.contains(output);
        if (taken || !maker_.emplace(output, i).second) {
          OnnxNode(nodes_[i], graph.file).fail("its output " + quoted(output) + " is defined twice");
        }
      }
    }
  }

  void find_live() {
    live_.assign(static_cast<std::size_t>(nodes_.size()), false);
    std::vector<int> pending;
    const auto need = [&](const std::string& tensor) {
      const auto found = maker_.find(tensor);
      if (found == maker_.end() || live_[static_cast<std::size_t>(found->second)]) return;
      live_[static_cast<std::size_t>(found->second)] = true;
      pending.push_back(found->second);
    };
    if (!maker_.contains(graph_.output)) {
      throw InputError(graph_.file, "no node makes the output " + quoted(graph_.output));
    }
    need(graph_.output);
    while (!pending.empty()) {
      const int i = pending.back();
      pending.pop_back();
      for (const auto& input : nodes_[i].input()) need(input);
    }
  }

  /// Kahn's algorithm; of the nodes that are ready, the first in the file goes first.
  void sort() {
    std::vector<std::size_t> waits(static_cast<std::size_t>(nodes_.size()), 0);
    std::unordered_map<std::string, std::vector<int>> readers;
    std::priority_queue<int, std::vector<int>, std::greater<>> ready;
    for (int i = 0; i < nodes_.size(); ++i) {
      if (!live_[static_cast<std::size_t>(i)]) continue;
      for (const auto& input : nodes_[i].input()) {
        check_known(i, input);
        if (!maker_.contains(input)) continue;
        ++waits[static_cast<std::size_t>(i)];
        readers[input].push_back(i);
      }
      if (waits[static_cast<std::size_t>(i)] == 0) ready.push(i);
    }
    while (!ready.empty()) {
      const int i = ready.top();
      ready.pop();
      graph_.nodes.push_back(&nodes_[i]);
      for (const auto& output : nodes_[i].output()) {
        for (const int reader : readers[output]) {
          if (--waits[static_cast<std::size_t>(reader)] == 0) ready.push(reader);
        }
      }
    }
    for (int i = 0; i < nodes_.size(); ++i) {
      if (live_[static_cast<std::size_t>(i)] && waits[static_cast<std::size_t>(i)] > 0) {
        OnnxNode(nodes_[i], graph_.file).fail("is part of a cycle");
      }
    }
  }

 private:
  void check_known(int i, const std::string& input) const {
    if (input.empty() || input == graph_.input || maker_.contains(input) ||
        graph_.initialisers.contains(input)) {
      return;
    }
    OnnxNode(nodes_[i], graph_.file).fail("its input " + quoted(input) + " is not defined");
  }

  Graph& graph_;
  const google::protobuf::RepeatedPtrField<onnx::NodeProto>& nodes_;
  std::unordered_map<std::string, int> maker_;
  std::vector<bool> live_;
};

}  // namespace

void order_nodes(Graph& graph) {
  Order order(graph);
  order.find_live();
  order.sort();
  ++graph.uses[graph.output];
  for (const auto* node : graph.nodes) {
    if (node->op_type() == "Shape") continue;  // reads the size, not the values
    for (const auto& input : node->input()) ++graph.uses[input];
  }
}

}  // namespace neartile::workloads::importer
