// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/guess_words.hpp"

#include <algorithm>
#include <array>

#include "foundation/base/text.hpp"

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

template <class E>
struct Stem {
  std::string_view stem;  // folded; of 5 letters and more: the beginning of a word, else a whole word
  E value;
};

/// Whether a folded text has the stem.
bool has_stem(std::string_view text, std::string_view stem) {
  for (std::size_t at = text.find(stem); at != std::string_view::npos; at = text.find(stem, at + 1)) {
    const bool begins = at == 0 || text[at - 1] == ' ';
    const std::size_t end = at + stem.size();
    const bool ends = end == text.size() || text[end] == ' ';
    if (begins && (ends || stem.size() >= 5)) {
      return true;
    }
  }
  return false;
}

template <class E, std::size_t N>
std::optional<E> first_stem(std::string_view text, const Stem<E> (&stems)[N]) {
  const std::string folded = fold(text);
  for (const auto& [stem, value] : stems) {
    if (has_stem(folded, stem)) {
      return value;
    }
  }
  return std::nullopt;
}

// In order: the more telling word first ("serveur de sauvegarde" is a backup, "PC serveur" a server).
constexpr Stem<ComponentKind> kinds[] = {
    {"sauvegard", ComponentKind::backup}, {"backup", ComponentKind::backup},
    {"controleur de domaine", ComponentKind::directory}, {"domain controller", ComponentKind::directory},
    {"active directory", ComponentKind::directory}, {"annuaire", ComponentKind::directory},
    {"hypervis", ComponentKind::hypervisor}, {"esx", ComponentKind::hypervisor}, {"esxi", ComponentKind::hypervisor},
    {"nas", ComponentKind::storage}, {"san", ComponentKind::storage}, {"stockage", ComponentKind::storage},
    {"storage", ComponentKind::storage}, {"dns", ComponentKind::dns},
    {"serveur", ComponentKind::server}, {"server", ComponentKind::server}, {"rack", ComponentKind::server},
    {"blade", ComponentKind::server}, {"machine virtuelle", ComponentKind::server}, {"vm", ComponentKind::server},
    {"virtual machine", ComponentKind::server}, {"vmware", ComponentKind::server},
    {"commutateur", ComponentKind::network}, {"switch", ComponentKind::network}, {"routeur", ComponentKind::network},
    {"router", ComponentKind::network}, {"pare feu", ComponentKind::network}, {"firewall", ComponentKind::network},
    {"borne", ComponentKind::network}, {"telephon", ComponentKind::telephony}, {"phone", ComponentKind::telephony},
    {"ipbx", ComponentKind::telephony}, {"autocommutateur", ComponentKind::telephony},
    {"dispositif medical", ComponentKind::medical_device}, {"biomedical", ComponentKind::medical_device},
    {"medical device", ComponentKind::medical_device}, {"automate", ComponentKind::medical_device},
    {"echographe", ComponentKind::medical_device}, {"moniteur patient", ComponentKind::medical_device},
    {"saas", ComponentKind::saas}, {"portable", ComponentKind::workstations}, {"laptop", ComponentKind::workstations},
    {"notebook", ComponentKind::workstations}, {"desktop", ComponentKind::workstations}, {"bureau", ComponentKind::workstations},
    {"poste", ComponentKind::workstations}, {"postes", ComponentKind::workstations}, {"ordinateur", ComponentKind::workstations},
    {"workstation", ComponentKind::workstations}, {"station", ComponentKind::workstations}, {"tour", ComponentKind::workstations},
    {"tower", ComponentKind::workstations}, {"mini pc", ComponentKind::workstations}, {"pc", ComponentKind::workstations},
    {"tout en un", ComponentKind::workstations}, {"all in one", ComponentKind::workstations},
    {"client leger", ComponentKind::workstations}, {"thin client", ComponentKind::workstations},
    {"convertible", ComponentKind::workstations}, {"tablet", ComponentKind::workstations},
    {"imprimante", ComponentKind::other}, {"printer", ComponentKind::other},
};

constexpr Stem<Sector> sectors[] = {
    {"samu", Sector::emergency_call}, {"regulation", Sector::emergency_call}, {"centre 15", Sector::emergency_call},
    {"urgence", Sector::emergency}, {"emergency", Sector::emergency}, {"smur", Sector::emergency},
    {"neonat", Sector::neonatal}, {"reanimation", Sector::intensive_care}, {"soins intensifs", Sector::intensive_care},
    {"soins continus", Sector::intensive_care}, {"intensive care", Sector::intensive_care}, {"usic", Sector::intensive_care},
    {"sterili", Sector::sterilisation}, {"bloc", Sector::theatre}, {"operating", Sector::theatre}, {"theatre", Sector::theatre},
    {"radiotherap", Sector::radiotherapy}, {"chimio", Sector::chemotherapy}, {"chemo", Sector::chemotherapy},
    {"oncolog", Sector::chemotherapy}, {"dialys", Sector::dialysis}, {"transfusion", Sector::blood_bank},
    {"depot de sang", Sector::blood_bank}, {"blood", Sector::blood_bank}, {"laborato", Sector::laboratory},
    {"biologie", Sector::laboratory}, {"imagerie", Sector::imaging}, {"imaging", Sector::imaging},
    {"radiolog", Sector::imaging}, {"scanner", Sector::imaging}, {"irm", Sector::imaging},
    {"pharmac", Sector::pharmacy}, {"pui", Sector::pharmacy}, {"cuisine", Sector::kitchen},
    {"restauration", Sector::kitchen}, {"kitchen", Sector::kitchen}, {"admission", Sector::admissions},
    {"bureau des entrees", Sector::admissions}, {"consultation", Sector::outpatients}, {"outpatient", Sector::outpatients},
    {"psychiatr", Sector::psychiatry}, {"reeducation", Sector::rehabilitation}, {"readaptation", Sector::rehabilitation},
    {"rehabilitation", Sector::rehabilitation}, {"smr", Sector::rehabilitation}, {"ssr", Sector::rehabilitation},
    {"ehpad", Sector::long_term_care}, {"usld", Sector::long_term_care}, {"long sejour", Sector::long_term_care},
    {"long term", Sector::long_term_care}, {"obstet", Sector::obstetrics}, {"maternit", Sector::obstetrics},
    {"pediatr", Sector::paediatrics}, {"paediatr", Sector::paediatrics}, {"chirurg", Sector::surgery},
    {"surgery", Sector::surgery}, {"orthoped", Sector::surgery}, {"medecine", Sector::medicine},
    {"medicine", Sector::medicine}, {"cardiolog", Sector::medicine}, {"pneumolog", Sector::medicine},
    {"geriatr", Sector::medicine}, {"logisti", Sector::logistics}, {"transport", Sector::logistics},
    {"magasin", Sector::logistics}, {"direction", Sector::administration}, {"administrati", Sector::administration},
    {"finance", Sector::administration}, {"ressources humaines", Sector::administration},
};

