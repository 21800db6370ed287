#include "neartile/memory/buffer_config.h"

#include "powers_of_two.h"

namespace neartile::memory {

void describe(ConfigVisitor& visitor, BufferConfig& config) {
  visitor.number({"banks", "banks, a power of two; neighbouring words are in different ones", 1, 1024},
                 config.banks);
  visitor.number({"ports", "words that a bank reads or writes in a cycle", 1, 64}, config.ports);
  visitor.number({"word_bytes", "bytes of a word, a power of two", 1, 4096}, config.word_bytes);
}

void check(const BufferConfig& config, const std::string& place) {
  expect_power_of_two(config.banks, place, "banks");
  expect_power_of_two(config.word_bytes, place, "word_bytes");
}

}  // namespace neartile::memory
