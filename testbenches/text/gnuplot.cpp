#include "text/gnuplot.h"

#include "neartile/pe/base/child_process.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile {

std::string svg_of(const std::string& script) {
  const ScratchFolder folder;
  folder.write("plot.gp", script);
  const ChildResult result = run_child({"gnuplot", "plot.gp"}, std::chrono::seconds(60), folder.path());
  if (!result.started)
    throw InputError("gnuplot is not installed, expected it for plots: apt-get install gnuplot-nox");
  if (result.status != 0) throw InputError("gnuplot", "failed, said " + in_quotes(result.output));
  return read_text_file(folder.file("plot.svg"));
}

std::string gnuplot_text(std::string text) {
  for (char& c : text)
    if (c == '"' || c == '\\' || c == '{' || c == '}' || c == '\n') c = '?';
  return text;
}

}  // namespace neartile
