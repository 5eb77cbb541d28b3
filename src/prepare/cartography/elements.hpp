// SPDX-License-Identifier: EUPL-1.2
// The words of the cartography: what a hospital is made of, from care down to cables.
//
// A member that is an optional is a fact the hospital may not have given: the sector default of
// data/sectors.json (or data/components.json) then stands in, marked "default, not confirmed". Where a
// value came from is kept beside it, per field, in `origins`.
#pragma once

#include "foundation/base/time.hpp"
#include "foundation/describe/describe.hpp"
#include "foundation/describe/json.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace releve::cartography {

/// Where a fact came from. No entry in an element's `origins` means: default, not confirmed.
enum class OriginKind { import, answer, manual };

struct Origin {
  OriginKind kind = OriginKind::import;
  std::string source;  // file name, or the person who answered or overrode
  Instant when{};
  bool operator==(const Origin&) const = default;
};

using Origins = std::map<std::string, Origin>;  // by field name

enum class Sector {
  emergency,
  intensive_care,
  neonatal,
  theatre,
  surgery,
  medicine,
  obstetrics,
  paediatrics,
  dialysis,
  radiotherapy,
  chemotherapy,
  laboratory,
  imaging,
  pharmacy,
  blood_bank,
  sterilisation,
  kitchen,
  admissions,
  outpatients,
  emergency_call,
  psychiatry,
  rehabilitation,
  long_term_care,
  logistics,
  administration,
  other
};

/// A care service, or a support service that care needs (sterilisation, kitchen, staff recall, bed map).
struct Service {
  std::string id;
  std::string name;
  Sector sector = Sector::other;
  std::optional<double> beds;
  std::optional<double> daily_activity;      // in activity_unit per day
  std::optional<std::string> activity_unit;  // "passages", "operations", "sessions", "analyses", "meals"
  std::optional<double> weight;              // of an hour of this service, relative to a medicine ward (1)
  std::optional<double> occupancy;           // share of beds in use, 0..1
  std::optional<double> capacity_2h;         // share of capacity kept without IT after 2 h, 0..1
  std::optional<double> capacity_8h;
  std::optional<double> capacity_24h;
  std::optional<double> capacity_72h;
  std::optional<double> capacity_1w;
  std::optional<double> capacity_4w;
  Origins origins;
  bool operator==(const Service&) const = default;
};

enum class Hosting { on_site, hosted, saas };
enum class ApplicationRole {
  patient_record,
  admissions,
  prescription,
  laboratory,
  imaging,
  pharmacy,
  theatre,
  emergency,
  intensive_care,
  chemotherapy,
  dialysis,
  blood_bank,
  sterilisation,
  kitchen,
  bed_map,
  staff_recall,
  staff_planning,
  payroll,
  finance,
  messaging,
  telephony,
  interface_engine,
  identity,
  appointment,
  maternity,
  office,
  other
};

struct Application {
  std::string id;
  std::string name;
  ApplicationRole role = ApplicationRole::other;
  std::optional<std::string> vendor;
  std::optional<Hosting> hosting;
  std::optional<double> rto_h;      // DMIA: longest outage care can bear, hours
  std::optional<double> rpo_h;      // PDMA: data that may be lost, hours
  std::optional<int> availability;  // need, 1 (low) to 4 (vital)
  std::optional<int> integrity;
  std::optional<int> confidentiality;
  Origins origins;
  bool operator==(const Application&) const = default;
};

enum class ComponentKind {
  server,
  workstations,
  hypervisor,
  storage,
  directory,
  dns,
  network,
  telephony,
  medical_device,
  backup,
  saas,
  other
};

