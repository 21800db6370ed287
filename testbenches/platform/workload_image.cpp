#include "platform/workload_image.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "neartile/router/program_bytes.h"
#include "platform/firmware/workload.h"

namespace neartile::platform {
namespace {

constexpr std::uint64_t page = 4096, no_label = 0xffffffff;

std::vector<std::uint8_t> bytes_of(const void* data, std::size_t bytes) {
  const auto* first = static_cast<const std::uint8_t*>(data);
  return {first, first + bytes};
}

/// Puts one thing behind the other, each on a page of its own.
class Layout {
 public:
  std::uint64_t reserve(std::uint64_t bytes) {
    const std::uint64_t offset = end_;
    end_ += (bytes + page - 1) / page * page;
    return offset;
  }
  std::uint64_t put(std::vector<std::uint8_t> bytes) {
    const std::uint64_t offset = reserve(bytes.size());
    segments_.push_back({offset, std::move(bytes)});
    return offset;
  }
  std::uint64_t end() const { return end_; }
  std::vector<router::MemorySegment>& segments() { return segments_; }

 private:
  std::uint64_t end_ = page;  // the first page is the header's
  std::vector<router::MemorySegment> segments_;
};

std::vector<std::uint8_t> all_bytes(const std::vector<std::vector<std::uint8_t>>& inputs) {
  std::vector<std::uint8_t> bytes;
  for (const auto& input : inputs) bytes.insert(bytes.end(), input.begin(), input.end());
  return bytes;
}

std::vector<std::uint8_t> label_bytes(const std::vector<std::int64_t>& labels, std::size_t images) {
  std::vector<std::uint32_t> words(images, no_label);
  for (std::size_t i = 0; i < images && i < labels.size(); ++i)
    words[i] = static_cast<std::uint32_t>(labels[i]);
  return bytes_of(words.data(), words.size() * sizeof words[0]);
}

}  // namespace

WorkloadImage workload_image(const router::Program& program,
                             const std::vector<std::vector<std::uint8_t>>& inputs,
                             const std::vector<std::int64_t>& labels) {
  const auto encoded = router::encode(program);
  WorkloadImage image;
  image.outputs_bytes = inputs.size() * program.output_bytes;
  Layout layout;
  workload header{};
  header.signature = WORKLOAD_SIGNATURE;
  header.images = inputs.size();
  header.layers = program.layers.size();
  header.program_bytes = encoded.size();
  header.program_offset = layout.put(encoded);
  header.images_offset = layout.put(all_bytes(inputs));
  header.labels_offset = layout.put(label_bytes(labels, inputs.size()));
  header.outputs_offset = image.outputs_offset = layout.reserve(image.outputs_bytes);
  header.data_offset = layout.end();
  header.input_offset = program.input_address;
  header.input_bytes = program.input_bytes;
  header.output_offset = program.output_address;
  header.output_bytes = program.output_bytes;
  header.signed_output = program.output_encoding.is_signed ? 1 : 0;
  image.segments = std::move(layout.segments());
  image.segments.push_back({0, bytes_of(&header, sizeof header)});
  for (const auto& segment : program.memory)
    image.segments.push_back({header.data_offset + segment.address, segment.bytes});
  return image;
}

std::string flat_bytes(const WorkloadImage& image) {
  std::string bytes(image.outputs_offset + image.outputs_bytes, '\0');
  for (const auto& segment : image.segments) {
    bytes.resize(std::max<std::size_t>(bytes.size(), segment.address + segment.bytes.size()));
    std::copy(segment.bytes.begin(), segment.bytes.end(),
              bytes.begin() + static_cast<std::ptrdiff_t>(segment.address));
  }
  return bytes;
}

}  // namespace neartile::platform
