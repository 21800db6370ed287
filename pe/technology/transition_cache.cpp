#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>

#include "transition_table_maker.h"

// A file is: the magic text with the version, the key, a checksum of the rest; 256 scales; 2^24 entries.
namespace neartile::pe {
namespace {

constexpr char magic[] = "neartile transition table 2\n";
constexpr std::size_t entry_count = std::size_t{256} << 16;

// FNV-1a over 64-bit words, with a final mix; not for enemies: it tells circuits apart and finds damage.
class Hash {
 public:
  explicit Hash(std::uint64_t seed = 0xcbf29ce484222325u) : state_(seed) {}
  void add(std::uint64_t word) {
    state_ = (state_ ^ word) * 0x100000001b3u;
    state_ ^= state_ >> 29;
  }
  void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
  void add(const void* bytes, std::size_t count) {
    const auto* at = static_cast<const unsigned char*>(bytes);
    for (; count >= 8; count -= 8, at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, 8);
      add(word);
    }
    for (; count > 0; --count, ++at) add(std::uint64_t{*at});
  }
  std::uint64_t value() const { return state_ ^ state_ >> 32; }

 private:
  std::uint64_t state_;
};

struct Key {
  std::uint64_t words[2];
  std::string name() const { return fmt::format("transitions-{:016x}{:016x}", words[0], words[1]); }
};

// All that a table depends on: the gates, what they take and cost, the settings. The technology counts by
// the delays and energies that it gives.
Key key_of(const Netlist& netlist, const CircuitCost& cost, const TimedSettings& settings) {
  Key key{};
  for (std::uint64_t i = 0; i < 2; ++i) {
    Hash hash(0xcbf29ce484222325u + i);
    hash.add(std::uint64_t{settings.words});
    for (const NetIndex net : netlist.activation()) hash.add(std::uint64_t{net});
    for (const NetIndex net : netlist.weight()) hash.add(std::uint64_t{net});
    for (const Gate& gate : netlist.gates()) {
      const CellFunction& function = netlist.cell_of(gate).function;
      hash.add(std::uint64_t{function.inputs});
      hash.add(function.table);
      for (const NetIndex net : gate.inputs) hash.add(std::uint64_t{net});
      hash.add(std::uint64_t{gate.output});
    }
    for (const double delay : cost.delay_ps) hash.add(delay);
    for (const double energy : cost.toggle_energy_fJ) hash.add(energy);
    key.words[i] = hash.value();
  }
  return key;
}

std::uint64_t checksum(TransitionTable& table) {
  Hash hash;
  const auto& scales = TransitionTableMaker::scales(table);
  const auto& entries = TransitionTableMaker::entries(table);
  hash.add(scales.data(), sizeof scales);
  hash.add(entries.data(), entries.size() * sizeof entries[0]);
  return hash.value();
}

bool read(const std::filesystem::path& file, const Key& key, TransitionTable& table) {
  constexpr std::size_t expected = sizeof magic - 1 + 24 + 256 * 8 + entry_count * 2;
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error) || std::filesystem::file_size(file, error) != expected)
    return false;
  std::ifstream stream(file, std::ios::binary);
  char head[sizeof magic - 1];
  std::uint64_t words[3] = {};
  const auto take = [&](void* to, std::size_t bytes) {
    return bool(stream.read(static_cast<char*>(to), static_cast<std::streamsize>(bytes)));
  };
  if (!take(head, sizeof head) || std::memcmp(head, magic, sizeof head) != 0) return false;
  if (!take(words, sizeof words) || words[0] != key.words[0] || words[1] != key.words[1]) return false;
  auto& scales = TransitionTableMaker::scales(table);
  auto& entries = TransitionTableMaker::entries(table);
  entries.resize(entry_count);
  if (!take(scales.data(), sizeof scales) || !take(entries.data(), entry_count * 2)) return false;
  for (const double scale : scales)
    if (!std::isfinite(scale) || scale < 0) return false;
  return checksum(table) == words[2];
}

// Written beside, then renamed: readers see whole files only. Failure to store is no error.
void write(const std::filesystem::path& file, const Key& key, TransitionTable& table) {
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  std::string beside = file.string() + ".XXXXXX";
  const int handle = mkstemp(beside.data());
  if (handle < 0) return;
  close(handle);
  const std::uint64_t words[3] = {key.words[0], key.words[1], checksum(table)};
  bool good = false;
  {
    std::ofstream stream(beside, std::ios::binary);
    const auto put = [&](const void* from, std::size_t bytes) {
      stream.write(static_cast<const char*>(from), static_cast<std::streamsize>(bytes));
    };
    put(magic, sizeof magic - 1);
    put(words, sizeof words);
    put(TransitionTableMaker::scales(table).data(), 256 * 8);
    put(TransitionTableMaker::entries(table).data(), entry_count * 2);
    good = bool(stream.flush());
  }
  if (good) std::filesystem::rename(beside, file, error);
  if (!good || error) std::filesystem::remove(beside, error);
}

}  // namespace

std::filesystem::path default_cache_folder() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache && *cache == '/') return std::filesystem::path(cache) / "neartile";
  const char* home = std::getenv("HOME");
  if (home && *home == '/') return std::filesystem::path(home) / ".cache" / "neartile";
  return {};
}

TransitionTable cached_transition_table(const Netlist& netlist, const CircuitCost& cost,
                                        const TimedSettings& settings, unsigned threads,
                                        const std::filesystem::path& folder) {
  if (folder.empty()) return transition_table(netlist, cost, settings, threads);
  const Key key = key_of(netlist, cost, settings);
  const std::filesystem::path file = folder / key.name();
  TransitionTable table;
  if (read(file, key, table)) return table;
  table = transition_table(netlist, cost, settings, threads);
  write(file, key, table);
  return table;
}

}  // namespace neartile::pe
