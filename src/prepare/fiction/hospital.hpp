// SPDX-License-Identifier: EUPL-1.2
// A whole fictional hospital in memory: what it does, what it runs on, who works there, what a scanner
// would see. Consistent by construction: one machine has the same name, FQDN, address and SID wherever it
// appears. Real hospitals are never complete, so some machines are only in scans, some only in the
// directory, some only in the inventory.
//
// Pure: a function of (size, seed). Thread-safe. University: about 20,000 directory objects and 250,000
// relations, in a second or so.
#pragma once

#include "foundation/base/random.hpp"
#include "foundation/base/time.hpp"
#include "intake/directory.hpp"
#include "intake/scan.hpp"
#include "prepare/cartography/cartography.hpp"
#include "prepare/fiction/lexicon.hpp"
#include "prepare/fiction/size.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace releve::fiction {

/// When the files say they were made: 2 November 2026, 06:00 UTC. Never the clock.
inline constexpr std::int64_t files_made = 1'793'599'200;

enum class MachineRole {
  workstation,
  server,
  domain_controller,
  hypervisor,
  storage,
  backup,
  network,
  telephony,
  medical_device,
  printer
};

struct FictionalMachine {
  std::string name;  // "PC-URG-012"; for a machine that nobody manages "DESKTOP-4F1C2A9"
  std::string fqdn;  // lower case; empty when it has no DNS name
  std::string ip;
  std::string mac;  // "00:50:56:81:01:E3"
  std::string sid;  // empty when it is not in the directory
  std::string zone;
  MachineRole role = MachineRole::workstation;
  std::string system;
  std::string component;  // of the inventory, perhaps a group; empty when the inventory ignores it
  std::string place;      // code of the service, department or application it serves
  int domain = -1;        // index of its domain, -1 outside
  bool in_nmap = false;
  bool in_nessus = false;
  bool credentialed = false;      // Nessus could log in
  bool stale = false;             // left in the directory, gone from the network
  std::vector<std::string> tags;  // "windows", "server", "exposed" …
  std::vector<intake::OpenPort> ports;
  std::vector<std::uint32_t> weaknesses;  // indices into FictionalHospital::flaws.weaknesses
  bool has(std::string_view tag) const;
};

/// What a collection says of an object beyond intake::DirectoryObject.
struct ObjectDetails {
  std::string account;  // sAMAccountName
  std::string display_name;
  std::string title;
  std::string email;
  std::string description;
  std::int64_t created = 0;  // seconds since 1970
  std::int64_t password_set = 0;
};

struct FictionalDirectory {
  intake::Directory facts;             // relations sorted and unique
  std::vector<ObjectDetails> details;  // one per object
};

struct FictionalHospital {
  FacilitySize size = FacilitySize::medium;
  Seed seed = 0;
  std::string name;  // "Centre hospitalier de Valmarée"
  std::string town;
  std::string finess;                // 99xxxxxxx: never assigned
  std::vector<std::string> domains;  // "ch-valmaree.local"
  cartography::Inventory inventory;
  std::vector<FictionalMachine> machines;
  FictionalDirectory directory;
  Flaws flaws;
};

FictionalHospital build_hospital(FacilitySize size, Seed seed);

}  // namespace releve::fiction
