#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace neartile::testing_support {

/// Expects that the file of the checkout has this text; with NEARTILE_ACCEPT=1 in the environment, writes it.
inline void expect_file(const std::string& path, const std::string& text) {
  const std::string file = NEARTILE_SOURCE_DIR "/" + path;
  const char* accept = std::getenv("NEARTILE_ACCEPT");
  if (accept != nullptr && std::string(accept) == "1") std::ofstream(file, std::ios::binary) << text;
  std::ifstream stream(file, std::ios::binary);
  const std::string found{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  EXPECT_TRUE(found == text) << path
                             << " is another than what it is made of; NEARTILE_ACCEPT=1 writes it anew";
}

}  // namespace neartile::testing_support
