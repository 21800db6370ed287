// neartile-draw SPLIT FIRST COUNT IMAGES.npy LABELS.npy: the drawn images for train.py.
#include <charconv>
#include <cstdio>
#include <string_view>

#include "neartile/pe/base/error.h"
#include "neartile/workloads/drawn_images.h"
#include "neartile/workloads/npy.h"

namespace {

using namespace neartile;
using workloads::Split;

Split split_of(std::string_view name) {
  if (name == "train") return Split::train;
  if (name == "calibration") return Split::calibration;
  if (name == "search") return Split::search;
  if (name == "test") return Split::test;
  throw InputError("SPLIT", "expected train, calibration, search or test");
}

std::uint64_t number_of(const char* place, std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    throw InputError(place, "expected a whole number");
  return number;
}

template <class T>
std::vector<std::byte> bytes_of(const std::vector<T>& values) {
  const auto bytes = std::as_bytes(std::span(values));
  return {bytes.begin(), bytes.end()};
}

void draw(char** arguments) {
  const auto drawn = workloads::draw_images(split_of(arguments[1]), number_of("FIRST", arguments[2]),
                                            number_of("COUNT", arguments[3]));
  const auto& images = drawn.images;
  const std::vector<std::size_t> shape = {images.count, images.shape.height, images.shape.width,
                                          images.shape.channels};
  workloads::write_npy(arguments[4], {"u1", shape, bytes_of(images.pixels)});
  workloads::write_npy(arguments[5], {"i8", {images.count}, bytes_of(drawn.labels)});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::fputs("usage: neartile-draw SPLIT FIRST COUNT IMAGES.npy LABELS.npy\n", stderr);
    return 1;
  }
  try {
    draw(argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "neartile-draw: %s\n", error.what());
    return 1;
  }
  return 0;
}
