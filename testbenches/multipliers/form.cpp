#include "multipliers/form.h"

#include "multipliers/shelf.h"

namespace neartile::multipliers {
namespace {

bool is_short(const std::string& name) {
  return !is_file(name) && name.find(".u8") == std::string::npos && name.find(".s8") == std::string::npos;
}

std::size_t rank_of_products(const pe::Circuit& circuit) {
  std::vector<std::int32_t> products(pe::TruthTable::size);
  for (std::size_t i = 0; i < products.size(); ++i)
    products[i] = circuit.product(static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i));
  return pe::rank_of(products);
}

Form form_of(const std::string& name, const ImportSettings& settings) {
  Form form;
  form.source = find_source(name, settings);
  const pe::Circuit& circuit = form.source.circuit;
  form.metrics = error_metrics(circuit);
  form.rank = rank_of_products(circuit);
  form.terms = decompose(circuit);
  if (const Measurement* known = find_by_hash(circuit.table->hash(), to_string(circuit.operands));
      known && known->name == circuit.name)
    form.cost = *known;
  return form;
}

}  // namespace

std::string Form::title() const {
  const std::string operands(to_string(source.circuit.operands)), &name = source.circuit.name;
  const auto dot = name.find(").");
  const std::string tail = dot == std::string::npos ? name : name.substr(dot + 1);
  const auto at = tail.find("." + operands);
  return at == std::string::npos ? operands : tail.substr(at + 1);
}

std::vector<Form> forms_named(const std::string& name, const ImportSettings& settings) {
  if (!is_short(name)) return {form_of(name, settings)};
  std::vector<Form> all;
  const std::string full = pe::make_circuit(name).name;
  for (const std::string& form : forms_of(full.substr(0, full.rfind(".u8s8"))))
    all.push_back(form_of(form, settings));
  return all;
}

void measure_missing(std::vector<Form>& forms) {
  for (Form& form : forms)
    if (!form.cost && form.source.circuit.netlist && pe::can_map())
      form.cost = map_and_measure(form.source, pe::default_technology()).cost;
}

}  // namespace neartile::multipliers
