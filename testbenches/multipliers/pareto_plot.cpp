#include "multipliers/pareto_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "multipliers/shelf.h"
#include "text/gnuplot.h"

namespace neartile::multipliers {
namespace {

struct Point {
  std::string name;
  double cost = 0, error = 0;  // to exact; MAE %
};

// An exact circuit has no error to show on a logarithm: it is drawn at the left edge.
constexpr double least_error = 0.001;

struct Panel {
  std::string title;
  std::function<double(const Measurement&)> value;
};

const std::vector<Panel>& panels() {
  static const std::vector<Panel> all{
      {"Energy, random operands", [](const Measurement& m) { return m.random.timed_fJ; }},
      {"Energy, held weight", [](const Measurement& m) { return m.held.timed_fJ; }},
      {"Area", [](const Measurement& m) { return m.area_um2; }}};
  return all;
}

std::string family_of(const std::string& name) {
  return name.substr(0, std::min(name.find('('), name.find('.')));
}

std::string short_name(const std::string& name) {
  const auto form = std::min({name.find(".u8"), name.find(".s8"), name.size()});
  return gnuplot_text(name.substr(0, form));
}

std::vector<Point> points_of(const std::vector<Compared>& all, const Panel& panel) {
  std::vector<Point> points;
  for (const auto& [cost, metrics] : all) {
    const Measurement* exact = exact_for(cost.operands);
    const double reference = exact ? panel.value(*exact) : 0;
    if (reference > 0)
      points.push_back(
          {cost.name, panel.value(cost) / reference, std::max(least_error, metrics.mean_absolute_percent)});
  }
  return points;
}

// The steps of those that no other beats: less error costs more.
std::vector<Point> front_of(std::vector<Point> points) {
  std::sort(points.begin(), points.end(), [](const Point& a, const Point& b) {
    return std::pair(a.error, a.cost) < std::pair(b.error, b.cost);
  });
  std::vector<Point> front;
  for (const Point& point : points)
    if (front.empty() || point.cost < front.back().cost) front.push_back(point);
  return front;
}

std::string rows(const std::vector<Point>& points) {
  std::string text;
  for (const Point& p : points) text += fmt::format("{} {} \"{}\"\n", p.error, p.cost, short_name(p.name));
  return text + "e\n";
}

std::vector<std::string> families(const std::vector<Compared>& all) {
  std::vector<std::string> names;
  for (const Compared& one : all)
    if (const std::string name = family_of(one.cost.name);
        std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  return names;
}

constexpr std::string_view colours[] = {"#222222", "#777777", "#1f77b4", "#17becf", "#2ca02c",
                                        "#98c11d", "#e6a100", "#ff7f0e", "#d62728", "#e377c2",
                                        "#9467bd", "#5b3a1a", "#3d3dd6"};
constexpr int marks[] = {7, 5, 9, 13, 11, 15};

std::string panel_script(const std::vector<Compared>& all, const Panel& panel, bool with_key) {
  const std::vector<Point> points = points_of(all, panel);
  std::string plot =
      fmt::format("set title \"{}\"\n{}\nplot '-' using 1:2 with steps lw 1.5 lc rgb '#bbbbbb' notitle",
                  panel.title, with_key ? "set key outside right center" : "unset key");
  std::string data = rows(front_of(points));
  const auto names = families(all);
  for (std::size_t i = 0; i < names.size(); ++i) {
    plot += fmt::format(", '-' using 1:2 with points pt {} ps 0.9 lc rgb '{}' title \"{}\"",
                        marks[i % std::size(marks)], colours[i % std::size(colours)], short_name(names[i]));
    std::vector<Point> own;
    for (const Point& p : points)
      if (family_of(p.name) == names[i]) own.push_back(p);
    data += rows(own);
  }
  plot += ", '-' using 1:2:3 with labels font ',10' rotate by 40 left offset 0.5,0.5 notitle\n";
  return plot + data + rows(front_of(points));
}

std::string script(const std::vector<Compared>& all) {
  std::string text =
      "set terminal svg size 1000,1500 font 'sans-serif,13' background rgb 'white' noenhanced\n"
      "set output 'plot.svg'\n"
      "set multiplot layout 3,1\n"
      "set logscale x 10\nset format x '%g'\n"
      "set grid lc rgb '#e8e8e8' lw 1\nset border lc rgb '#888888'\nset tics textcolor rgb '#222222'\n"
      "set xlabel 'mean absolute error, % of 2^16 (exact: at the left edge)'\n"
      "set ylabel 'relative to exact'\n"
      "set rmargin 26\nset xrange [0.0007:*]\nset yrange [0:*]\n"
      "set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead dt 2 lc rgb '#222222'\n";
  for (const Panel& panel : panels()) text += panel_script(all, panel, &panel == &panels().front());
  return text + "unset multiplot\n";
}

}  // namespace

std::string pareto_plot(const std::vector<Compared>& all) {
  return svg_of(script(all));
}

}  // namespace neartile::multipliers
