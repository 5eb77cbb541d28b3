// SPDX-License-Identifier: EUPL-1.2
// One hospital as Relève knows it: the fold of its imports, oldest first, and of its answers.
//
// The cartography is a pure function of the files that were imported and of what people answered or
// overrode. Nothing of it is stored: files and answers are (docs/adr/0004). It is immutable once built and
// may be read from any thread.
#pragma once

#include "foundation/base/message.hpp"
#include "intake/directory.hpp"
#include "intake/directory_health.hpp"
#include "intake/exploitation.hpp"
#include "intake/scan.hpp"
#include "prepare/cartography/elements.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace releve::cartography {

/// How one record was recognised as this machine: "SHB01 of the directory is 10.1.2.3 of the scan, because
/// their host names agree".
enum class MatchKey { sid, fqdn, host_name, ip, pattern };

struct Sighting {
  std::string source;                  // file name
  std::string format;                  // "sharphound", "nessus", "sheet" …
  std::string seen_as;                 // the name or address in that file
  std::optional<MatchKey> matched_by;  // none: the first record of this machine
  bool operator==(const Sighting&) const = default;
};

enum class MachineKind {
  workstation,
  server,
  domain_controller,
  hypervisor,
  storage,
  backup,
  network,
  medical_device,
  other
};

/// One machine, matched over every file that mentions it by SID, FQDN, host name and IP, in this order.
struct Machine {
  std::string id;  // canonical external name: SID, else FQDN, else host name, else IP (model.md, 1)
  std::string name;
  MachineKind kind = MachineKind::workstation;
  std::string sid;
  std::string fqdn;       // lower case
  std::string host_name;  // upper case
  std::vector<std::string> ips;
  std::string zone;  // id of a Zone; "" when no zone claims it
  std::string operating_system;
  std::string component;  // id of its Component; "" for a machine that only scans or the directory know
  bool domain_joined = false;
  bool internet_exposed = false;
  std::uint32_t directory_object = 0xFFFFFFFFU;  // index into Cartography::directory.objects
  std::vector<intake::OpenPort> ports;
  std::vector<intake::Weakness> weaknesses;
  std::vector<Sighting> sightings;
};

/// The ids on the way round, the first again at the end: "AD1", "DNS1", "AD1".
using Cycle = std::vector<std::string>;

struct Cartography {
  std::string facility;
  std::vector<Service> services;  // each list sorted by id
  std::vector<Application> applications;
  std::vector<Component> components;
  std::vector<Dependency> dependencies;
  std::vector<Zone> zones;
  std::vector<Machine> machines;
  std::shared_ptr<const intake::Directory> directory;  // never null; empty when none was imported
  std::vector<intake::DirectoryHealth> health;         // by domain
  std::shared_ptr<const intake::KevCatalogue> kev;     // never null
  std::shared_ptr<const intake::EpssTable> epss;       // never null
  std::vector<Cycle> cycles;                           // of needs, each knot once by its shortest way
  std::vector<Finding> findings;                       // dangling ids, cycles, flat network, rising curves …
  std::map<std::string, std::string> answers;  // facility-wide answers by field ("reaction_night_h" …)
  std::string input_hash;  // BLAKE2b-256 over all files' hashes in order, answers, reader version
};

/// One imported file, read. Exactly one member of the value is filled.
struct Source {
  std::string file_name;
  std::string format;  // text of intake::Format
  std::string file_hash;
  Instant when{};
  std::shared_ptr<const intake::Directory> directory;
  std::shared_ptr<const intake::Scan> scan;
  std::shared_ptr<const intake::DirectoryHealth> health;
  std::shared_ptr<const intake::KevCatalogue> kev;
  std::shared_ptr<const intake::EpssTable> epss;
  std::shared_ptr<const struct Inventory> inventory;
};

/// What a spreadsheet says, mapped to elements. A later inventory replaces, field by field, what it gives of
/// the elements that it names; what it leaves empty and whom it does not name stays.
struct Inventory {
  std::vector<Service> services;
  std::vector<Application> applications;
  std::vector<Component> components;
  std::vector<Dependency> dependencies;
  std::vector<Zone> zones;
};

struct Answer {
  std::string element;  // id of an element; "" for the facility as a whole
  std::string field;
  std::string value;  // as JSON; "null" takes the field back to its default
  std::string by;
  Instant when{};
};

constexpr auto describe(MatchKey*) {
  using enum MatchKey;
  return Names{name(sid, "sid"), name(fqdn, "fqdn"), name(host_name, "host_name"), name(ip, "ip"),
               name(pattern, "pattern")};
}

constexpr auto describe(MachineKind*) {
  using enum MachineKind;
  return Names{name(workstation, "workstation"),
               name(server, "server"),
               name(domain_controller, "domain_controller"),
               name(hypervisor, "hypervisor"),
               name(storage, "storage"),
               name(backup, "backup"),
               name(network, "network"),
               name(medical_device, "medical_device"),
               name(other, "other")};
}

/// Folds sources (oldest first) and answers into a cartography. Pure; linear in the input but for sorting.
Cartography draw_cartography(std::string facility, std::span<const Source> sources,
                             std::span<const Answer> answers);

}  // namespace releve::cartography
