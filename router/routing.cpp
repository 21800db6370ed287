#include "neartile/router/routing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::router {
namespace {

using nlohmann::json;

std::string type_name(const json& value, const std::string& place) {
  if (!value.is_string() || value.get_ref<const std::string&>().empty())
    throw InputError(place, "expected the name of a group or PE type as a \"text\"");
  return value.get<std::string>();
}

std::map<std::string, std::string> layer_names(const json& value, const std::string& place) {
  if (!value.is_object()) throw InputError(place, "expected an object {\"layer\": \"type\", ..}");
  std::map<std::string, std::string> layers;
  for (const auto& [layer, type] : value.items())
    layers[layer] = type_name(type, place + ": " + in_quotes(layer));
  return layers;
}

// What a layer is called in an error: the first names help to see how this network calls its layers.
std::string some_layers(const workloads::Network& network) {
  constexpr std::size_t most = 8;
  std::vector<std::string> names;
  std::size_t matrices = 0;
  for (const auto& node : network.nodes) {
    if (!node.matrix()) continue;
    if (matrices++ < most) names.push_back(in_quotes(node.name));
  }
  return fmt::format("{}{}", fmt::join(names, ", "), matrices > most ? ", .." : "");
}

void check_layers(const RoutingNames& names, const workloads::Network& network, const std::string& place) {
  for (const auto& [layer, type] : names.layers) {
    const auto named = [&l = layer](const workloads::Node& node) { return node.name == l; };
    const auto node = std::find_if(network.nodes.begin(), network.nodes.end(), named);
    if (node == network.nodes.end() || !node->matrix())
      throw InputError(
          place, fmt::format("layer {} is {}, expected one of {}", in_quotes(layer),
                             node == network.nodes.end() ? "not in the network" : "no layer of the arrays",
                             some_layers(network)));
  }
}

}  // namespace

RoutingNames read_routing(const std::filesystem::path& file) {
  const std::string place = file.string(), text = read_text_file(file);
  check_json(text, place);
  const json root = json::parse(text);
  if (!root.is_object()) throw InputError(place, "expected an object with the keys layers, default");
  RoutingNames names;
  for (const auto& [key, value] : root.items()) {
    if (key == "layers")
      names.layers = layer_names(value, place + ": /layers");
    else if (key == "default")
      names.otherwise = type_name(value, place + ": /default");
    else
      throw InputError(place, fmt::format("unknown key {}, expected one of layers, default", in_quotes(key)));
  }
  return names;
}

Routing resolve(const RoutingNames& names, const workloads::Network& network, const ChipConfig& chip,
                const std::string& place) {
  check_layers(names, network, place);
  Routing routing(network.nodes.size(), 0);
  // The default's type must exist even if no layer takes it.
  const std::size_t otherwise =
      names.otherwise.empty() ? 0 : find_group(chip, names.otherwise, place + ": default");
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    const workloads::Node& node = network.nodes[i];
    if (!node.matrix()) continue;
    const auto named = names.layers.find(node.name);
    if (named == names.layers.end() && names.otherwise.empty())
      throw InputError(
          place, fmt::format("layer {} has no entry, expected one or a \"default\"", in_quotes(node.name)));
    routing[i] = named == names.layers.end()
                     ? otherwise
                     : find_group(chip, named->second, place + ": layer " + in_quotes(node.name));
  }
  return routing;
}

}  // namespace neartile::router
