#include <fmt/format.h>

#include "run/report.h"
#include "run/report_layers.h"
#include "text/numbers.h"
#include "text/printable.h"

namespace neartile {
namespace {

std::string activations_text(const workloads::OperandStatistics& s, bool is_signed) {
  const double sigma = s.activation_sigma / (is_signed ? 2 : 1);
  if (s.activations == workloads::ActivationKind::relu)
    return fmt::format("0 at {:g} %, else |N(0, {:g})|, {:g} % repeated", s.zero_percent, sigma,
                       s.repeat_percent);
  return fmt::format("N({}, {:g}), {:g} % exactly {}, {:g} % repeated", is_signed ? 0 : 128, sigma,
                     s.zero_percent, is_signed ? 0 : 128, s.repeat_percent);
}

std::string header(const TableReport& r) {
  const bool is_signed = r.chip.arrays.front().array.pe.format == pe::Format::s8s8;
  const std::size_t differing = r.operands.layers.size();
  return fmt::format("workload  {}: table of {} matrix layers, {} MACs; no trained weights, so no accuracy\n",
                     printable(r.workload), matrix_layers(r), thousands(r.macs())) +
         fmt::format("operands  seed {}; {} activations: {}; s8 weights: N(0, {:g}){}\n", r.operands.seed,
                     is_signed ? "s8" : "u8", activations_text(r.operands.usual, is_signed),
                     r.operands.usual.weight_sigma,
                     differing > 0 ? fmt::format("; layers that differ: {}", differing) : "") +
         chip_line(r) + routing_line(r) + host_line();
}

std::string totals(const TableReport& r) {
  const std::string time = fmt::format("time      {} at {:g} MHz\n", duration(r.seconds()), r.chip.clock_MHz);
  if (r.simulated)
    return fmt::format("cycles    {} of the chip\n", thousands(r.cycles.count)) + time + toggles_line(r) +
           clocks_line(r) + memory_line(r);
  return fmt::format("cycles    {} of the arrays: memory, requantisation and vector layers come on top\n",
                     thousands(r.cycles.count)) +
         time + toggles_line(r);
}

}  // namespace

std::string to_text(const TableReport& r) {
  return header(r) + "\nOne image, or sequence:\n" + layers_text(r) + "\n" + array_time_text(r) + totals(r) +
         fmt::format("\nresult: {} MACs in {} {}cycles on {}, {} at {:g} MHz, {:.1f} % utilisation\n",
                     thousands(r.macs()), thousands(r.cycles.count), r.simulated ? "" : "array ",
                     printable(r.chip.name), duration(r.seconds()), r.chip.clock_MHz, utilisation_percent(r));
}

}  // namespace neartile