/// A machine, a group of alike machines, or a service bought outside.
struct Component {
  std::string id;
  std::string name;
  ComponentKind kind = ComponentKind::server;
  std::optional<double> count;           // machines in a group; 1 by default
  std::optional<std::string> zone;       // id of a Zone
  std::optional<std::string> host_name;  // NetBIOS or short DNS name; for a group a pattern: "PC-LABO-*"
  std::optional<std::string> fqdn;
  std::optional<std::string> ip;
  std::optional<std::string> sid;
  std::optional<std::string> operating_system;
  std::optional<bool> domain_joined;
  std::optional<bool> internet_exposed;
  std::optional<std::string> supplier_access;  // supplier who can reach it from outside; "" or absent: nobody
  std::optional<bool> offline_backup;          // kind backup: a copy that no network account can reach
  std::optional<bool> immutable_backup;        // kind backup: a copy that nobody can change before its term
  std::optional<bool> kept_on_shutdown;        // stays on when the network is cut on purpose
  Origins origins;
  bool operator==(const Component&) const = default;
};

enum class DependencyKind {
  needs,         // the consumer works only with it
  interface,     // the two applications exchange data: without it both work, isolated
  backed_up_by,  // the target keeps the consumer's copies
};
enum class LeastState { read_only, not_linked, full };

/// consumer -> target. Rows of one consumer with the same non-empty `alternative` are one k-of-n group.
struct Dependency {
  std::string id;        // "consumer>target[:interface|:backup]" when the sheet gave none
  std::string consumer;  // id of a service, application or component
  std::string target;
  DependencyKind kind = DependencyKind::needs;
  std::optional<std::string> alternative;  // label of the group of alternatives
  std::optional<double> needed;            // k of the group; 1 by default
  std::optional<double> autonomy_h;        // how long the consumer lasts without it; 0 by default
  std::optional<LeastState> least_state;   // least state of the target that satisfies the need
  Origins origins;
  bool operator==(const Dependency&) const = default;
};

/// How closely a zone is watched. Chances and delays: data/sensors.json.
enum class Watch { none, antivirus, edr, edr_24x7 };

/// A part of the network with its own filter.
struct Zone {
  std::string id;
  std::string name;
  std::vector<std::string> addresses;  // CIDR blocks
  std::vector<std::string> flows;      // "SRV:admin+web": protocols allowed towards another zone; "SRV:all"
  std::optional<Watch> watch;
  std::optional<std::string>
      remote_access_group;  // directory group whose members may enter from outside here
  std::optional<bool> remote_access_mfa;
  Origins origins;
  bool operator==(const Zone&) const = default;
};

// -- descriptions -------------------------------------------------------------------------------------

constexpr auto describe(OriginKind*) {
  return Names{name(OriginKind::import, "import"), name(OriginKind::answer, "answer"),
               name(OriginKind::manual, "manual")};
}

constexpr auto describe(Origin*) {
  return Fields{field<&Origin::kind>("import, answer or manual override"),
                field<&Origin::source>("file, or person"), field<&Origin::when>("date of the fact")};
}

constexpr auto describe(Sector*) {
  using enum Sector;
  return Names{name(emergency, "emergency"),
               name(intensive_care, "intensive_care"),
               name(neonatal, "neonatal"),
               name(theatre, "theatre"),
               name(surgery, "surgery"),
               name(medicine, "medicine"),
               name(obstetrics, "obstetrics"),
               name(paediatrics, "paediatrics"),
               name(dialysis, "dialysis"),
               name(radiotherapy, "radiotherapy"),
               name(chemotherapy, "chemotherapy"),
               name(laboratory, "laboratory"),
               name(imaging, "imaging"),
               name(pharmacy, "pharmacy"),
               name(blood_bank, "blood_bank"),
               name(sterilisation, "sterilisation"),
               name(kitchen, "kitchen"),
               name(admissions, "admissions"),
               name(outpatients, "outpatients"),
               name(emergency_call, "emergency_call"),
               name(psychiatry, "psychiatry"),
               name(rehabilitation, "rehabilitation"),
               name(long_term_care, "long_term_care"),
               name(logistics, "logistics"),
               name(administration, "administration"),
               name(other, "other")};
}

