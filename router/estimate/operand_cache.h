#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "neartile/workloads/layer_operands.h"

namespace neartile::router {

/// Operands of nodes for as long as somebody works on them, made once for all who do.
class OperandCache {
 public:
  using Pointer = std::shared_ptr<const workloads::LayerOperands>;

  OperandCache(const workloads::OperandSource& source, std::size_t nodes)
      : source_(source), entries_(nodes) {}

  Pointer of(std::size_t node) {
    Entry& entry = entries_[node];
    const std::scoped_lock lock(entry.mutex);
    Pointer operands = entry.operands.lock();
    if (!operands) {
      operands = std::make_shared<const workloads::LayerOperands>(source_(node));
      entry.operands = operands;
    }
    return operands;
  }

 private:
  struct Entry {
    std::mutex mutex;
    std::weak_ptr<const workloads::LayerOperands> operands;
  };
  const workloads::OperandSource& source_;
  std::vector<Entry> entries_;
};

}  // namespace neartile::router
