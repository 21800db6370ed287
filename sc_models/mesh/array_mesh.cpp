#include "neartile/sc_models/array_mesh.h"

namespace neartile::sc_models {
namespace {

array::ArrayConfig with(array::ArrayConfig config, const pe::PeType& type) {
  config.pe = type.config;
  return config;
}

}  // namespace

ArrayMesh::ArrayMesh(sc_core::sc_module_name name, const array::ArrayConfig& config)
    : ArrayMesh(name, config, pe::PeType(config.pe)) {}

ArrayMesh::ArrayMesh(sc_core::sc_module_name name, const array::ArrayConfig& config, const pe::PeType& type)
    : sc_module(name), feed("feed", config), mesh("mesh", with(config, type), type), drain("drain", config) {
  for (auto* part : {&feed.clock, &mesh.clock, &drain.clock}) part->bind(clock);
  for (auto* part : {&feed.reset, &mesh.reset, &drain.reset}) part->bind(reset);
  for (auto* part : {&feed.run, &mesh.run, &drain.run}) part->bind(run);
  mesh.a(feed.a);
  mesh.s(feed.s);
  mesh.v(feed.v);
  mesh.e(feed.e);
  mesh.l(feed.l);
  mesh.b(feed.b);
  mesh.w(feed.w);
  const std::size_t bottom = config.rows - 1;
  for (std::size_t c = 0; c < config.columns; ++c) drain.p[c].bind(mesh.pe(bottom, c).p);
  drain.v.bind(mesh.pe(bottom, config.columns - 1).v);
}

}  // namespace neartile::sc_models
