// SPDX-License-Identifier: EUPL-1.2
// The raw material of a fictional hospital: data/fiction/*.json, compiled in. Nothing in it names a real
// hospital, supplier or person; the flaws are real and public (CVE, CISA KEV), their scores plausible.
#pragma once

#include "foundation/describe/describe.hpp"
#include "prepare/cartography/elements.hpp"
#include "prepare/fiction/size.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::fiction {

// -- people.json ---------------------------------------------------------------------------------------

struct Town {
  std::string name;    // "Valmarée"
  std::string of;      // "de Valmarée"
  std::string domain;  // "valmaree"
};

struct Profession {
  std::string title;
  std::string group;
  double share = 0;
};

struct Department {
  std::string code;
  std::string name;
  double machines = 0;  // share of the administrative workstations
  double staff = 0;     // share of the administrative staff
};

struct People {
  std::vector<Town> towns;
  std::vector<std::string> first_names;
  std::vector<std::string> surnames;
  std::vector<Profession> professions;
  std::vector<Department> departments;
  std::vector<std::string> suppliers;
};

// -- services.json and applications.json ---------------------------------------------------------------

struct NeedModel {
  std::string on;  // code of a service or application; left out where the hospital has none
  std::optional<cartography::LeastState> state;
  std::optional<double> hours;  // autonomy
};

struct Profile {
  std::string name;
  std::vector<NeedModel> needs;
};

struct DeviceModel {
  std::string prefix;
  std::string name;
  double count = 1;  // in a medium hospital
};

struct ServiceModel {
  std::string code;
  std::string name;
  cartography::Sector sector = cartography::Sector::other;
  FacilitySize from = FacilitySize::small;  // smallest hospital that has it
  std::string profile;
  double beds = 0;                 // share of the hospital's beds
  double machines = 0;             // workstations, relative to a medicine ward
  double staff = 0;                // staff, relative to a medicine ward
  std::optional<double> activity;  // per bed of the hospital and day
  std::optional<std::string> unit;
  std::optional<double> weight;
  std::vector<NeedModel> needs;
  std::vector<double> curve;  // capacity kept after 2 h, 8 h, 24 h, 72 h, 1 week, 4 weeks
  std::vector<DeviceModel> devices;
  std::string site;  // of a hospital with several: A, B or C
};

struct Care {
  std::vector<Profile> profiles;
  std::vector<ServiceModel> services;
};

struct ApplicationModel {
  std::string code;
  std::string name;
  cartography::ApplicationRole role = cartography::ApplicationRole::other;
  FacilitySize from = FacilitySize::small;
  std::optional<std::string> vendor;
  int servers = 1;  // in a medium hospital
  cartography::Hosting hosting = cartography::Hosting::on_site;
  std::string zone;
  std::string system;  // windows, windows_old or linux
  bool linked = true;  // exchanges through the interface engine
  bool database = true;
  bool supplier_access = false;
  std::optional<double> rto;
  std::optional<double> rpo;
  std::optional<int> availability;
  std::optional<int> integrity;
  std::optional<int> confidentiality;
  std::vector<NeedModel> needs;
};

struct Software {
  std::vector<std::string> vendors;
  std::vector<std::string> functions;  // lesser applications
  std::vector<std::string> patterns;   // one per service in the largest hospitals; {service}
  std::vector<ApplicationModel> applications;
};

// -- zones.json, machines.json, weaknesses.json --------------------------------------------------------

struct ZoneModel {
  std::string id;
  std::string name;
  std::vector<std::string> flows;
  std::vector<cartography::Watch> watch;  // small, medium, large, university
  bool per_site = false;
  std::optional<std::string> remote_access_group;
  std::optional<bool> remote_access_mfa;
};

struct Network {
  std::vector<ZoneModel> zones;
};

struct SystemModel {
  std::string role;
  std::string name;
  double share = 0;
  std::vector<std::string> tags;
};

struct PortModel {
  std::string tag;
  int port = 0;
  std::string service;
  std::string product;
  double share = 1;
  bool udp = false;
};

