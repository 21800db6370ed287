// fuzz_driver TARGET CORPUS MUTATIONS: runs a target over its seed corpus, and over so many changed copies.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "targets.h"

namespace {

std::vector<std::string> seeds_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> seeds;
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return seeds;
}

std::string mutated(std::string text, const std::vector<std::string>& seeds, std::mt19937_64& random) {
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
    const std::size_t at = below(text.size() + 1), length = 1 + below(16);
    const std::string& other = seeds[below(seeds.size())];
    switch (below(6)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(random());
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, other.substr(below(other.size() + 1), 4 * length));
        break;
      case 3:
        text.insert(at, text.substr(below(text.size() + 1), 4 * length));
        break;
      case 4:
        text.resize(at);
        break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ 1 << below(8));
    }
  }
  return text;
}

}  // namespace

int main(int count, char** arguments) {
  const auto* target = count == 4 ? neartile::fuzz::find_target(arguments[1]) : nullptr;
  if (!target) {
    std::fprintf(stderr, "usage: fuzz_driver TARGET CORPUS MUTATIONS\n");
    return 2;
  }
  const std::vector<std::string> seeds = seeds_of(arguments[2]);
  if (seeds.empty()) {
    std::fprintf(stderr, "%s: no seeds\n", arguments[2]);
    return 1;
  }
  for (const std::string& seed : seeds) {
    target->run(seed);  // seeds are good: an exception ends the program
    neartile::fuzz::run_target(*target, seed);
  }
  std::mt19937_64 random(1);
  const int mutations = std::atoi(arguments[3]);
  for (int i = 0; i < mutations; ++i) {
    neartile::fuzz::run_target(*target, mutated(seeds[random() % seeds.size()], seeds, random));
  }
  std::printf("%s: %zu seeds, %d changed copies\n", arguments[1], seeds.size(), mutations);
}
