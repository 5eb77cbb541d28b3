// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/guess_words.hpp"

#include <algorithm>
#include <array>

namespace releve::cartography {

namespace {

constexpr HeaderWord words[] = {
    // GLPI, French and English, and sheets of machines
    {"component", "systeme d exploitation nom", "operating_system", 3},
    {"component", "systeme d exploitation", "operating_system", 3},
    {"component", "operating system name", "operating_system", 3},
    {"component", "operating system", "operating_system", 3},
    {"component", "os", "operating_system", 3},
    {"component", "reseau adresse ip", "ip", 3},
    {"component", "reseau ip", "ip", 3},
    {"component", "adresse ip", "ip", 3},
    {"component", "networking ip", "ip", 3},
    {"component", "ip address", "ip", 3},
    {"component", "ip", "ip", 3},
    {"component", "numero de serie", "", 3},
    {"component", "serial number", "", 3},
    {"component", "fabricant", "", 2},
    {"component", "fabricants", "", 2},
    {"component", "manufacturer", "", 2},
    {"component", "manufacturers", "", 2},
    {"component", "modele", "", 2},
    {"component", "model", "", 2},
    {"component", "nom d hote", "host_name", 3},
    {"component", "hostname", "host_name", 3},
    {"component", "host name", "host_name", 3},
    {"component", "nom netbios", "host_name", 3},
    {"component", "nom de machine", "host_name", 3},
    {"component", "nom de la machine", "host_name", 3},
    {"component", "machine", "host_name", 2},
    {"component", "ordinateur", "host_name", 2},
    {"component", "computer", "host_name", 2},
    {"component", "serveur", "host_name", 2},
    {"component", "server", "host_name", 2},
    {"component", "fqdn", "fqdn", 3},
    {"component", "nom dns", "fqdn", 2},
    {"component", "dns name", "fqdn", 2},
    {"component", "sid", "sid", 2},
    {"component", "composant", "name", 2},
    {"component", "type", "kind", 1},
    {"component", "types", "kind", 1},
    {"component", "domaine", "domain_joined", 1},
    {"component", "domaines", "domain_joined", 1},
    {"component", "domain", "domain_joined", 1},
    {"component", "domains", "domain_joined", 1},
    {"component", "zone", "zone", 1},
    {"component", "zone reseau", "zone", 1},
    {"component", "vlan", "zone", 1},
    {"component", "nombre", "count", 1},
    {"component", "quantite", "count", 1},
    {"component", "quantity", "count", 1},
    {"component", "telemaintenance", "supplier_access", 2},
    {"component", "nom", "name", 1},
    {"component", "name", "name", 1},
    {"component", "identifiant", "id", 1},
    {"component", "id", "id", 1},
    // impact analyses and lists of applications
    {"application", "application", "name", 3},
    {"application", "applications", "name", 3},
    {"application", "nom de l application", "name", 3},
    {"application", "application metier", "name", 3},
    {"application", "logiciel", "name", 3},
    {"application", "software", "name", 3},
    {"application", "solution", "name", 2},
    {"application", "processus", "name", 1},
    {"application", "process", "name", 1},
    {"application", "nom", "name", 1},
    {"application", "name", "name", 1},
    {"application", "identifiant", "id", 1},
    {"application", "id", "id", 1},
    {"application", "dmia", "rto_h", 3},
    {"application", "dima", "rto_h", 3},
    {"application", "rto", "rto_h", 3},
    {"application", "pdma", "rpo_h", 3},
    {"application", "rpo", "rpo_h", 3},
    {"application", "criticite", "availability", 2},
    {"application", "criticality", "availability", 2},
    {"application", "disponibilite", "availability", 2},
    {"application", "availability", "availability", 2},
    {"application", "integrite", "integrity", 2},
    {"application", "integrity", "integrity", 2},
    {"application", "confidentialite", "confidentiality", 2},
    {"application", "confidentiality", "confidentiality", 2},
    {"application", "editeur", "vendor", 2},
    {"application", "publisher", "vendor", 2},
    {"application", "vendor", "vendor", 2},
    {"application", "hebergement", "hosting", 2},
    {"application", "hosting", "hosting", 2},
    {"application", "domaine fonctionnel", "role", 2},
    {"application", "role", "role", 1},
    {"application", "service", "service.name", 1},
    {"application", "services", "service.name", 1},
    {"application", "services utilisateurs", "service.name", 1},
    {"application", "department", "service.name", 1},
    // lists of care services
    {"service", "service", "name", 2},
    {"service", "services", "name", 2},
    {"service", "unite de soins", "name", 3},
    {"service", "unite", "name", 2},
    {"service", "ward", "name", 3},
    {"service", "department", "name", 2},
    {"service", "processus", "name", 1},
    {"service", "process", "name", 1},
    {"service", "nom", "name", 1},
    {"service", "name", "name", 1},
    {"service", "identifiant", "id", 1},
    {"service", "id", "id", 1},
    {"service", "secteur", "sector", 2},
    {"service", "specialite", "sector", 2},
    {"service", "sector", "sector", 2},
    {"service", "lits", "beds", 3},
    {"service", "nombre de lits", "beds", 3},
    {"service", "beds", "beds", 3},
    {"service", "taux d occupation", "occupancy", 3},
    {"service", "occupancy", "occupancy", 3},
    {"service", "activite par jour", "daily_activity", 2},
    // dependencies and networks
    {"dependency", "consommateur", "consumer", 3},
    {"dependency", "consumer", "consumer", 3},
    {"dependency", "source", "consumer", 2},
    {"dependency", "depend de", "target", 3},
    {"dependency", "depends on", "target", 3},
    {"dependency", "cible", "target", 2},
    {"dependency", "target", "target", 2},
    {"dependency", "autonomie", "autonomy_h", 2},
    {"zone", "cidr", "addresses", 4},
    {"zone", "sous reseau", "addresses", 4},
    {"zone", "subnet", "addresses", 4},
    {"zone", "plage d adresses", "addresses", 4},
    {"zone", "vlan", "name", 2},
    {"zone", "nom", "name", 1},
    {"zone", "name", "name", 1},
    {"zone", "flux", "flows", 2},
};

constexpr std::array<std::string_view, 12> inventory_tool_headers{"fabricant",
                                                                  "fabricants",
                                                                  "manufacturer",
                                                                  "manufacturers",
                                                                  "numero de serie",
                                                                  "serial number",
                                                                  "modele",
                                                                  "model",
                                                                  "systeme d exploitation nom",
                                                                  "operating system name",
                                                                  "reseau adresse ip",
                                                                  "networking ip"};

}  // namespace

const HeaderWord* find_header_word(std::string_view element, std::string_view folded_header) {
  const HeaderWord* prefix = nullptr;
  for (const HeaderWord& word : words) {
    if (word.element != element || !folded_header.starts_with(word.header)) {
      continue;
    }
    if (word.header.size() == folded_header.size()) {
      return &word;
    }
    const bool whole_word = folded_header[word.header.size()] == ' ';
    if (whole_word && word.weight >= 2 && (prefix == nullptr || prefix->header.size() < word.header.size())) {
      prefix = &word;
    }
  }
  return prefix;
}

bool is_inventory_tool_header(std::string_view folded_header) {
  return std::find(inventory_tool_headers.begin(), inventory_tool_headers.end(), folded_header) !=
         inventory_tool_headers.end();
}

}  // namespace releve::cartography
