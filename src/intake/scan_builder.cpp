// SPDX-License-Identifier: EUPL-1.2
#include "intake/scan_builder.hpp"

#include "foundation/base/text.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace releve::intake {

// Twice: the vector of hosts doubles when it grows.
static constexpr std::uint64_t host_bytes = 2 * sizeof(ScannedHost);

ScanBuilder::ScanBuilder(ScanFormat format, const Limits& limits, Findings& findings)
    : limits_(limits), findings_(findings) {
  scan_.format = format;
}

bool ScanBuilder::take_room(std::uint64_t objects, std::uint64_t bytes, std::int64_t line) {
  if (!full_ && objects_ + objects <= limits_.max_objects && bytes_ + bytes <= max_kept_bytes) {
    objects_ += objects;
    bytes_ += bytes;
    return true;
  }
  if (!full_) {
    full_ = true;
    findings_.add(Severity::warning, message("scan.too_many", {{"kept", std::to_string(objects_)}}), {},
                  line);
  }
  return false;
}

bool ScanBuilder::open_host(std::int64_t line) {
  if (!take_room(1, host_bytes, line)) {
    return false;
  }
  scan_.hosts.emplace_back();
  if (ports_.size() > 200'000) {
    // Of machines left behind; rarely, since clearing costs the table's size. Keys name their host, so a
    // format that comes back to one would at worst list a port twice.
    ports_.clear();
  }
  return true;
}

void ScanBuilder::drop_last_host() {
  scan_.weaknesses_not_kept += scan_.hosts.back().weaknesses.size();
  scan_.hosts.pop_back();
  --objects_;
  bytes_ -= host_bytes;
}

void ScanBuilder::close_host(HostIndex index) {
  const ScannedHost& done = host(index);
  charge(done.fqdn.size() + done.netbios.size() + done.mac.size() + done.operating_system.size());
  static constexpr std::size_t worth_copying = 10'000;  // beyond, the copy would cost more room than it frees
  if (host(index).weaknesses.size() < worth_copying) {
    host(index).weaknesses.shrink_to_fit();
  }
  if (host(index).ports.size() < worth_copying) {
    host(index).ports.shrink_to_fit();
  }
}

bool ScanBuilder::set_ip(HostIndex index, std::string_view text, std::int64_t line) {
  std::string ip = canonical_ip(text);
  if (ip.empty()) {
    findings_.add(Severity::warning, message("scan.invalid_ip", {{"text", one_line(text, 60)}}), {}, line);
    return false;
  }
  host(index).ip = std::move(ip);
  return true;
}

void ScanBuilder::add_port(HostIndex index, OpenPort port, std::int64_t line) {
  std::vector<OpenPort>& ports = host(index).ports;
  const std::uint64_t key =
      (static_cast<std::uint64_t>(index) << 17) | (port.tcp ? 1U << 16 : 0U) | port.port;
  const auto known = ports_.find(key);
  const auto is_same = [&](const OpenPort& other) {
    return other.port == port.port && other.tcp == port.tcp;
  };
  if (known != ports_.end() && known->second < ports.size() && is_same(ports[known->second])) {
    OpenPort& same = ports[known->second];
    if (same.service.empty() || same.service == "unknown") {
      same.service = std::move(port.service);
    }
    if (same.product.empty()) {
      same.product = std::move(port.product);
    }
    return;
  }
  static constexpr std::uint64_t place_bytes = 48;  // its entry in ports_
  if (take_room(1, place_bytes + sizeof(OpenPort) + port.service.size() + port.product.size(), line)) {
    ports_[key] = ports.size();
    ports.push_back(std::move(port));
  }
}

void ScanBuilder::add_weakness(HostIndex index, Weakness weakness, std::int64_t line) {
  std::vector<std::string>& cves = weakness.cves;
  std::sort(cves.begin(), cves.end());
  cves.erase(std::unique(cves.begin(), cves.end()), cves.end());
  cves.shrink_to_fit();
  if (weakness.severity < 2 && cves.empty()) {
    count_not_kept();
    return;
  }
  if (!without_solutions_ && bytes_ > max_bytes_with_solutions) {
    without_solutions_ = true;
    findings_.add(Severity::note, message("scan.solutions_left_out"), {}, line);
  }
  if (without_solutions_) {
    weakness.solution = {};
  }
  const std::uint64_t bytes = sizeof(Weakness) + weakness.id.size() + weakness.title.size() +
                              weakness.solution.size() + cves.size() * sizeof(std::string);
  if (take_room(1 + cves.size(), bytes, line)) {
    host(index).weaknesses.push_back(std::move(weakness));
  } else {
    count_not_kept();
  }
}

Imported<Scan> ScanBuilder::finish(const XmlOutcome& outcome) {
  if (outcome.fault) {
    findings_.add(*outcome.fault);
  }
  if (!outcome.whole) {
    scan_.hosts.clear();  // of half a scan the other machines would pass for gone
  } else if (scan_.hosts.empty() && !findings_.has_error()) {
    findings_.add(Severity::warning, message("scan.no_host"));
  }
  return {std::move(scan_), findings_.take()};
}

std::string canonical_ip(std::string_view text) {
  const std::string plain(trim(text).substr(0, 64));
  std::array<unsigned char, 16> address{};
  std::array<char, INET6_ADDRSTRLEN> canonical{};
  const int family = plain.find(':') == std::string::npos ? AF_INET : AF_INET6;
  const std::string bare = plain.substr(0, plain.find('%'));  // fe80::1%eth0
  if (::inet_pton(family, bare.c_str(), address.data()) != 1 ||
      ::inet_ntop(family, address.data(), canonical.data(), canonical.size()) == nullptr) {
    return {};
  }
  return canonical.data();
}

std::string host_name(std::string_view text) {
  std::string name = to_lower(one_line(text, max_name_bytes));
  while (!name.empty() && name.back() == '.') {
    name.pop_back();
  }
  return name;
}

void append_cves(std::string_view text, std::vector<std::string>& cves) {
  const auto digits_from = [&](std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') {
      ++end;
    }
    return end - at;
  };
  for (std::size_t at = 0; at + 13 <= text.size() && cves.size() < max_cves_per_weakness; ++at) {
    at = text.find_first_of("cC", at);
    if (at == std::string_view::npos) {
      return;
    }
    if (!starts_with_ignoring_case(text.substr(at), "CVE-") || digits_from(at + 4) != 4 ||
        text.substr(at + 8, 1) != "-") {
      continue;
    }
    const std::size_t serial = digits_from(at + 9);
    if (serial >= 4 && serial <= 10) {
      cves.push_back(to_upper(text.substr(at, 9 + serial)));
      at += 8 + serial;
    }
  }
}

std::uint8_t severity_of_cvss(double cvss) {
  if (cvss >= 9) {
    return 4;
  }
  if (cvss >= 7) {
    return 3;
  }
  if (cvss >= 4) {
    return 2;
  }
  return cvss > 0 ? 1 : 0;
}

double parse_cvss(std::string_view text) {
  const double number = parse_number(text).value_or(0);
  return number > 0 && number <= 10 ? number : 0;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  const auto number = parse_int(trim(text));
  if (!number || *number < 0 || *number > 65'535) {
    return std::nullopt;
  }
  return static_cast<std::uint16_t>(*number);
}

}  // namespace releve::intake
