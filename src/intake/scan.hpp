// SPDX-License-Identifier: EUPL-1.2
// What a network or vulnerability scan says, whatever wrote it: machines, open ports, weaknesses.
#pragma once

#include "foundation/base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace releve::intake {

enum class ScanFormat { nmap, nessus, openvas };

struct OpenPort {
  std::uint16_t port = 0;
  bool tcp = true;
  std::string service;  // "microsoft-ds", as the scanner names it
  std::string product;  // "Windows Server 2016 Standard 14393 microsoft-ds", may be empty
  bool operator==(const OpenPort&) const = default;
};

/// One weakness of one machine. Items without a CVE and below severity 2 are counted, not kept.
struct Weakness {
  std::string id;  // "nessus:97833", "oid:1.3.6…", "nmap:smb-vuln-ms17-010"
  std::string title;
  std::vector<std::string> cves;  // upper case, sorted, unique
  std::uint16_t port = 0;         // 0: on the machine itself
  bool tcp = true;
  std::uint8_t severity = 0;  // 0 information, 1 low, 2 medium, 3 high, 4 critical
  double cvss = 0;            // 0 when not given
  bool exploit_available = false;
  std::string solution;
  bool operator==(const Weakness&) const = default;
};

struct ScannedHost {
  std::string ip;       // "" when the file gave none or an invalid one
  std::string fqdn;     // lower case
  std::string netbios;  // upper case
  std::string mac;
  std::string operating_system;
  std::optional<bool> credentialed;  // the scanner could log in
  std::vector<OpenPort> ports;
  std::vector<Weakness> weaknesses;
  bool operator==(const ScannedHost&) const = default;
};

struct Scan {
  ScanFormat format = ScanFormat::nmap;
  std::string scanner;  // name and version
  std::optional<Instant> started;
  std::vector<ScannedHost> hosts;  // only machines that answered
  std::uint64_t hosts_down = 0;
  std::uint64_t weaknesses_not_kept = 0;
};

}  // namespace releve::intake
