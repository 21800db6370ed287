#pragma once

#include <string>

#include "run/report.h"

namespace neartile {

// What the reports of `neartile run` print alike.

std::size_t matrix_layers(const ActivityReport& report);
std::string chip_line(const ActivityReport& report);
/// Where routing and mapping come from; `more` goes behind the routing.
std::string routing_line(const ActivityReport& report, const std::string& more = {});
std::string host_line();

/// The table of layers, per image; its total.
std::string layers_text(const ActivityReport& report);

std::string toggles_line(const ActivityReport& report);

}  // namespace neartile
