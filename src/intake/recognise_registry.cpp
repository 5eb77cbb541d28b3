// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/text.hpp"
#include "intake/registry.hpp"
#include "intake/xml.hpp"

namespace releve::intake {

RegistrySource recognise_registry(std::string_view head) {
  const auto has = [&](std::string_view what) { return head.find(what) != std::string_view::npos; };
  if (xml_root(head) == "fluxfiness") {
    return RegistrySource::finess_xml;
  }
  std::string_view text = head.substr(head.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  text = trim(text);
  if (text.starts_with('{')) {
    const bool structures = has("\"gccIdentifiantExterne\"") || has("\"informationsGeneralesPMEJ\"") ||
                            has("\"informationsGeneralesPmej\"");
    return structures ? RegistrySource::finess_plus : RegistrySource::none;
  }
  const std::string first = to_lower(text.substr(0, text.find_first_of("\r\n")));
  if (first.starts_with("finess;") || first.starts_with("structureet;") ||
      first.starts_with("structureej;") || first.starts_with("nofiness")) {
    return RegistrySource::finess_csv;
  }
  if (first.starts_with("bor;an;fi;") || first.starts_with("nom_court_ght;")) {
    return RegistrySource::sae;
  }
  const std::string cells = ";" + first + ";";
  const bool numbered =
      cells.find(";number;") != std::string::npos || cells.find(";numero;") != std::string::npos ||
      cells.find(";finess;") != std::string::npos || cells.find(";numéro;") != std::string::npos;
  return numbered && cells.find(";ght;") != std::string::npos ? RegistrySource::ght_list
                                                              : RegistrySource::none;
}

Imported<RegistryExtract> read_registry(RegistrySource format, ByteSource& source, const std::string& file,
                                        const Limits& limits, const Watch& watch) {
  switch (format) {
    case RegistrySource::finess_csv:
      return read_finess_csv(source, file, limits, watch);
    case RegistrySource::finess_xml:
      return read_finess_xml(source, file, limits, watch);
    case RegistrySource::finess_plus:
      return read_finess_plus(source, file, limits, watch);
    case RegistrySource::sae:
      return read_sae(source, file, limits, watch);
    case RegistrySource::ght_list:
      return read_ght_list(source, file, limits, watch);
    case RegistrySource::none:
      break;
  }
  RELEVE_CHECK(false, "a recognised format");
  return {};
}

}  // namespace releve::intake
