// SPDX-License-Identifier: EUPL-1.2
// What a free text says of a kind of machine, of care or of application.
#include "foundation/base/text.hpp"
#include "prepare/cartography/guess_words.hpp"

namespace releve::cartography {

namespace {

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
    {"sauvegard", ComponentKind::backup},
    {"backup", ComponentKind::backup},
    {"controleur de domaine", ComponentKind::directory},
    {"domain controller", ComponentKind::directory},
    {"active directory", ComponentKind::directory},
    {"annuaire", ComponentKind::directory},
    {"hypervis", ComponentKind::hypervisor},
    {"esx", ComponentKind::hypervisor},
    {"esxi", ComponentKind::hypervisor},
    {"nas", ComponentKind::storage},
    {"san", ComponentKind::storage},
    {"stockage", ComponentKind::storage},
    {"storage", ComponentKind::storage},
    {"dns", ComponentKind::dns},
    {"serveur", ComponentKind::server},
    {"server", ComponentKind::server},
    {"rack", ComponentKind::server},
    {"blade", ComponentKind::server},
    {"machine virtuelle", ComponentKind::server},
    {"vm", ComponentKind::server},
    {"virtual machine", ComponentKind::server},
    {"vmware", ComponentKind::server},
    {"commutateur", ComponentKind::network},
    {"switch", ComponentKind::network},
    {"routeur", ComponentKind::network},
    {"router", ComponentKind::network},
    {"pare feu", ComponentKind::network},
    {"firewall", ComponentKind::network},
    {"borne", ComponentKind::network},
    {"telephon", ComponentKind::telephony},
    {"phone", ComponentKind::telephony},
    {"ipbx", ComponentKind::telephony},
    {"autocommutateur", ComponentKind::telephony},
    {"dispositif medical", ComponentKind::medical_device},
    {"biomedical", ComponentKind::medical_device},
    {"medical device", ComponentKind::medical_device},
    {"automate", ComponentKind::medical_device},
    {"echographe", ComponentKind::medical_device},
    {"moniteur patient", ComponentKind::medical_device},
    {"saas", ComponentKind::saas},
    {"portable", ComponentKind::workstations},
    {"laptop", ComponentKind::workstations},
    {"notebook", ComponentKind::workstations},
    {"desktop", ComponentKind::workstations},
    {"bureau", ComponentKind::workstations},
    {"poste", ComponentKind::workstations},
    {"postes", ComponentKind::workstations},
    {"ordinateur", ComponentKind::workstations},
    {"workstation", ComponentKind::workstations},
    {"station", ComponentKind::workstations},
    {"tour", ComponentKind::workstations},
    {"tower", ComponentKind::workstations},
    {"mini pc", ComponentKind::workstations},
    {"pc", ComponentKind::workstations},
    {"tout en un", ComponentKind::workstations},
    {"all in one", ComponentKind::workstations},
    {"client leger", ComponentKind::workstations},
    {"thin client", ComponentKind::workstations},
    {"convertible", ComponentKind::workstations},
    {"tablet", ComponentKind::workstations},
    {"imprimante", ComponentKind::other},
    {"printer", ComponentKind::other},
};

constexpr Stem<Sector> sectors[] = {
    {"samu", Sector::emergency_call},
    {"regulation", Sector::emergency_call},
    {"centre 15", Sector::emergency_call},
    {"urgence", Sector::emergency},
    {"emergency", Sector::emergency},
    {"smur", Sector::emergency},
    {"neonat", Sector::neonatal},
    {"reanimation", Sector::intensive_care},
    {"soins intensifs", Sector::intensive_care},
    {"soins continus", Sector::intensive_care},
    {"intensive care", Sector::intensive_care},
    {"usic", Sector::intensive_care},
    {"sterili", Sector::sterilisation},
    {"bloc", Sector::theatre},
    {"operating", Sector::theatre},
    {"theatre", Sector::theatre},
    {"radiotherap", Sector::radiotherapy},
    {"chimio", Sector::chemotherapy},
    {"chemo", Sector::chemotherapy},
    {"oncolog", Sector::chemotherapy},
    {"dialys", Sector::dialysis},
    {"transfusion", Sector::blood_bank},
    {"depot de sang", Sector::blood_bank},
    {"blood", Sector::blood_bank},
    {"laborato", Sector::laboratory},
    {"biologie", Sector::laboratory},
    {"imagerie", Sector::imaging},
    {"imaging", Sector::imaging},
    {"radiolog", Sector::imaging},
    {"scanner", Sector::imaging},
    {"irm", Sector::imaging},
    {"pharmac", Sector::pharmacy},
    {"pui", Sector::pharmacy},
    {"cuisine", Sector::kitchen},
    {"restauration", Sector::kitchen},
    {"kitchen", Sector::kitchen},
    {"admission", Sector::admissions},
    {"bureau des entrees", Sector::admissions},
    {"consultation", Sector::outpatients},
    {"outpatient", Sector::outpatients},
    {"psychiatr", Sector::psychiatry},
    {"reeducation", Sector::rehabilitation},
    {"readaptation", Sector::rehabilitation},
    {"rehabilitation", Sector::rehabilitation},
    {"smr", Sector::rehabilitation},
    {"ssr", Sector::rehabilitation},
    {"ehpad", Sector::long_term_care},
    {"usld", Sector::long_term_care},
    {"long sejour", Sector::long_term_care},
    {"long term", Sector::long_term_care},
    {"obstet", Sector::obstetrics},
    {"maternit", Sector::obstetrics},
    {"pediatr", Sector::paediatrics},
    {"paediatr", Sector::paediatrics},
    {"chirurg", Sector::surgery},
    {"surgery", Sector::surgery},
    {"orthoped", Sector::surgery},
    {"medecine", Sector::medicine},
    {"medicine", Sector::medicine},
    {"cardiolog", Sector::medicine},
    {"pneumolog", Sector::medicine},
    {"geriatr", Sector::medicine},
    {"logisti", Sector::logistics},
    {"transport", Sector::logistics},
    {"magasin", Sector::logistics},
    {"direction", Sector::administration},
    {"administrati", Sector::administration},
    {"finance", Sector::administration},
    {"ressources humaines", Sector::administration},
};

constexpr Stem<ApplicationRole> roles[] = {
    {"dpi", ApplicationRole::patient_record},
    {"dossier patient", ApplicationRole::patient_record},
    {"patient record", ApplicationRole::patient_record},
    {"ehr", ApplicationRole::patient_record},
    {"prescription", ApplicationRole::prescription},
    {"chimio", ApplicationRole::chemotherapy},
    {"chemo", ApplicationRole::chemotherapy},
    {"dialys", ApplicationRole::dialysis},
    {"transfusion", ApplicationRole::blood_bank},
    {"blood", ApplicationRole::blood_bank},
    {"laborato", ApplicationRole::laboratory},
    {"biologie", ApplicationRole::laboratory},
    {"sil", ApplicationRole::laboratory},
    {"sgl", ApplicationRole::laboratory},
    {"lis", ApplicationRole::laboratory},
    {"pacs", ApplicationRole::imaging},
    {"ris", ApplicationRole::imaging},
    {"imagerie", ApplicationRole::imaging},
    {"imaging", ApplicationRole::imaging},
    {"radiolog", ApplicationRole::imaging},
    {"pharmac", ApplicationRole::pharmacy},
    {"pui", ApplicationRole::pharmacy},
    {"sterili", ApplicationRole::sterilisation},
    {"bloc", ApplicationRole::theatre},
    {"anesthes", ApplicationRole::theatre},
    {"theatre", ApplicationRole::theatre},
    {"urgence", ApplicationRole::emergency},
    {"emergency", ApplicationRole::emergency},
    {"reanimation", ApplicationRole::intensive_care},
    {"intensive", ApplicationRole::intensive_care},
    {"restauration", ApplicationRole::kitchen},
    {"repas", ApplicationRole::kitchen},
    {"kitchen", ApplicationRole::kitchen},
    {"gestion des lits", ApplicationRole::bed_map},
    {"lits", ApplicationRole::bed_map},
    {"bed", ApplicationRole::bed_map},
    {"gam", ApplicationRole::admissions},
    {"admission", ApplicationRole::admissions},
    {"gap", ApplicationRole::admissions},
    {"rappel du personnel", ApplicationRole::staff_recall},
    {"recall", ApplicationRole::staff_recall},
    {"temps de travail", ApplicationRole::staff_planning},
    {"planning", ApplicationRole::staff_planning},
    {"gtt", ApplicationRole::staff_planning},
    {"paie", ApplicationRole::payroll},
    {"payroll", ApplicationRole::payroll},
    {"grh", ApplicationRole::payroll},
    {"gef", ApplicationRole::finance},
    {"financ", ApplicationRole::finance},
    {"comptab", ApplicationRole::finance},
    {"factur", ApplicationRole::finance},
    {"messagerie", ApplicationRole::messaging},
    {"mail", ApplicationRole::messaging},
    {"telephon", ApplicationRole::telephony},
    {"ipbx", ApplicationRole::telephony},
    {"eai", ApplicationRole::interface_engine},
    {"interface", ApplicationRole::interface_engine},
    {"annuaire", ApplicationRole::identity},
    {"active directory", ApplicationRole::identity},
    {"sso", ApplicationRole::identity},
    {"identit", ApplicationRole::identity},
    {"rendez vous", ApplicationRole::appointment},
    {"rdv", ApplicationRole::appointment},
    {"appointment", ApplicationRole::appointment},
    {"maternit", ApplicationRole::maternity},
    {"obstet", ApplicationRole::maternity},
    {"bureautique", ApplicationRole::office},
    {"office", ApplicationRole::office},
};

}  // namespace

std::optional<ComponentKind> guess_component_kind(std::string_view text) {
  return first_stem(text, kinds);
}

std::optional<Sector> guess_sector(std::string_view text) {
  return first_stem(text, sectors);
}

std::optional<ApplicationRole> guess_role(std::string_view text) {
  return first_stem(text, roles);
}

}  // namespace releve::cartography