struct Systems {
  std::vector<SystemModel> systems;
  std::vector<PortModel> ports;
};

/// One check of the vulnerability scanner. Plugin numbers are indicative.
struct WeaknessModel {
  int plugin = 0;
  std::string title;
  std::string family;
  int port = 0;
  std::string service;
  int severity = 0;
  double cvss = 0;
  std::vector<std::string> tags;  // all must hold; "any" holds always
  double share = 0;
  std::vector<std::string> cves;
  bool exploit = false;
  std::string synopsis;
  std::string solution;
};

struct KnownExploitedModel {
  std::string vendor;
  std::string product;
  std::string name;
  std::string added;
  std::string due;
  bool ransomware = false;
  std::vector<std::string> cwes;
  std::string action;
  std::string summary;
};

struct FlawModel {
  std::string cve;
  double epss = 0;
  std::optional<KnownExploitedModel> known_exploited;
};

struct Flaws {
  std::vector<WeaknessModel> weaknesses;
  std::vector<FlawModel> flaws;  // every CVE that a weakness names
};

struct Lexicon {
  People people;
  Care care;
  Software software;
  Network network;
  Systems systems;
  Flaws flaws;
};

/// Reads the compiled-in files; a fault in them is a Bug. About 2 ms.
Lexicon read_lexicon();

// -- descriptions --------------------------------------------------------------------------------------

constexpr auto describe(Town*) {
  return Fields{field<&Town::name>("name"), field<&Town::of>("with its preposition"),
                field<&Town::domain>("in DNS names")};
}

constexpr auto describe(Profession*) {
  return Fields{field<&Profession::title>("title"), field<&Profession::group>("directory group"),
                field<&Profession::share>("share of the staff")};
}

constexpr auto describe(Department*) {
  return Fields{field<&Department::code>("code"), field<&Department::name>("name"),
                field<&Department::machines>("share of workstations"),
                field<&Department::staff>("share of staff")};
}

constexpr auto describe(People*) {
  return Fields{field<&People::towns>("invented towns"),
                field<&People::first_names>("first names"),
                field<&People::surnames>("surnames"),
                field<&People::professions>("professions"),
                field<&People::departments>("administrative departments"),
                field<&People::suppliers>("suppliers")};
}

constexpr auto describe(NeedModel*) {
  return Fields{field<&NeedModel::on>("what is needed"), field<&NeedModel::state>("least state"),
                field<&NeedModel::hours>("autonomy, hours")};
}

constexpr auto describe(Profile*) {
  return Fields{field<&Profile::name>("name"), field<&Profile::needs>("needs of all such services")};
}

constexpr auto describe(DeviceModel*) {
  return Fields{field<&DeviceModel::prefix>("host name"), field<&DeviceModel::name>("name"),
                field<&DeviceModel::count>("how many in a medium hospital")};
}

constexpr auto describe(ServiceModel*) {
  return Fields{field<&ServiceModel::code>("code"),
                field<&ServiceModel::name>("name"),
                field<&ServiceModel::sector>("sector"),
                field<&ServiceModel::from>("smallest hospital that has it"),
                field<&ServiceModel::profile>("profile"),
                field<&ServiceModel::beds>("share of beds"),
                field<&ServiceModel::machines>("relative number of workstations"),
                field<&ServiceModel::staff>("relative staff"),
                field<&ServiceModel::activity>("activity per hospital bed and day"),
                field<&ServiceModel::unit>("unit of activity"),
                field<&ServiceModel::weight>("weight"),
                field<&ServiceModel::needs>("further needs"),
                field<&ServiceModel::curve>("capacity without IT", {.min_length = 6, .max_length = 6}),
                field<&ServiceModel::devices>("devices"),
                field<&ServiceModel::site>("site")};
}

constexpr auto describe(Care*) {
  return Fields{field<&Care::profiles>("profiles"), field<&Care::services>("services")};
}