constexpr auto describe(Service*) {
  constexpr Rules share{.minimum = 0, .maximum = 1};
  constexpr Rules amount{.minimum = 0, .maximum = 1e6};
  return Fields{
      field<&Service::id>("identifier used in the other sheets", {.min_length = 1, .max_length = 64}),
      field<&Service::name>("name used in the hospital", {.min_length = 1, .max_length = 200}),
      field<&Service::sector>("kind of care: gives the defaults"),
      field<&Service::beds>("staffed beds or places", amount),
      field<&Service::daily_activity>("activity per day, in its unit", amount),
      field<&Service::activity_unit>("unit of the activity", {.max_length = 40}),
      field<&Service::weight>("weight of one hour of this service, 1 = a medicine ward",
                              {.minimum = 0, .maximum = 1000}),
      field<&Service::occupancy>("share of beds in use", share),
      field<&Service::capacity_2h>("capacity kept without IT after 2 hours", share),
      field<&Service::capacity_8h>("capacity kept without IT after 8 hours", share),
      field<&Service::capacity_24h>("capacity kept without IT after 24 hours", share),
      field<&Service::capacity_72h>("capacity kept without IT after 72 hours", share),
      field<&Service::capacity_1w>("capacity kept without IT after one week", share),
      field<&Service::capacity_4w>("capacity kept without IT after four weeks", share),
      field<&Service::origins>("where each fact came from", {.optional = true})};
}

constexpr auto describe(Hosting*) {
  return Names{name(Hosting::on_site, "on_site"), name(Hosting::hosted, "hosted"),
               name(Hosting::saas, "saas")};
}

constexpr auto describe(ApplicationRole*) {
  using enum ApplicationRole;
  return Names{name(patient_record, "patient_record"),
               name(admissions, "admissions"),
               name(prescription, "prescription"),
               name(laboratory, "laboratory"),
               name(imaging, "imaging"),
               name(pharmacy, "pharmacy"),
               name(theatre, "theatre"),
               name(emergency, "emergency"),
               name(intensive_care, "intensive_care"),
               name(chemotherapy, "chemotherapy"),
               name(dialysis, "dialysis"),
               name(blood_bank, "blood_bank"),
               name(sterilisation, "sterilisation"),
               name(kitchen, "kitchen"),
               name(bed_map, "bed_map"),
               name(staff_recall, "staff_recall"),
               name(staff_planning, "staff_planning"),
               name(payroll, "payroll"),
               name(finance, "finance"),
               name(messaging, "messaging"),
               name(telephony, "telephony"),
               name(interface_engine, "interface_engine"),
               name(identity, "identity"),
               name(appointment, "appointment"),
               name(maternity, "maternity"),
               name(office, "office"),
               name(other, "other")};
}

constexpr auto describe(Application*) {
  constexpr Rules need{.minimum = 1, .maximum = 4};
  constexpr Rules hours{.minimum = 0, .maximum = 8760};
  return Fields{
      field<&Application::id>("identifier used in the other sheets", {.min_length = 1, .max_length = 64}),
      field<&Application::name>("name used in the hospital", {.min_length = 1, .max_length = 200}),
      field<&Application::role>("what it is for: gives the defaults"),
      field<&Application::vendor>("vendor", {.max_length = 200}),
      field<&Application::hosting>("where it runs"),
      field<&Application::rto_h>("longest tolerable outage (DMIA, RTO), hours", hours),
      field<&Application::rpo_h>("tolerable data loss (PDMA, RPO), hours", hours),
      field<&Application::availability>("need for availability, 1 to 4", need),
      field<&Application::integrity>("need for integrity, 1 to 4", need),
      field<&Application::confidentiality>("need for confidentiality, 1 to 4", need),
      field<&Application::origins>("where each fact came from", {.optional = true})};
}

constexpr auto describe(ComponentKind*) {
  using enum ComponentKind;
  return Names{name(server, "server"),
               name(workstations, "workstations"),
               name(hypervisor, "hypervisor"),
               name(storage, "storage"),
               name(directory, "directory"),
               name(dns, "dns"),
               name(network, "network"),
               name(telephony, "telephony"),
               name(medical_device, "medical_device"),
               name(backup, "backup"),
               name(saas, "saas"),
               name(other, "other")};
}

