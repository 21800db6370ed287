#include "neartile/workloads/drawn_operands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <set>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::workloads {
namespace {

void describe(ConfigVisitor& visitor, OperandStatistics& statistics) {
  visitor.number({"weight_sigma", "weights are N(0, sigma), rounded, clipped to -127 .. 127", 0.01, 1000},
                 statistics.weight_sigma);
  visitor.choice({"activations", "relu: 0, else |N(0, sigma)|; centred: N(zero point, sigma)"},
                 {"relu", "centred"}, statistics.activations);
  visitor.number({"zero_percent", "activations that are the zero point, in percent", 0, 100},
                 statistics.zero_percent);
  visitor.number({"activation_sigma", "sigma of the others in u8 integers; s8 has half of it", 0.01, 1000},
                 statistics.activation_sigma);
  visitor.number(
      {"repeat_percent", "activations that are the ones of the pixel or vector before, in percent", 0, 100},
      statistics.repeat_percent);
}

// The share of N(0, sigma) below x.
double below(double x, double sigma) {
  return 0.5 * std::erfc(-x / (sigma * std::numbers::sqrt2));
}

// A distribution of patterns as a list of 2^16 that are equally likely: 16 random bits draw one.
class PatternTable {
 public:
  PatternTable() : patterns_(std::size_t{1} << 16) {}

  // `share_below(v)` of the patterns are smaller than v; low .. high are all that there are.
  template <class ShareBelow>
  PatternTable(int low, int high, ShareBelow share_below) : PatternTable() {
    const auto size = static_cast<double>(patterns_.size());
    auto first = patterns_.begin();
    for (int v = low; v <= high; ++v) {
      const auto end = v == high
                           ? patterns_.end()
                           : patterns_.begin() + std::lround(std::clamp(share_below(v + 1), 0.0, 1.0) * size);
      std::fill(first, std::max(first, end), static_cast<std::uint8_t>(v));
      first = std::max(first, end);
    }
  }

  std::uint8_t operator[](std::uint16_t bits) const { return patterns_[bits]; }

 private:
  std::vector<std::uint8_t> patterns_;
};

PatternTable weight_table(const OperandStatistics& s) {
  return {-127, 127, [&](int v) { return below(v - 0.5, s.weight_sigma); }};
}

PatternTable activation_table(const OperandStatistics& s, bool is_signed, int zero_point) {
  const double zeros = s.zero_percent / 100, sigma = s.activation_sigma / (is_signed ? 2 : 1);
  const int high = is_signed ? 127 : 255;
  // |N| rounds to 1 at least: the share of zeros is what was asked for.
  if (s.activations == ActivationKind::relu)
    return {0, high,
            [&](int v) { return v == 1 ? zeros : zeros + (1 - zeros) * (2 * below(v - 0.5, sigma) - 1); }};
  return {is_signed ? -127 : 0, high, [&](int v) {
            return (1 - zeros) * below(v - 0.5 - zero_point, sigma) + (v > zero_point ? zeros : 0);
          }};
}

// A tensor's own stream of numbers; engine and seed sequence are the standard's, alike everywhere.
class Random {
 public:
  Random(std::uint64_t seed, std::size_t node, std::uint32_t tensor) {
    std::seed_seq sequence{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                           static_cast<std::uint32_t>(node), tensor};
    engine_.seed(sequence);
  }
  std::uint16_t bits() {
    left_ = left_ == 0 ? 3 : left_ - 1;
    word_ = left_ == 3 ? engine_() : word_ >> 16;
    return static_cast<std::uint16_t>(word_);
  }

 private:
  std::mt19937_64 engine_;
  std::uint64_t word_ = 0;
  int left_ = 0;
};

std::vector<std::int8_t> drawn_weights(const OperandStatistics& statistics, std::size_t count,
                                       Random random) {
  const PatternTable table = weight_table(statistics);
  std::vector<std::int8_t> weights(count);
  for (auto& weight : weights) weight = static_cast<std::int8_t>(table[random.bits()]);
  return weights;
}

std::vector<std::uint8_t> drawn_pixels(const OperandStatistics& statistics, const PatternTable& table,
                                       const array::TensorShape& shape, Random random) {
  const auto repeats = static_cast<std::uint32_t>(std::lround(statistics.repeat_percent / 100 * 65536));
  std::vector<std::uint8_t> patterns(shape.elements());
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const std::uint8_t fresh = table[random.bits()];
    const bool repeat = random.bits() < repeats && i >= shape.channels;
    patterns[i] = repeat ? patterns[i - shape.channels] : fresh;
  }
  return patterns;
}

}  // namespace

void describe(ConfigVisitor& visitor, OperandSettings& settings) {
  visitor.number({"seed", "of all that is drawn"}, settings.seed);
  describe(visitor, settings.usual);
  visitor.list(
      {"layers", "layers that differ"}, settings.layers.size(),
      [&](std::size_t length) {
        settings.layers.assign(length, {"", settings.usual});
      },
      [&](ConfigVisitor& v, std::size_t i) {
        v.text({"name", "of a layer of the table"}, settings.layers[i].name);
        describe(v, settings.layers[i].statistics);
      });
}

const OperandStatistics& statistics_of(const OperandSettings& settings, const std::string& layer) {
  const auto found = std::ranges::find(settings.layers, layer, &OperandSettings::Layer::name);
  return found == settings.layers.end() ? settings.usual : found->statistics;
}

void check_layers(const OperandSettings& settings, const Network& network, const std::string& place) {
  std::set<std::string_view> matrices, named;
  for (const Node& node : network.nodes)
    if (node.matrix()) matrices.insert(node.name);
  for (const auto& layer : settings.layers) {
    if (!matrices.contains(layer.name))
      throw InputError(place + ": /layers",
                       fmt::format("{} is no layer of the arrays, expected a matrix layer of {}",
                                   in_quotes(layer.name), network.name));
    if (!named.insert(layer.name).second)
      throw InputError(place + ": /layers",
                       fmt::format("{} is there twice, expected once", in_quotes(layer.name)));
  }
}

LayerOperands draw_operands(const OperandSettings& settings, const Network& network, std::size_t node,
                            pe::Format format) {
  const array::ConvolutionShape& shape = network.nodes.at(node).matrix()->shape;
  const OperandStatistics& statistics = statistics_of(settings, network.nodes[node].name);
  const bool is_signed = format == pe::Format::s8s8;
  LayerOperands operands;
  if (statistics.activations == ActivationKind::centred && !is_signed) operands.zero_point_pattern = 128;
  operands.input =
      drawn_pixels(statistics, activation_table(statistics, is_signed, operands.zero_point_pattern),
                   shape.input, Random(settings.seed, node, 0));
  operands.weights =
      drawn_weights(statistics, shape.k() * shape.n() * shape.groups, Random(settings.seed, node, 1));
  return operands;
}

}  // namespace neartile::workloads
