#include "neartile/workloads/layer_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>

#include "layer_table/comma_table.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::workloads {
namespace {

using array::ConvolutionShape;
using array::VectorKind;

// index and params are there for readers; they are not looked at.
constexpr std::string_view columns[] = {"index",  "name",   "type",     "in_h",      "in_w",  "in_c",
                                        "k_h",    "k_w",    "stride_h", "stride_w",  "pad_h", "pad_w",
                                        "groups", "out_h",  "out_w",    "out_c",     "macs",  "params",
                                        "gemm_m", "gemm_n", "gemm_k",   "gemm_count"};
constexpr std::string_view window_columns[] = {"in_h",     "in_w",     "in_c",  "k_h",   "k_w",
                                               "stride_h", "stride_w", "pad_h", "pad_w", "groups",
                                               "out_h",    "out_w",    "out_c"};

constexpr std::uint64_t largest_size = std::uint64_t{1} << 24;
constexpr std::uint64_t largest_window = 65536;
constexpr std::uint64_t most_elements = std::uint64_t{1} << 28;  // of a tensor
constexpr std::uint64_t most_macs = std::uint64_t{1} << 52;
constexpr std::size_t longest_name = 200;

enum class Kind { gemm, convolution, vector };

struct Type {
  std::string_view word;
  std::string_view onnx;  ///< what reports call it
  Kind kind = Kind::gemm;
  VectorKind op = VectorKind::add;
};
constexpr Type types[] = {
    {"conv", "Conv", Kind::convolution},
    {"depthwise_conv", "Conv", Kind::convolution},
    {"fc", "Gemm", Kind::gemm},
    {"matmul_act", "MatMul", Kind::gemm},
    {"maxpool", "MaxPool", Kind::vector, VectorKind::max_pool},
    {"avgpool", "AveragePool", Kind::vector, VectorKind::average_pool},
    {"global_avgpool", "GlobalAveragePool", Kind::vector, VectorKind::global_average_pool},
};

const Type& type_of(const CommaTable& table, const CommaTable::Row& row) {
  const std::string_view word = table.has("type") ? row.text("type") : "fc";
  const auto found = std::ranges::find(types, word, &Type::word);
  if (found != std::end(types)) return *found;
  std::vector<std::string_view> words;
  for (const Type& type : types) words.push_back(type.word);
  row.fail(fmt::format("type is {}, expected one of {}", in_quotes(word), fmt::join(words, ", ")));
}

// The product of sizes, if it is at most `limit`.
std::optional<std::uint64_t> product_within(std::uint64_t limit, std::initializer_list<std::uint64_t> sizes) {
  std::uint64_t product = 1;
  for (const std::uint64_t size : sizes) {
    if (size != 0 && product > limit / size) return std::nullopt;
    product *= size;
  }
  return product;
}

// One row of the table on its way to a node.
class Layer {
 public:
  Layer(const CommaTable& table, const CommaTable::Row& row)
      : table_(table), row_(row), type_(type_of(table, row)) {
    if (type_.kind != Kind::gemm)
      for (const std::string_view column : window_columns) table_.need(column);
  }

  Node node() const {
    Node node;
    node.name = name();
    node.type = type_.onnx;
    node.output = node.name;
    if (type_.kind == Kind::vector) {
      VectorLayer op;
      op.kind = type_.op;
      if (op.kind != VectorKind::global_average_pool) op.window = window();
      node.shape = output_cells();
      check_cells("macs", 0);
      node.layer = op;
    } else {
      MatrixLayer layer;
      layer.shape = type_.kind == Kind::gemm ? gemm() : convolution();
      check_matrix(layer.shape);
      node.shape = layer.shape.output();
      node.layer = std::move(layer);
    }
    return node;
  }

  // GEMMs take M x K x count elements.
  array::TensorShape input() const {
    return type_.kind == Kind::gemm ? gemm().input
                                    : array::TensorShape{size("in_c"), size("in_h"), size("in_w")};
  }

 private:
  std::string name() const {
    const std::string_view name = row_.text("name");
    const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
    if (name.empty() || name.size() > longest_name || !std::ranges::all_of(name, printable))
      row_.fail(
          fmt::format("name is {}, expected 1 to {} printable characters", in_quotes(name), longest_name));
    return std::string(name);
  }

  std::size_t size(std::string_view column) const { return row_.number(column, largest_size); }
  std::size_t positive(std::string_view column, std::uint64_t maximum = largest_size) const {
    const std::uint64_t value = row_.number(column, maximum);
    if (value == 0) row_.fail(fmt::format("{} is 0, expected 1 to {}", column, maximum));
    return value;
  }

