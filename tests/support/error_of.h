#pragma once

#include <string>

#include "neartile/pe/base/error.h"

namespace neartile::testing_support {

/// The line of the InputError that `action` throws; "" where it throws none.
template <class Action>
std::string error_of(Action action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

}  // namespace neartile::testing_support
