#pragma once

#include <string>

#include "run/report.h"

namespace neartile {

// What the reports of `neartile run` print alike.

inline constexpr std::size_t name_width = 36;  ///< of layers and types in tables

std::size_t matrix_layers(const ActivityReport& report);
std::string chip_line(const ActivityReport& report);
/// Where routing and mapping come from; `more` goes behind the routing.
std::string routing_line(const ActivityReport& report, const std::string& more = {});
std::string host_line();

/// The table of layers, per image; its total.
std::string layers_text(const ActivityReport& report);

/// What the arrays did, cause by cause, per image and array; nothing where no chip was simulated.
std::string array_time_text(const ActivityReport& report);

/// Bytes and conflicts of the buffers; rows and bytes of HBM2, where there was one.
std::string memory_line(const ActivityReport& report);

std::string clocks_line(const ActivityReport& report);
std::string toggles_line(const ActivityReport& report);

}  // namespace neartile
