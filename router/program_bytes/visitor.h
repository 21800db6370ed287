#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace neartile::router {

/// Visits the fields of a program's parts in the order of their bytes. Writer, reader, text and the
/// reference page are visitors, so that a field is stated once: in its part's describe() (layout.cpp).
class ProgramVisitor {
 public:
  /// What a number counts; `memory` ones are relative to the data base.
  enum class Sort { number, buffer_address, memory_address };
  struct Field {
    std::string_view name, meaning;
    Sort sort = Sort::number;
    unsigned bytes = 8;
    std::uint64_t maximum = std::numeric_limits<std::uint64_t>::max();
  };

  virtual ~ProgramVisitor() = default;
  /// An unsigned number, little endian.
  virtual void number(const Field& field, std::uint64_t& value) = 0;
  /// An IEEE 754 double of 8 bytes.
  virtual void real(std::string_view name, std::string_view meaning, double& value) = 0;
  /// The number of elements of a list, 4 bytes; each has at least `element_bytes`.
  virtual void count(std::string_view name, std::string_view meaning, std::size_t element_bytes,
                     std::size_t& elements) = 0;
  virtual void end_of_list() {}

  template <class T>
  void u8(std::string_view name, std::string_view meaning, T& value, std::uint64_t maximum = 0xff) {
    unsigned_field({name, meaning, Sort::number, 1, maximum}, value);
  }
  template <class T>
  void u16(std::string_view name, std::string_view meaning, T& value) {
    unsigned_field({name, meaning, Sort::number, 2, 0xffff}, value);
  }
  template <class T>
  void u32(std::string_view name, std::string_view meaning, T& value) {
    unsigned_field({name, meaning, Sort::number, 4, 0xffffffff}, value);
  }
  void u64(std::string_view name, std::string_view meaning, std::uint64_t& value) {
    number({name, meaning}, value);
  }
  void buffer(std::string_view name, std::string_view meaning, std::uint64_t& address) {
    number({name, meaning, Sort::buffer_address, 8}, address);
  }
  void memory(std::string_view name, std::string_view meaning, std::uint64_t& address) {
    number({name, meaning, Sort::memory_address, 8}, address);
  }
  /// A byte that is 0 or 1.
  void flag(std::string_view name, std::string_view meaning, bool& value) { u8(name, meaning, value, 1); }
  /// Two bytes of two's complement.
  void i16(std::string_view name, std::string_view meaning, int& value) {
    auto pattern = static_cast<std::uint16_t>(value);
    u16(name, meaning, pattern);
    value = static_cast<std::int16_t>(pattern);
  }
  template <class T, class Describe>
  void list(std::string_view name, std::string_view meaning, std::size_t element_bytes,
            std::vector<T>& values, Describe describe) {
    std::size_t elements = values.size();
    count(name, meaning, element_bytes, elements);
    values.resize(elements);
    for (T& value : values) describe(*this, value);
    end_of_list();
  }

 private:
  template <class T>
  void unsigned_field(const Field& field, T& value) {
    auto wide = static_cast<std::uint64_t>(value);
    number(field, wide);
    value = static_cast<T>(wide);
  }
};

}  // namespace neartile::router
