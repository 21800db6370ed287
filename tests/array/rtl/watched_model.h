#pragma once

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "array/reference_array.h"
#include "build_twins.h"

namespace neartile::array::testing_support {

/// What a case shows: sums as (line, column, value), toggles of all bits in the order of register_list().
struct Observation {
  std::vector<std::array<std::uint32_t, 3>> sums;
  std::vector<std::uint32_t> toggles;
};

/// An array whose RTL is watched, and what is looked up for each case.
struct WatchedArray {
  explicit WatchedArray(const RtlArray& rtl)
      : array(rtl), config(rtl.config), type(config.pe), registers(registers_of(rtl)) {
    type.multiplier.table = rtl.multiplier.table;
  }

  RtlArray array;
  ArrayConfig config;
  pe::PeType type;
  std::vector<PeRegister> registers;
};

inline std::uint32_t value_of(const ReferenceArray& model, const PeRegisters& pe, std::string_view name) {
  switch (name.front()) {
    case 'a':
      return pe.a;
    case 's':
      return pe.s;
    case 'v':
      return pe.v;
    case 'e':
      return pe.e;
    case 'l':
      return pe.l;
    case 'b':
      return pe.b;
    case 'w':
      return pe.w[name == "w1"];
    case 'f':
      return static_cast<std::uint16_t>(model.product(pe));
    case 'p':
      return static_cast<std::uint32_t>(pe.p);
  }
  throw std::invalid_argument(std::string(name));
}

/// The register model of the tests, watched bit by bit.
class WatchedModel {
 public:
  explicit WatchedModel(const WatchedArray& array)
      : array_(array), model_(array.config, array.type), values_(values()) {
    toggles_.resize(values_.size());
  }

  void step(const ArrayEdge& edge, std::uint32_t line) {
    const auto& config = array_.config;
    std::vector<bool> leaving;
    for (std::size_t c = 0; c < config.columns; ++c)
      leaving.push_back(edge.run && model_.at(config.rows - 1, c).v);
    model_.step(edge);
    for (std::size_t c = 0; c < config.columns; ++c)
      if (leaving[c])
        seen_.sums.push_back({line, static_cast<std::uint32_t>(c),
                              static_cast<std::uint32_t>(model_.at(config.rows - 1, c).p) & sum_mask()});
    const std::vector<std::uint32_t> now = values();
    for (std::size_t i = 0; i < now.size(); ++i)
      for (std::uint32_t changed = now[i] ^ values_[i]; changed != 0; changed &= changed - 1)
        ++toggles_[i][static_cast<std::size_t>(std::countr_zero(changed))];
    values_ = now;
  }

  Observation finish() {
    for (std::size_t i = 0; i < toggles_.size(); ++i) {
      const PeRegister& one = array_.registers[i % array_.registers.size()];
      for (unsigned bit = 0; bit < 32; ++bit) {
        if (bit >= one.low && bit <= one.high())
          seen_.toggles.push_back(toggles_[i][bit]);
        else
          EXPECT_EQ(toggles_[i][bit], 0u) << one.name << " has no bit " << bit;
      }
    }
    return seen_;
  }

 private:
  std::uint32_t sum_mask() const {
    return static_cast<std::uint32_t>((std::uint64_t{1} << array_.config.pe.accumulator_bits) - 1);
  }
  std::vector<std::uint32_t> values() const {
    std::vector<std::uint32_t> all;
    for (std::size_t r = 0; r < array_.config.rows; ++r)
      for (std::size_t c = 0; c < array_.config.columns; ++c)
        for (const PeRegister& one : array_.registers)
          all.push_back(value_of(model_, model_.at(r, c), one.name) &
                        (one.name == "p" ? sum_mask() : ~std::uint32_t{0}));
    return all;
  }

  const WatchedArray& array_;
  ReferenceArray model_;
  std::vector<std::uint32_t> values_;
  std::vector<std::array<std::uint32_t, 32>> toggles_;
  Observation seen_;
};

}  // namespace neartile::array::testing_support
