#pragma once

#include <string>
#include <vector>

namespace neartile::multipliers {

/// Arguments of `neartile multipliers NAME ..`; each throws InputError.
using Subcommand = void (*)(const std::vector<std::string>& arguments);

void list(const std::vector<std::string>& arguments);
void show(const std::vector<std::string>& arguments);
void import(const std::vector<std::string>& arguments);
void map(const std::vector<std::string>& arguments);
void compare(const std::vector<std::string>& arguments);

}  // namespace neartile::multipliers