  ConvolutionShape gemm() const {
    const std::size_t m = positive("gemm_m"), n = positive("gemm_n"), k = positive("gemm_k"),
                      count = table_.has("gemm_count") ? positive("gemm_count") : 1;
    if (!product_within(most_elements, {m, k, count}) || !product_within(most_elements, {n, k, count}) ||
        !product_within(most_elements, {m, n, count}))
      row_.fail(
          fmt::format("is a product of {} x {} by {} x {}, {} times, expected at most {} elements a tensor",
                      m, k, k, n, count, most_elements));
    return {{k * count, m, 1}, {}, count, n * count};
  }

  array::Window window() const {
    array::Window window;
    window.kernel_height = positive("k_h", largest_window);
    window.kernel_width = positive("k_w", largest_window);
    window.stride_height = positive("stride_h", largest_window);
    window.stride_width = positive("stride_w", largest_window);
    window.pad_top = window.pad_bottom = row_.number("pad_h", largest_window);
    window.pad_left = window.pad_right = row_.number("pad_w", largest_window);
    return window;
  }

  array::TensorShape output_cells() const { return {size("out_c"), size("out_h"), size("out_w")}; }

  ConvolutionShape convolution() const {
    const ConvolutionShape shape{{positive("in_c"), positive("in_h"), positive("in_w")},
                                 window(),
                                 positive("groups"),
                                 positive("out_c")};
    if (shape.input.channels % shape.groups != 0 || shape.out_channels % shape.groups != 0)
      row_.fail(fmt::format("has {} groups of {} and {} channels, expected groups of whole channels",
                            shape.groups, shape.input.channels, shape.out_channels));
    if (type_.word == "depthwise_conv" && shape.groups != shape.input.channels)
      row_.fail(fmt::format("has {} groups, expected {}, one a channel", shape.groups, shape.input.channels));
    const array::TensorShape output = shape.output();
    if (output.height == 0 || output.width == 0) row_.fail("its window does not fit the padded input");
    if (!product_within(most_elements, {shape.input.channels, shape.input.height, shape.input.width}) ||
        !product_within(most_elements, {output.channels, output.height, output.width}) ||
        !product_within(most_elements, {shape.window.kernel_height, shape.window.kernel_width,
                                        shape.group_channels(), shape.out_channels}))
      row_.fail(fmt::format("its tensors are too large, expected at most {} elements each", most_elements));
    return shape;
  }

  // A column that says what follows from others must say the same.
  void check_cells(std::string_view column, std::uint64_t expected) const {
    if (!table_.has(column)) return;
    const std::uint64_t found = row_.number(column, most_macs);
    if (found != expected)
      row_.fail(fmt::format("{} is {}, expected {} from the other columns", column, found, expected));
  }

  void check_matrix(const ConvolutionShape& shape) const {
    if (!product_within(most_macs, {shape.m(), shape.n(), shape.k(), shape.groups}))
      row_.fail(fmt::format("has too many MACs, expected at most {}", most_macs));
    check_cells("gemm_m", shape.m());
    check_cells("gemm_n", shape.n());
    check_cells("gemm_k", shape.k());
    check_cells("gemm_count", shape.groups);
    check_cells("macs", shape.macs());
    if (type_.kind == Kind::gemm) return;
    check_cells("out_h", shape.output().height);
    check_cells("out_w", shape.output().width);
  }

  const CommaTable& table_;
  const CommaTable::Row& row_;
  const Type& type_;
};

}  // namespace

Network parse_layer_table(std::string_view text, const std::string& place, const std::string& name) {
  const CommaTable table(text, place, columns);
  for (const char* column : {"name", "gemm_m", "gemm_n", "gemm_k"}) table.need(column);
  Network network;
  network.name = name;
  network.input = Layer(table, table.rows().front()).input();
  std::set<std::string> names;
  for (const CommaTable::Row& row : table.rows()) {
    Node node = Layer(table, row).node();
    if (!names.insert(node.name).second)
      row.fail(fmt::format("name {} is there already, expected distinct names", in_quotes(node.name)));
    node.inputs = {network.nodes.size()};
    network.nodes.push_back(std::move(node));
  }
  if (std::ranges::none_of(network.nodes, [](const Node& node) { return node.matrix() != nullptr; }))
    throw InputError(place, "has no layer for arrays, expected at least one");
  return network;
}

Network read_layer_table(const std::filesystem::path& file) {
  return parse_layer_table(read_text_file(file), file.string(), file.stem().string());
}

}  // namespace neartile::workloads
