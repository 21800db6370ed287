#include <fmt/format.h>

#include <memory>

#include "command.h"
#include "run/evaluation.h"
#include "run/inputs.h"
#include "run/options.h"
#include "run/output.h"
#include "run/report.h"
#include "run/roofline.h"
#include "run/simulation.h"
#include "run/table_run.h"
#include "run/timeline_file.h"

namespace neartile {
namespace {

// What the chip's results are compared with: the same operands, exact products, wide sums.
array::ArrayConfig exact_array(const router::ChipConfig& chip) {
  array::ArrayConfig exact;
  exact.pe.format = chip.arrays.front().array.pe.format;
  return exact;
}

RunReport run(const RunOptions& options, std::unique_ptr<TimelineFile>& timeline) {
  RunReport report;
  report.chip = chosen_chip(options);
  const workloads::Scheme scheme = scheme_of(report.chip);
  const workloads::Workload workload = chosen_workload(options);
  const ChosenRouting routing = chosen_routing(options, workload.network, report.chip);
  report.workload = workload.name;
  set_routing(report, workload.network, routing);
  report.images_in_flight = options.images_in_flight;
  report.input = workload.network.input;
  report.signed_activations = scheme == workloads::Scheme::symmetric_s8;

  const workloads::QuantisedNetwork network = quantised(workload, scheme);
  report.floating = float_answers(workload).accuracy;
  const Answers exact = executor_answers(workload, network, {exact_array(report.chip)}, "exact int8");
  report.exact = exact.accuracy;

  Answers chosen;
  if (options.executor) {
    chosen = executor_answers(workload, network, arrays_of(routing.groups, routing.mapping, report.chip),
                              "this chip");
  } else {
    timeline = timeline_of(options, report.chip);
    const sc_models::RunResult result =
        simulate(workload, network, routing, report.chip, options.images_in_flight, timeline.get());
    chosen = rank(workload, network, result.outputs);
    add_counts(result, report);
    report.fetch_cycles = result.fetch_cycles;
  }
  report.chosen = chosen.accuracy;
  report.images = chosen.accuracy.images;
  report.agreement_exact = agreement(chosen, exact);
  return report;
}

template <class Report>
void finish(const Report& report, const RunOptions& options, TimelineFile* timeline) {
  const std::string roofline = options.roofline ? roofline_plot(report) : "";
  if (options.roofline) write_file(*options.roofline, roofline);
  if (timeline) timeline->finish();
  if (options.out) write_output(*options.out, "result.json", to_json(report));
  fmt::print("{}", to_text(report));
}

void run_with(const std::vector<std::string>& arguments) {
  const auto options = parse_run_options(arguments);
  if (!options) return;
  if (options->out) check_output(*options->out);
  if (options->timeline) check_file(*options->timeline, "--timeline");
  if (options->roofline) check_file(*options->roofline, "--roofline");
  std::unique_ptr<TimelineFile> timeline;
  if (options->layers) {
    const TableReport report = run_table(*options, timeline);
    finish(report, *options, timeline.get());
  } else {
    const RunReport report = run(*options, timeline);
    finish(report, *options, timeline.get());
  }
}

}  // namespace

const Command run_command{"run", "runs a network on a chip: accuracy, cycles, toggles", run_with};

}  // namespace neartile