constexpr auto describe(ApplicationModel*) {
  using A = ApplicationModel;
  return Fields{field<&A::code>("code"),
                field<&A::name>("name"),
                field<&A::role>("role"),
                field<&A::from>("smallest hospital that has it"),
                field<&A::vendor>("invented vendor"),
                field<&A::servers>("servers in a medium hospital"),
                field<&A::hosting>("where it runs"),
                field<&A::zone>("zone of its servers"),
                field<&A::system>("windows, windows_old or linux"),
                field<&A::linked>("linked by the interface engine"),
                field<&A::database>("needs a database server"),
                field<&A::supplier_access>("supplier may enter"),
                field<&A::rto>("DMIA, hours"),
                field<&A::rpo>("PDMA, hours"),
                field<&A::availability>("need, 1 to 4"),
                field<&A::integrity>("need, 1 to 4"),
                field<&A::confidentiality>("need, 1 to 4"),
                field<&A::needs>("needs")};
}

constexpr auto describe(Software*) {
  return Fields{
      field<&Software::vendors>("invented vendors"), field<&Software::functions>("lesser applications"),
      field<&Software::patterns>("one per service"), field<&Software::applications>("main applications")};
}

constexpr auto describe(ZoneModel*) {
  return Fields{field<&ZoneModel::id>("id"),
                field<&ZoneModel::name>("name"),
                field<&ZoneModel::flows>("flows"),
                field<&ZoneModel::watch>("by size", {.min_length = 4, .max_length = 4}),
                field<&ZoneModel::per_site>("one per site"),
                field<&ZoneModel::remote_access_group>("group that may enter"),
                field<&ZoneModel::remote_access_mfa>("second factor")};
}

constexpr auto describe(Network*) {
  return Fields{field<&Network::zones>("zones")};
}

constexpr auto describe(SystemModel*) {
  return Fields{field<&SystemModel::role>("role"), field<&SystemModel::name>("operating system"),
                field<&SystemModel::share>("share within the role"), field<&SystemModel::tags>("tags")};
}

constexpr auto describe(PortModel*) {
  return Fields{field<&PortModel::tag>("machines with this tag"),
                field<&PortModel::port>("port"),
                field<&PortModel::service>("service"),
                field<&PortModel::product>("product"),
                field<&PortModel::share>("share that has it open"),
                field<&PortModel::udp>("UDP")};
}

constexpr auto describe(Systems*) {
  return Fields{field<&Systems::systems>("operating systems"), field<&Systems::ports>("open ports")};
}

constexpr auto describe(WeaknessModel*) {
  using W = WeaknessModel;
  return Fields{field<&W::plugin>("check"),
                field<&W::title>("title"),
                field<&W::family>("family"),
                field<&W::port>("port, 0 for the machine"),
                field<&W::service>("service"),
                field<&W::severity>("0 to 4"),
                field<&W::cvss>("CVSS 3"),
                field<&W::tags>("machines that may have it"),
                field<&W::share>("share of them"),
                field<&W::cves>("CVE"),
                field<&W::exploit>("public exploit"),
                field<&W::synopsis>("synopsis"),
                field<&W::solution>("solution")};
}

constexpr auto describe(KnownExploitedModel*) {
  using K = KnownExploitedModel;
  return Fields{field<&K::vendor>("vendor"),  field<&K::product>("product"),
                field<&K::name>("name"),      field<&K::added>("date added"),
                field<&K::due>("due date"),   field<&K::ransomware>("used by ransomware"),
                field<&K::cwes>("CWE"),       field<&K::action>("required action"),
                field<&K::summary>("summary")};
}

constexpr auto describe(FlawModel*) {
  return Fields{field<&FlawModel::cve>("CVE"), field<&FlawModel::epss>("plausible EPSS"),
                field<&FlawModel::known_exploited>("entry of CISA's catalogue (CC0)")};
}

constexpr auto describe(Flaws*) {
  return Fields{field<&Flaws::weaknesses>("checks"), field<&Flaws::flaws>("CVE facts")};
}

}  // namespace releve::fiction
