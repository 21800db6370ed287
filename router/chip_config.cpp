#include "neartile/router/chip_config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/multiplier.h"

namespace neartile::router {
namespace {

constexpr std::size_t most_groups = 64;
constexpr std::uint64_t most_arrays = 1024;
constexpr std::uint64_t most_MiB = 4096;  // of all buffers: a simulator holds them

std::string type_of(const GroupConfig& group) {
  return pe::name_of(group.array.pe);
}

std::string group_place(const std::string& place, std::size_t group) {
  return fmt::format("{}: /arrays/{}", place, group);
}

// Equal names in two spellings ("drum( 4 )", "drum(4)") become one.
void check_multipliers(ChipConfig& config, const std::string& place) {
  for (std::size_t g = 0; g < config.arrays.size(); ++g) {
    pe::PeConfig& pe = config.arrays[g].array.pe;
    try {
      pe.multiplier = pe::make_multiplier(pe.multiplier, pe.format).name;
    } catch (const InputError& error) {
      throw InputError(group_place(place, g) + "/pe/multiplier", error.what());
    }
  }
}

// Files of one name in two folders would be one PE type to those who read reports.
void check_type_names(const ChipConfig& config, const std::string& place) {
  std::map<std::string, std::size_t> first;
  for (std::size_t g = 0; g < config.arrays.size(); ++g) {
    const auto [it, is_new] = first.emplace(type_of(config.arrays[g]), g);
    if (!is_new && config.arrays[it->second].array.pe.multiplier != config.arrays[g].array.pe.multiplier)
      throw InputError(group_place(place, g) + "/pe/multiplier",
                       fmt::format("{} is another multiplier of /arrays/{}, expected distinct names",
                                   in_quotes(it->first), it->second));
  }
}

// An unnamed group takes its type's name; unnamed groups of one type get numbers, too.
void name_groups(ChipConfig& config, const std::string& place) {
  std::map<std::string, std::size_t> unnamed, numbered;
  for (const auto& group : config.arrays)
    if (group.name.empty()) ++unnamed[type_of(group)];
  for (auto& group : config.arrays) {
    if (!group.name.empty()) continue;
    const std::string type = type_of(group);
    group.name = unnamed[type] == 1 ? type : fmt::format("{}#{}", type, ++numbered[type]);
  }
  std::map<std::string, std::size_t> first;
  for (std::size_t g = 0; g < config.arrays.size(); ++g)
    if (const auto [it, is_new] = first.emplace(config.arrays[g].name, g); !is_new)
      throw InputError(group_place(place, g) + "/name",
                       fmt::format("{} is the name of /arrays/{}, too, expected distinct names",
                                   in_quotes(it->first), it->second));
}

void check_sizes(const ChipConfig& config, const std::string& place) {
  for (std::size_t g = 0; g < config.arrays.size(); ++g) {
    const array::ArrayConfig& array = config.arrays[g].array;
    const std::uint64_t tile = array.rows * array.columns;
    if (tile > config.weight_buffer_KiB * 1024)
      throw InputError(
          place + ": /weight_buffer_KiB",
          fmt::format("is {}, expected at least {} for a tile of {} x {} weights of /arrays/{}",
                      config.weight_buffer_KiB, (tile + 1023) / 1024, array.rows, array.columns, g));
  }
  if (array_count(config) > most_arrays)
    throw InputError(place + ": /arrays", fmt::format("is {} arrays in all, expected at most {}",
                                                      array_count(config), most_arrays));
}

void check_buffers(const ChipConfig& config, const std::string& place) {
  std::uint64_t bytes = config.unified_buffer_KiB * 1024;
  for (const GroupConfig& group : config.arrays)
    bytes += group.count * (config.weight_buffer_KiB * 1024 +
                            config.accumulator_vectors * group.array.columns * sizeof(std::int32_t));
  if (bytes > most_MiB << 20)
    throw InputError(place, fmt::format("unified buffer, weight buffers and accumulators are {} MiB in all, "
                                        "expected at most {}",
                                        (bytes >> 20) + 1, most_MiB));
}

}  // namespace

void describe(ConfigVisitor& visitor, GroupConfig& config) {
  visitor.text({"name", "of the group; empty: the name of its PE type"}, config.name);
  visitor.number({"count", "equal arrays in the group", 1, most_arrays}, config.count);
  array::describe(visitor, config.array);
}

void describe(ConfigVisitor& visitor, ChipConfig& config) {
  visitor.text({"name", "of the chip, for reports"}, config.name);
  visitor.number({"clock_MHz", "clock of the whole chip in MHz", 1, 100000}, config.clock_MHz);
  visitor.list(
      {"arrays", "the bank: groups of equal arrays"}, config.arrays.size(),
      [&](std::size_t length) { config.arrays.assign(length, {}); },
      [&](ConfigVisitor& v, std::size_t i) { describe(v, config.arrays[i]); });
  visitor.number({"unified_buffer_KiB", "on-chip memory for activations in KiB", 1, 1 << 22},
                 config.unified_buffer_KiB);
  visitor.number(
      {"weight_buffer_KiB", "weight buffer of each array in KiB; it holds at least one tile", 1, 1 << 20},
      config.weight_buffer_KiB);
  visitor.number(
      {"accumulator_vectors",
       "accumulators of each array: vectors of one sum a column, in two halves that alternate", 2, 1 << 20},
      config.accumulator_vectors);
  visitor.object({"unified_buffer", ""}, [&](ConfigVisitor& v) { describe(v, config.unified_buffer); });
  visitor.object({"weight_buffer", ""}, [&](ConfigVisitor& v) { describe(v, config.weight_buffer); });
  visitor.object({"accumulators", ""}, [&](ConfigVisitor& v) { describe(v, config.accumulators); });
  visitor.object({"vector_unit", ""}, [&](ConfigVisitor& v) { describe(v, config.vector_unit); });
  visitor.object({"dma", ""}, [&](ConfigVisitor& v) { describe(v, config.dma); });
  visitor.object({"memory", ""}, [&](ConfigVisitor& v) { describe(v, config.memory); });
}

void complete(ChipConfig& config, const std::string& place) {
  if (config.arrays.empty() || config.arrays.size() > most_groups)
    throw InputError(place + ": /arrays",
                     fmt::format("has {} groups, expected 1 to {}", config.arrays.size(), most_groups));
  check_multipliers(config, place);
  check_type_names(config, place);
  name_groups(config, place);
  check_sizes(config, place);
  check_buffers(config, place);
  memory::check(config.unified_buffer, place + ": /unified_buffer");
  memory::check(config.weight_buffer, place + ": /weight_buffer");
  memory::check(config.accumulators, place + ": /accumulators");
  memory::check(config.memory, place + ": /memory");
}

std::uint64_t first_array(const ChipConfig& config, std::size_t group) {
  std::uint64_t first = 0;
  for (std::size_t g = 0; g < group; ++g) first += config.arrays[g].count;
  return first;
}

std::uint64_t array_count(const ChipConfig& config) {
  return first_array(config, config.arrays.size());
}

std::size_t find_group(const ChipConfig& config, const std::string& name, const std::string& place) {
  std::vector<std::size_t> of_type;
  std::vector<std::string> names;
  for (std::size_t g = 0; g < config.arrays.size(); ++g) {
    if (config.arrays[g].name == name) return g;
    if (type_of(config.arrays[g]) == name) of_type.push_back(g);
    names.push_back(config.arrays[g].name);
  }
  if (of_type.size() == 1) return of_type.front();
  throw InputError(place, fmt::format("{} {}, expected one of {}", in_quotes(name),
                                      of_type.empty() ? "is no group or PE type of the chip"
                                                      : "is the PE type of several groups",
                                      fmt::join(names, ", ")));
}

}  // namespace neartile::router