constexpr auto describe(Component*) {
  return Fields{
      field<&Component::id>("identifier used in the other sheets", {.min_length = 1, .max_length = 64}),
      field<&Component::name>("name used in the hospital", {.min_length = 1, .max_length = 200}),
      field<&Component::kind>("kind of machine or service"),
      field<&Component::count>("machines in a group", {.minimum = 1, .maximum = 100000}),
      field<&Component::zone>("identifier of its network zone", {.max_length = 64}),
      field<&Component::host_name>("host name; for a group a pattern with *", {.max_length = 255}),
      field<&Component::fqdn>("full DNS name", {.max_length = 255}),
      field<&Component::ip>("IP address", {.max_length = 64}),
      field<&Component::sid>("SID in the directory", {.max_length = 200}),
      field<&Component::operating_system>("operating system", {.max_length = 200}),
      field<&Component::domain_joined>("member of the Windows domain"),
      field<&Component::internet_exposed>("reachable from the internet"),
      field<&Component::supplier_access>("supplier who can reach it from outside", {.max_length = 200}),
      field<&Component::offline_backup>("keeps a copy that no network account can reach"),
      field<&Component::immutable_backup>("keeps a copy that nobody can change"),
      field<&Component::kept_on_shutdown>("stays on when the network is cut on purpose"),
      field<&Component::origins>("where each fact came from", {.optional = true})};
}

constexpr auto describe(DependencyKind*) {
  return Names{name(DependencyKind::needs, "needs"), name(DependencyKind::interface, "interface"),
               name(DependencyKind::backed_up_by, "backed_up_by")};
}

constexpr auto describe(LeastState*) {
  return Names{name(LeastState::read_only, "read_only"), name(LeastState::not_linked, "not_linked"),
               name(LeastState::full, "full")};
}

constexpr auto describe(Dependency*) {
  return Fields{
      field<&Dependency::id>("identifier", {.max_length = 140}),
      field<&Dependency::consumer>("who needs: a service, an application or a component",
                                   {.min_length = 1, .max_length = 64}),
      field<&Dependency::target>("what is needed", {.min_length = 1, .max_length = 64}),
      field<&Dependency::kind>("needs, interface or backed_up_by"),
      field<&Dependency::alternative>("label shared by alternatives", {.max_length = 64}),
      field<&Dependency::needed>("how many of the alternatives are needed", {.minimum = 1, .maximum = 1000}),
      field<&Dependency::autonomy_h>("hours the consumer lasts without it", {.minimum = 0, .maximum = 8760}),
      field<&Dependency::least_state>("least state that is enough"),
      field<&Dependency::origins>("where each fact came from", {.optional = true})};
}

constexpr auto describe(Watch*) {
  return Names{name(Watch::none, "none"), name(Watch::antivirus, "antivirus"), name(Watch::edr, "edr"),
               name(Watch::edr_24x7, "edr_24x7")};
}

constexpr auto describe(Zone*) {
  return Fields{field<&Zone::id>("identifier used in the other sheets", {.min_length = 1, .max_length = 64}),
                field<&Zone::name>("name used in the hospital", {.min_length = 1, .max_length = 200}),
                field<&Zone::addresses>("address blocks, CIDR", {.max_length = 1000}),
                field<&Zone::flows>(
                    "allowed towards other zones: ZONE:admin+remote_desktop+file+web+database, or ZONE:all",
                    {.max_length = 1000}),
                field<&Zone::watch>("how it is watched"),
                field<&Zone::remote_access_group>("directory group that may enter here from outside",
                                                  {.max_length = 200}),
                field<&Zone::remote_access_mfa>("remote access asks a second factor"),
                field<&Zone::origins>("where each fact came from", {.optional = true})};
}

}  // namespace releve::cartography
