// SPDX-License-Identifier: EUPL-1.2
// Which records of the files speak of the same machine.
//
// Keys are tried in this order over all records: SID, FQDN, host name, IP. Two computers of the directory
// are never one machine, and an IP that several named machines use joins nobody.
#pragma once

#include "prepare/cartography/cartography.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace releve::cartography {

/// What one file says of one machine, its names in one spelling.
struct Record {
  enum class From { directory, sheet, scan };
  From from = From::directory;
  std::uint32_t source = 0;      // index into the sources; unused for a sheet
  std::uint32_t index = 0;       // object of the directory, component, or host of the scan
  std::string sid;               // upper case
  std::string fqdn;              // lower case, with a dot
  std::string host;              // upper case, without a dot
  std::vector<std::string> ips;  // canonical text; none that is only local
};

/// True for a component that claims machines by a pattern of host names.
bool is_pattern(const Component& component);

/// The records: computers of the directory, then components that name one machine, then scanned hosts.
std::vector<Record> collect_records(const Cartography& cartography, std::span<const Source> sources,
                                    std::span<const std::uint32_t> source_of_object);

/// Groups of records, each one machine, in the order of their first record; indices ascending.
std::vector<std::vector<std::uint32_t>> match_records(std::span<const Record> records, Findings& findings);

/// The strongest key that two records share.
std::optional<MatchKey> shared_key(const Record& a, const Record& b);

}  // namespace releve::cartography
