#include <fmt/format.h>

#include "run/report.h"
#include "run/report_layers.h"
#include "text/numbers.h"
#include "text/printable.h"
#include "text/table.h"

namespace neartile {
namespace {

std::string share(std::size_t part, std::size_t whole) {
  return fmt::format("{}/{}", thousands(part), thousands(whole));
}

std::string header(const RunReport& r) {
  return fmt::format("workload  {}: {} images of {}x{}x{}, {} matrix layers, {} MACs an image\n",
                     printable(r.workload), thousands(r.images), r.input.channels, r.input.height,
                     r.input.width, matrix_layers(r), thousands(r.macs())) +
         chip_line(r) +
         routing_line(r, fmt::format("; activations {}, weights s8 per channel",
                                     r.signed_activations ? "s8 symmetric" : "u8 affine")) +
         host_line();
}

std::string accuracy_table(const RunReport& r) {
  using enum Table::Align;
  Table table({{"accuracy", left}, {"top-1"}, {"%"}, {"top-5"}, {"%"}, {"argmax as\nexact int8"}});
  const auto add = [&](const std::string& name, const workloads::Accuracy& a, const std::string& agreement) {
    const auto images = static_cast<double>(a.images);
    table.add({name, share(a.top1_correct, a.images), percent(static_cast<double>(a.top1_correct), images),
               share(a.top5_correct, a.images), percent(static_cast<double>(a.top5_correct), images),
               agreement});
  };
  add("float", r.floating, "");
  add("exact int8", r.exact, "");
  add("this chip", r.chosen, share(r.agreement_exact, r.images));
  return table.text();
}

std::string totals(const RunReport& r) {
  return fmt::format(
             "cycles    {} for {} images, {} an image{}\n"
             "time      {} at {:g} MHz, {} an image\n",
             thousands(r.cycles.count), thousands(r.images), mean(r.cycles.count, r.images),
             r.images_in_flight > 1 ? fmt::format("; {} images in flight", r.images_in_flight) : "",
             duration(r.seconds()), r.chip.clock_MHz, duration(r.seconds() / static_cast<double>(r.images))) +
         toggles_line(r) + clocks_line(r) + memory_line(r);
}

std::string sentence(const RunReport& r) {
  std::string text =
      fmt::format("result: top-1 {} ({} %) on {}, exact int8 {}", share(r.chosen.top1_correct, r.images),
                  percent(static_cast<double>(r.chosen.top1_correct), static_cast<double>(r.images)),
                  printable(r.chip.name), share(r.exact.top1_correct, r.images));
  if (r.counted)
    text += fmt::format(", {} cycles an image, {} at {:g} MHz", mean(r.cycles.count, r.images),
                        duration(r.seconds() / static_cast<double>(r.images)), r.chip.clock_MHz);
  else
    text += ", without the SystemC chip";
  return text + "\n";
}

}  // namespace

std::string to_text(const RunReport& r) {
  std::string text = header(r) + "\n";
  if (r.counted) text += fmt::format("Per image, mean of {}:\n", thousands(r.images));
  text += layers_text(r) + "\n" + array_time_text(r) + accuracy_table(r) + "\n";
  if (r.counted) text += totals(r) + "\n";
  return text + sentence(r);
}

}  // namespace neartile