constexpr Stem<ApplicationRole> roles[] = {
    {"dpi", ApplicationRole::patient_record}, {"dossier patient", ApplicationRole::patient_record},
    {"patient record", ApplicationRole::patient_record}, {"ehr", ApplicationRole::patient_record},
    {"prescription", ApplicationRole::prescription}, {"chimio", ApplicationRole::chemotherapy},
    {"chemo", ApplicationRole::chemotherapy}, {"dialys", ApplicationRole::dialysis},
    {"transfusion", ApplicationRole::blood_bank}, {"blood", ApplicationRole::blood_bank},
    {"laborato", ApplicationRole::laboratory}, {"biologie", ApplicationRole::laboratory}, {"sil", ApplicationRole::laboratory},
    {"sgl", ApplicationRole::laboratory}, {"lis", ApplicationRole::laboratory}, {"pacs", ApplicationRole::imaging},
    {"ris", ApplicationRole::imaging}, {"imagerie", ApplicationRole::imaging}, {"imaging", ApplicationRole::imaging},
    {"radiolog", ApplicationRole::imaging}, {"pharmac", ApplicationRole::pharmacy}, {"pui", ApplicationRole::pharmacy},
    {"sterili", ApplicationRole::sterilisation}, {"bloc", ApplicationRole::theatre}, {"anesthes", ApplicationRole::theatre},
    {"theatre", ApplicationRole::theatre}, {"urgence", ApplicationRole::emergency}, {"emergency", ApplicationRole::emergency},
    {"reanimation", ApplicationRole::intensive_care}, {"intensive", ApplicationRole::intensive_care},
    {"restauration", ApplicationRole::kitchen}, {"repas", ApplicationRole::kitchen}, {"kitchen", ApplicationRole::kitchen},
    {"gestion des lits", ApplicationRole::bed_map}, {"lits", ApplicationRole::bed_map}, {"bed", ApplicationRole::bed_map},
    {"gam", ApplicationRole::admissions}, {"admission", ApplicationRole::admissions}, {"gap", ApplicationRole::admissions},
    {"rappel du personnel", ApplicationRole::staff_recall}, {"recall", ApplicationRole::staff_recall},
    {"temps de travail", ApplicationRole::staff_planning}, {"planning", ApplicationRole::staff_planning},
    {"gtt", ApplicationRole::staff_planning}, {"paie", ApplicationRole::payroll}, {"payroll", ApplicationRole::payroll},
    {"grh", ApplicationRole::payroll}, {"gef", ApplicationRole::finance}, {"financ", ApplicationRole::finance},
    {"comptab", ApplicationRole::finance}, {"factur", ApplicationRole::finance}, {"messagerie", ApplicationRole::messaging},
    {"mail", ApplicationRole::messaging}, {"telephon", ApplicationRole::telephony}, {"ipbx", ApplicationRole::telephony},
    {"eai", ApplicationRole::interface_engine}, {"interface", ApplicationRole::interface_engine},
    {"annuaire", ApplicationRole::identity}, {"active directory", ApplicationRole::identity}, {"sso", ApplicationRole::identity},
    {"identit", ApplicationRole::identity}, {"rendez vous", ApplicationRole::appointment}, {"rdv", ApplicationRole::appointment},
    {"appointment", ApplicationRole::appointment}, {"maternit", ApplicationRole::maternity}, {"obstet", ApplicationRole::maternity},
    {"bureautique", ApplicationRole::office}, {"office", ApplicationRole::office},
};

constexpr std::array<std::string_view, 12> inventory_tool_headers{
    "fabricant", "fabricants", "manufacturer", "manufacturers", "numero de serie", "serial number",
    "modele", "model", "systeme d exploitation nom", "operating system name", "reseau adresse ip", "networking ip"};

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

std::optional<ComponentKind> guess_component_kind(std::string_view text) { return first_stem(text, kinds); }
std::optional<Sector> guess_sector(std::string_view text) { return first_stem(text, sectors); }
std::optional<ApplicationRole> guess_role(std::string_view text) { return first_stem(text, roles); }

}  // namespace releve::cartography
