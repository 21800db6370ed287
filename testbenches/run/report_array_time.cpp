#include <fmt/format.h>

#include "run/report_layers.h"
#include "text/numbers.h"
#include "text/printable.h"
#include "text/table.h"

namespace neartile {
namespace {

std::vector<std::string> row(const std::string& name, std::uint64_t cycles, const traces::ArrayTime& time,
                             std::size_t images, std::uint64_t arrays) {
  std::vector<std::string> cells{fitted(name, name_width), mean(cycles, images)};
  for (const std::uint64_t count : time.cycles) cells.push_back(mean(count, images * arrays));
  return cells;
}

}  // namespace

std::string array_time_text(const ActivityReport& r) {
  if (!r.simulated) return "";
  using enum Table::Align;
  Table table({{"layer", left},
               {"cycles"},
               {"stream"},
               {"weight\nload"},
               {"drain"},
               {"wait for\nbandwidth"},
               {"wait for\nbuffer"},
               {"wait for\nlayer"},
               {"no work"}});
  const std::uint64_t all = array_count(r.chip);
  traces::ArrayTime total, vectors;
  std::uint64_t vector_cycles = 0;
  for (const LayerReport& layer : r.layers) {
    total += time_of_arrays(layer, 0, all);
    if (layer.matrix && !layer.on_vector_unit) {
      const std::uint64_t count = r.chip.arrays[layer.group].count;
      table.add(row(layer.name, layer.cycles.count,
                    time_of_arrays(layer, first_array(r.chip, layer.group), count), r.images, count));
    } else {
      vectors += time_of_arrays(layer, 0, all);
      vector_cycles += layer.cycles.count;
    }
  }
  if (vector_cycles > 0) table.add(row("vector layers", vector_cycles, vectors, r.images, all));
  table.add_rule();
  table.add(row("total, all arrays", r.cycles.count, total, r.images, all));
  return "What an array of the layer's group does, cycles per image:\n" + table.text() + "\n";
}

std::string memory_line(const ActivityReport& r) {
  if (!r.simulated) return "";
  const auto& [unified, weights, accumulators] = r.buffers;
  const std::string buffers = fmt::format(
      "buffers   bytes read and written: {} and {} unified, {} and {} weights, {} and {} accumulators;\n"
      "          words that waited for a bank: {}\n",
      thousands(unified.read_bytes), thousands(unified.written_bytes), thousands(weights.read_bytes),
      thousands(weights.written_bytes), thousands(accumulators.read_bytes),
      thousands(accumulators.written_bytes),
      thousands(unified.conflicts + weights.conflicts + accumulators.conflicts));
  if (r.channels.empty()) return buffers;
  memory::Hbm2Counts sum;
  for (const memory::Hbm2Counts& c : r.channels) {
    sum.read_bytes += c.read_bytes;
    sum.written_bytes += c.written_bytes;
    sum.row_hits += c.row_hits;
    sum.row_misses += c.row_misses;
    sum.row_conflicts += c.row_conflicts;
    sum.refreshes += c.refreshes;
  }
  return buffers +
         fmt::format(
             "memory    HBM2, {} channels: {} bytes read, {} written; bursts: {} row hits, {} misses, {} "
             "conflicts;\n"
             "          {} refreshes\n",
             r.channels.size(), thousands(sum.read_bytes), thousands(sum.written_bytes),
             thousands(sum.row_hits), thousands(sum.row_misses), thousands(sum.row_conflicts),
             thousands(sum.refreshes));
}

}  // namespace neartile
