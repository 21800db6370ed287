#include "register_map.h"

#include "neartile/router/program_error.h"

namespace neartile::sc_models {
namespace {

using enum RegisterAccess;
using Fields = std::vector<RegisterField>;

constexpr std::uint32_t array_stride = 0x40, layer_stride = 0x40, group_stride = 0x20;

std::vector<RegisterValue> error_codes() {
  std::vector<RegisterValue> values;
  for (const auto& text : router::program_error_texts()) {
    values.push_back(
        {std::string(text.name), static_cast<std::uint32_t>(text.code), std::string(text.meaning)});
  }
  return values;
}

Fields events() {
  return {{"DONE", 1, 1, "the program is executed"}, {"ERROR", 2, 1, "the program was refused or stopped"}};
}

RegisterEntry of_chip(const char* name, std::uint32_t offset, const char* text) {
  return {name, offset, read_only, {}, text};
}

RegisterEntry counter(const char* name, std::uint32_t offset, const char* text) {
  RegisterEntry entry{name, offset, read_only, 0, text};
  entry.words = 2;
  return entry;
}

RegisterEntry set_while_idle(const char* name, std::uint32_t offset, unsigned words, const char* text) {
  RegisterEntry entry{name, offset, read_write, 0, text};
  entry.words = words;
  entry.refused_while_busy = true;
  return entry;
}

RegisterEntry table(RegisterEntry entry, std::uint32_t count, std::uint32_t stride) {
  entry.count = count;
  entry.stride = stride;
  return entry;
}

void add_control(std::vector<RegisterEntry>& map) {
  map.push_back({"IDENTIFICATION", 0x000, read_only, 0x4e54494c, "a Neartile chip: the letters NTIL"});
  map.push_back({"VERSION",
                 0x004,
                 read_only,
                 0x00010000,
                 "of this map; a driver refuses another major number",
                 {{"MINOR", 0, 16, "additions"}, {"MAJOR", 16, 16, "changes that break drivers"}}});
  map.push_back({"CONTROL",
                 0x008,
                 write_only,
                 0,
                 "actions",
                 {{"RESET", 0, 1, "resets the chip; STATUS.BUSY until that is done"},
                  {"CLEAR_COUNTERS", 1, 1, "sets counters of arrays and layers to 0"}}});
  RegisterEntry status{"STATUS", 0x00c, read_only, 0, "what the chip does", events()};
  status.fields.insert(status.fields.begin(),
                       {"BUSY", 0, 1, "a program is fetched or executed, or a reset at work"});
  map.push_back(status);
  map.push_back({"INTERRUPT_STATUS", 0x010, write_1_to_clear, 0,
                 "events since they were cleared; the interrupt is high while one of them is enabled",
                 events()});
  map.push_back({"INTERRUPT_ENABLE", 0x014, read_write, 0, "events that raise the interrupt", events()});
  map.push_back({"ERROR_CODE", 0x018, read_only, 0, "why STATUS.ERROR is set", {}, error_codes()});
  map.push_back({"ERROR_COMMAND",
                 0x01c,
                 read_only,
                 router::no_command,
                 "the command at fault, counted from 0",
                 {},
                 {{"NONE", router::no_command, "the error is of none, or there is no error"}}});
}

void add_queue(std::vector<RegisterEntry>& map) {
  map.push_back(set_while_idle("QUEUE_BASE", 0x020, 2, "where in memory the program's bytes begin"));
  map.push_back(set_while_idle("QUEUE_SIZE", 0x028, 1, "the program's length in bytes"));
  RegisterEntry doorbell{
      "DOORBELL", 0x02c,         write_only,
      0,          "starts work", {{"START", 0, 1, "fetches the program, checks it, and executes it once"}}};
  doorbell.refused_while_busy = true;
  map.push_back(doorbell);
  map.push_back(
      set_while_idle("DATA_BASE", 0x030, 2, "is added to every memory address that a program contains"));
}

void add_capabilities(std::vector<RegisterEntry>& map) {
  map.push_back(of_chip("ARRAYS", 0x040, "systolic arrays, numbered group by group"));
  map.push_back(of_chip("GROUPS", 0x044, "groups of equal arrays"));
  map.push_back(
      {"ROUTES", 0x048, read_only, most_routes, "entries of the routing table and of layer counters"});
  map.push_back(of_chip("UNIFIED_BUFFER_KIB", 0x04c, "size of the unified buffer in KiB"));
  map.push_back(of_chip("WEIGHT_BUFFER_KIB", 0x050, "size of each array's weight buffer in KiB"));
  map.push_back(
      of_chip("ACCUMULATOR_VECTORS", 0x054, "vectors that each array's accumulators hold, in two halves"));
  map.push_back(of_chip("CLOCK_KHZ", 0x058, "the chip's clock in kHz"));
  map.push_back(counter("CYCLES", 0x060, "cycles of the last execution"));
  map.push_back(counter("FETCH_CYCLES", 0x068, "cycles in which its program was fetched before"));
}

void add_groups(std::vector<RegisterEntry>& map) {
  const auto add = [&](RegisterEntry entry) {
    map.push_back(table(std::move(entry), most_groups, group_stride));
  };
  add(of_chip("GROUP_COUNT", 0x400, "arrays of the group"));
  add(of_chip("GROUP_ROWS", 0x404, "rows of each"));
  add(of_chip("GROUP_COLUMNS", 0x408, "columns of each"));
  RegisterEntry type = of_chip("GROUP_TYPE", 0x40c, "the PE type but for its multiplier");
  type.fields = {{"FORMAT", 0, 8, "operands: 0 u8 x s8, 1 s8 x s8"},
                 {"ACCUMULATOR_BITS", 8, 8, "width of the partial sum"},
                 {"WEIGHT_REGISTERS", 16, 8, "weight registers of a PE"},
                 {"SATURATE", 24, 1, "sums saturate rather than wrap"},
                 {"EXACT", 25, 1, "the multiplier is exact"}};
  add(type);
  RegisterEntry multiplier =
      of_chip("GROUP_MULTIPLIER", 0x410, "the multiplier's identity: FNV-1a 64 of its truth table");
  multiplier.words = 2;
  add(multiplier);
}

void add_routing(std::vector<RegisterEntry>& map) {
  RegisterEntry route{"ROUTE",
                      0x1000,
                      read_write,
                      0xffffffff,
                      "the group that computes the layer; one of other arrays than the program's is an error "
                      "of the next program",
                      {},
                      {{"OF_PROGRAM", 0xffffffff, "the group that the program says"}}};
  route.refused_while_busy = true;
  map.push_back(table(route, most_routes, 4));
}

void add_counters(std::vector<RegisterEntry>& map, const std::string& of, std::uint32_t first,
                  std::uint32_t count, std::uint32_t stride, const char* cycles, const char* cycles_text) {
  const auto add = [&](const std::string& name, std::uint32_t at, const std::string& text) {
    map.push_back(table(counter((of + name).c_str(), first + at, text.c_str()), count, stride));
  };
  add(cycles, 0x00, cycles_text);
  add("_ACTIVATION_TOGGLES", 0x08, "bit changes of activation registers");
  add("_PRODUCT_TOGGLES", 0x10, "bit changes of product nets");
  add("_PARTIAL_SUM_TOGGLES", 0x18, "bit changes of partial-sum registers");
  add("_WEIGHT_TOGGLES", 0x20, "bit changes of weight registers");
  add("_CONTROL_TOGGLES", 0x28, "bit changes of control bits");
}

std::vector<RegisterEntry> make_map() {
  std::vector<RegisterEntry> map;
  add_control(map);
  add_queue(map);
  add_capabilities(map);
  add_groups(map);
  add_routing(map);
  add_counters(map, "ARRAY", 0x10000, most_arrays, array_stride, "_BUSY_CYCLES",
               "cycles in which a tile was in the array");
  add_counters(map, "LAYER", 0x20000, most_routes, layer_stride, "_CYCLES",
               "cycles from the end of the layer before to its own");
  return map;
}

}  // namespace

std::uint32_t RegisterEntry::mask() const {
  if (fields.empty()) return 0xffffffff;
  std::uint32_t bits = 0;
  for (const RegisterField& field : fields)
    bits |= static_cast<std::uint32_t>(((std::uint64_t{1} << field.width) - 1) << field.low);
  return bits;
}

const std::vector<RegisterEntry>& register_map() {
  static const std::vector<RegisterEntry> map = make_map();
  return map;
}

}  // namespace neartile::sc_models
