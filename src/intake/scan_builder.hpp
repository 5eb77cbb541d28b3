// SPDX-License-Identifier: EUPL-1.2
// What the three scan readers share: the rule of what is kept, and the bound on the memory it takes.
#pragma once

#include "intake/imported.hpp"
#include "intake/scan.hpp"
#include "intake/xml.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace releve::intake {

// Lengths in bytes of what is kept of a text.
inline constexpr std::size_t max_title_bytes = 200;
inline constexpr std::size_t max_solution_bytes = 300;
inline constexpr std::size_t max_name_bytes = 255;  // of a machine, a service, a product, a system
inline constexpr std::size_t max_cves_per_weakness = 1'000;

// A scanner repeats the same advice for every machine. Past the first bound solutions are no longer kept,
// past the second weaknesses are only counted: half a gigabyte of Nessus stays under 200 MB of memory.
inline constexpr std::uint64_t max_bytes_with_solutions = 60'000'000;
inline constexpr std::uint64_t max_kept_bytes = 130'000'000;

using HostIndex = std::size_t;  // in Scan::hosts

/// Puts a Scan together within the limits. Hosts may be filled in any order.
class ScanBuilder {
 public:
  ScanBuilder(ScanFormat format, const Limits& limits, Findings& findings);

  Scan& scan() { return scan_; }

  ScannedHost& host(HostIndex index) { return scan_.hosts[index]; }

  std::size_t host_count() const { return scan_.hosts.size(); }

  /// Room for a new, empty host; false when the limit is reached, which is then said once.
  bool open_host(std::int64_t line);
  /// Removes the last opened host; its weaknesses become counted ones.
  void drop_last_host();
  /// Counts the texts of a host and gives back its spare memory.
  void close_host(HostIndex index);

  /// Counts memory that a reader itself keeps for a host.
  void charge(std::uint64_t bytes) { bytes_ += bytes; }

  /// Sets host.ip from text. An invalid address becomes a finding; false then.
  bool set_ip(HostIndex index, std::string_view text, std::int64_t line);
  /// Adds a port once; a second time fills in the service and product it lacked.
  void add_port(HostIndex index, OpenPort port, std::int64_t line);
  /// Keeps the weakness when it has a CVE or at least severity 2, else counts it. Tidies cves.
  void add_weakness(HostIndex index, Weakness weakness, std::int64_t line);

  void count_not_kept() { ++scan_.weaknesses_not_kept; }

  /// Ends the scan: `outcome` of the reading becomes a finding; a scan that is not whole gives no machine,
  /// and a scan without machine says so.
  Imported<Scan> finish(const XmlOutcome& outcome);

 private:
  bool take_room(std::uint64_t objects, std::uint64_t bytes, std::int64_t line);

  const Limits& limits_;
  Findings& findings_;
  Scan scan_;
  std::uint64_t objects_ = 0;
  std::uint64_t bytes_ = 0;
  bool full_ = false;
  bool without_solutions_ = false;
  std::unordered_map<std::uint64_t, std::size_t> ports_;  // (host, protocol, port) -> place in its ports
};

/// The address in its canonical text, or "" when it is none.
std::string canonical_ip(std::string_view text);
/// Lower case, without final dot.
std::string host_name(std::string_view text);
/// Appends every CVE identifier found in the text, upper case; stops at max_cves_per_weakness.
void append_cves(std::string_view text, std::vector<std::string>& cves);
/// 0..4 by the bands of CVSS v3: 0.1, 4, 7, 9.
std::uint8_t severity_of_cvss(double cvss);
/// A number in [0, 10], or 0.
double parse_cvss(std::string_view text);
/// A port number, or nothing.
std::optional<std::uint16_t> parse_port(std::string_view text);

}  // namespace releve::intake
