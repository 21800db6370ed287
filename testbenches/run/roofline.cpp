#include "run/roofline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "neartile/pe/base/error.h"
#include "text/gnuplot.h"

namespace neartile {
namespace {

struct Point {
  std::string name;
  double ops_per_byte = 0, Gops = 0;
  std::uint64_t cycles = 0;
  std::size_t group = 0;
};

constexpr std::size_t labelled = 8;  // points with a name at most: those that take the most time
constexpr std::string_view colours[] = {"#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#17becf"};
constexpr int marks[] = {7, 5, 9, 13, 11, 15};

// A multiply-accumulate is two operations.
std::vector<Point> points_of(const ActivityReport& r) {
  std::vector<Point> points;
  for (const LayerReport& layer : r.layers) {
    if (!layer.matrix || layer.on_vector_unit || layer.cycles.count == 0 || layer.memory.count == 0) continue;
    const double ops = 2 * static_cast<double>(layer.macs) * static_cast<double>(r.images);
    const double seconds = static_cast<double>(layer.cycles.count) / (r.chip.clock_MHz * 1e6);
    points.push_back({gnuplot_text(layer.name), ops / static_cast<double>(layer.memory.count),
                      ops / seconds * 1e-9, layer.cycles.count, layer.group});
  }
  std::ranges::stable_sort(points, std::greater{}, &Point::cycles);
  return points;
}

double peak_Gops(const ActivityReport& r, std::size_t group) {
  return 2 * static_cast<double>(pes_of(r.chip.arrays[group])) * r.chip.clock_MHz * 1e-3;
}

struct Frame {
  double x_low = 1e300, x_high = 0, y_low = 1e300, y_high = 0;
};

// From whole decades below the points and the lowest knee to a little above the points and the highest roof.
Frame frame_of(const std::vector<Point>& points, double GBps, const std::set<double>& peaks) {
  Frame f;
  for (const Point& p : points) {
    f.x_low = std::min(f.x_low, p.ops_per_byte);
    f.x_high = std::max(f.x_high, p.ops_per_byte);
    f.y_low = std::min(f.y_low, p.Gops);
  }
  f.x_low = std::min(f.x_low, *peaks.begin() / GBps);
  f.x_high = std::max(f.x_high, *peaks.rbegin() / GBps);
  f.y_high = *peaks.rbegin();
  const auto decade_below = [](double value) { return std::pow(10, std::floor(std::log10(value))); };
  return {decade_below(f.x_low), 2 * f.x_high, decade_below(f.y_low), 2 * f.y_high};
}

std::string settings(const ActivityReport& r, const Frame& f) {
  return fmt::format(
      "set terminal svg size 960,640 font 'sans-serif,13' background rgb 'white' noenhanced\n"
      "set output 'plot.svg'\nset logscale xy 10\n"
      "set title \"{} on {}: matrix layers\"\n"
      "set xlabel 'operational intensity: operations a byte of external memory'\n"
      "set ylabel '10^9 operations a second (a multiply-accumulate is two)'\n"
      "set format x '%g'\nset format y '%g'\n"
      "set grid lc rgb '#e8e8e8' lw 1\nset border lc rgb '#888888'\nset tics textcolor rgb '#222222'\n"
      "set key bottom right\nset xrange [{}:{}]\nset yrange [{}:{}]\n",
      gnuplot_text(r.workload), gnuplot_text(r.chip.name), f.x_low, f.x_high, f.y_low, f.y_high);
}

// Memory up to the knee, then the arrays.
std::string roof(double GBps, double peak, const Frame& f) {
  return fmt::format("{} {}\n{} {}\n{} {}\ne\n", f.x_low, f.x_low * GBps, peak / GBps, peak, f.x_high, peak);
}

// Whether the names of two points would lie on each other.
bool overlap(const Point& a, const Point& b, const Frame& f) {
  const auto apart = [](double one, double other, double low, double high) {
    return std::abs(std::log(one / other)) / std::log(high / low);
  };
  return apart(a.ops_per_byte, b.ops_per_byte, f.x_low, f.x_high) < 0.18 &&
         apart(a.Gops, b.Gops, f.y_low, f.y_high) < 0.03;
}

// Of names that would lie on each other the first is written.
std::string names(const std::vector<Point>& points, const Frame& frame) {
  std::string text;
  std::vector<Point> named;
  for (const Point& p : points) {
    if (named.size() == labelled) break;
    if (std::ranges::any_of(named, [&](const Point& other) { return overlap(p, other, frame); })) continue;
    text += fmt::format("{} {} \"{}\"\n", p.ops_per_byte, p.Gops, p.name);
    named.push_back(p);
  }
  return text + "e\n";
}

}  // namespace

std::string roofline_plot(const ActivityReport& r) {
  const std::vector<Point> points = points_of(r);
  if (points.empty()) throw InputError("--roofline", "the run has no matrix layer that loads from memory");
  std::set<std::size_t> groups;
  std::set<double> peaks;
  for (const Point& p : points) {
    groups.insert(p.group);
    peaks.insert(peak_Gops(r, p.group));
  }
  const double GBps = memory::peak_GBps(r.chip.memory);
  const Frame frame = frame_of(points, GBps, peaks);

  std::string script = settings(r, frame), plot, data;
  for (const double peak : peaks) {
    plot += fmt::format(
        "{}'-' using 1:2 with lines lw 2 lc rgb '#555555' title \"{:.4g} GB/s, then {:.4g} TOPS\"",
        plot.empty() ? "plot " : ", ", GBps, peak * 1e-3);
    data += roof(GBps, peak, frame);
  }
  for (const std::size_t group : groups) {
    plot += fmt::format(", '-' using 1:2 with points pt {} ps 0.9 lc rgb '{}' title \"layers on {}\"",
                        marks[group % std::size(marks)], colours[group % std::size(colours)],
                        gnuplot_text(r.chip.arrays[group].name));
    for (const Point& p : points)
      if (p.group == group) data += fmt::format("{} {}\n", p.ops_per_byte, p.Gops);
    data += "e\n";
  }
  plot += ", '-' using 1:2:3 with labels font ',10' right offset -0.8,0.3 notitle\n";
  return svg_of(script + plot + data + names(points, frame));
}

}  // namespace neartile
