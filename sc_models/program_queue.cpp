#include "program_queue.h"

#include "neartile/router/program_bytes.h"

namespace neartile::sc_models {

using Code = router::ProgramErrorCode;

// The head comes first: it says whether there is a program before memory is taken for the rest.
Code ProgramQueue::fetch_bytes(const Entry& entry) {
  constexpr std::size_t head_bytes = router::program_head_bytes;
  if (entry.size_bytes < head_bytes || entry.size_bytes > router::most_program_bytes) return Code::size;
  if (entry.address > ~entry.size_bytes) return Code::fetch;
  bytes_.resize(head_bytes);
  if (!fetch(entry.address, bytes_)) return Code::fetch;
  const Code code = router::check_head(bytes_, entry.size_bytes);
  if (code != Code::none || entry.size_bytes == head_bytes) return code;
  bytes_.resize(entry.size_bytes);
  return fetch(entry.address + head_bytes, std::span(bytes_).subspan(head_bytes)) ? Code::none : Code::fetch;
}

router::ProgramError ProgramQueue::take(const Entry& entry) {
  is_new_ = false;
  if (const Code code = fetch_bytes(entry); code != Code::none) return {code};
  if (bytes_ == program_bytes_ && entry.data_base == data_base_) return {};
  router::DecodedProgram decoded = router::decode(bytes_, config_, entry.data_base);
  if (decoded.error.code != Code::none) return decoded.error;
  program_ = std::move(decoded.program);
  program_bytes_.swap(bytes_);
  data_base_ = entry.data_base;
  is_new_ = true;
  return {};
}

}  // namespace neartile::sc_models
