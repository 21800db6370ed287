#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "neartile/workloads/images.h"
#include "neartile/workloads/network.h"

namespace neartile::workloads {

/// A network with the images that calibrate it and those it is judged on.
struct Workload {
  std::string name;
  Network network;
  Preprocessing preprocessing;
  Images calibration;
  Images images;
  std::vector<std::int64_t> classes;  ///< the network's right class of each image: label + offset
};

/// Reads workload.json and all files it names (paths relative to it). `limit` > 0 keeps the first
/// images only. Throws InputError (file, key, what was expected).
Workload read_workload(const std::filesystem::path& file, std::size_t limit = 0);

}  // namespace neartile::workloads
