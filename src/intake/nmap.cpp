// SPDX-License-Identifier: EUPL-1.2
// Nmap's -oX (and masscan's, which borrows it). Weaknesses come from scripts: vulners lists CVEs by product
// version; the vuln library of NSE (smb-vuln-*, http-vuln-*, rdp-vuln-*) writes "State: VULNERABLE".
#include "foundation/base/text.hpp"
#include "intake/readers.hpp"
#include "intake/scan_builder.hpp"
#include "intake/xml.hpp"

#include <algorithm>
#include <array>

namespace releve::intake {

namespace {

enum Tag : XmlTag {
  nmaprun,
  host,
  status,
  address,
  hostname,
  port,
  state,
  service,
  script,
  osmatch,
  hosts,
  trace,
  times,
  table,
  tag_count
};

constexpr std::array<std::string_view, tag_count> tag_names{
    "nmaprun", "host",   "status",  "address", "hostname", "port",  "state",
    "service", "script", "osmatch", "hosts",   "trace",    "times", "table"};
constexpr std::array<std::string_view, 1> roots{"nmaprun"};
constexpr std::size_t max_weaknesses_per_port = 100;

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) {
    if (!part.empty()) {
      text += text.empty() ? "" : " ";
      text += part;
    }
  }
  return one_line(text, max_name_bytes);
}

/// vulners writes one line per reference: identifier, CVSS score, address, "*EXPLOIT*" when there is one.
void read_vulners(std::string_view output, Weakness& weakness) {
  append_cves(output, weakness.cves);
  weakness.exploit_available = output.find("*EXPLOIT*") != std::string_view::npos;
  for (std::string_view rest = output; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view cells = trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t gap = cells.find_first_of(" \t");
    if (gap == std::string_view::npos || cells.find(':') < gap) {
      continue;  // "cpe:/a:apache:http_server:2.4.7:" heads the list
    }
    const std::string_view after = trim(cells.substr(gap));
    weakness.cvss = std::max(weakness.cvss, parse_cvss(after.substr(0, after.find_first_of(" \t"))));
  }
  weakness.severity = severity_of_cvss(weakness.cvss);
  std::string_view title = trim(trim(output).substr(0, trim(output).find('\n')));
  title.remove_suffix(title.ends_with(':') ? 1 : 0);
  weakness.title = one_line(title, max_title_bytes);
}

/// The text after `label` on its line, or "".
std::string_view labelled(std::string_view output, std::string_view label) {
  const std::size_t at = output.find(label);
  if (at == std::string_view::npos) {
    return {};
  }
  const std::string_view rest = output.substr(at + label.size());
  return trim(rest.substr(0, rest.find('\n')));
}

std::uint8_t severity_of_risk(std::string_view risk) {
  static constexpr std::array<std::string_view, 5> words{"NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (starts_with_ignoring_case(risk, words[i])) {
      return static_cast<std::uint8_t>(i);
    }
  }
  return 3;  // the scripts of this library look for what gives the machine away
}

/// Whether the output says VULNERABLE otherwise than in "NOT VULNERABLE".
bool says_vulnerable(std::string_view output) {
  static constexpr std::string_view word = "VULNERABLE";
  for (std::size_t at = output.find(word); at != std::string_view::npos; at = output.find(word, at + 1)) {
    if (!output.substr(0, at).ends_with("NOT ")) {
      return true;
    }
  }
  return false;
}

void read_vulnerable(std::string_view output, Weakness& weakness) {
  append_cves(output, weakness.cves);
  weakness.exploit_available = output.find("(Exploitable)") != std::string_view::npos;
  weakness.cvss = parse_cvss(labelled(output, "CVSSv2:").substr(0, 3));
  const std::string_view risk = labelled(output, "Risk factor:");
  weakness.severity =
      risk.empty() && weakness.cvss > 0 ? severity_of_cvss(weakness.cvss) : severity_of_risk(risk);
  std::string_view rest = trim(output);
  if (starts_with_ignoring_case(rest, "VULNERABLE:")) {
    rest = trim(rest.substr(11));
  }
  weakness.title = one_line(rest.substr(0, rest.find('\n')), max_title_bytes);
}

class NmapVisitor final : public XmlVisitor {
 public:
  NmapVisitor(ScanBuilder& builder, Findings& findings) : builder_(builder), findings_(findings) {}

  void open(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes) override;
  void close(XmlStream& xml, XmlTag tag) override;

 private:
  void end_host(std::int64_t line);
  void open_root(const XmlAttributes& attributes);
  void open_host(XmlStream& xml);
  void open_in_host(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes);
  void read_address(const XmlAttributes& attributes, std::int64_t line);
  void read_hostname(const XmlAttributes& attributes);
  void read_service(const XmlAttributes& attributes);
  void read_os(const XmlAttributes& attributes);
  void read_script(const XmlAttributes& attributes, std::int64_t line);
  void end_port(std::int64_t line);
  std::uint16_t smb_port() const;

  ScannedHost& current() { return builder_.host(index_); }

  ScanBuilder& builder_;
  Findings& findings_;
  HostIndex index_ = 0;
  bool in_host_ = false;
  bool in_port_ = false;
  bool down_ = false;
  bool up_ = false;
  bool named_by_pointer_ = false;
  std::int64_t os_accuracy_ = -1;
  std::string service_os_;
  OpenPort port_;
  bool port_open_ = false;
  std::vector<Weakness> port_weaknesses_;  // kept only if the port proves open
};

void NmapVisitor::open(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes) {
  if (xml.depth() == 1) {
    open_root(attributes);
  } else if (tag == host && xml.depth() == 2) {
    open_host(xml);
  } else if (in_host_) {
    open_in_host(xml, tag, attributes);
  } else if (tag == hosts) {
    // runstats: without -v machines that are down are only counted here.
    const auto down = parse_int(attributes["down"]).value_or(0);
    Scan& scan = builder_.scan();
    scan.hosts_down = std::max(scan.hosts_down, static_cast<std::uint64_t>(std::max<std::int64_t>(0, down)));
  }
}

void NmapVisitor::open_root(const XmlAttributes& attributes) {
  builder_.scan().scanner = joined({attributes["scanner"], attributes["version"]});
  const auto start = parse_int(attributes["start"]);
  if (start && *start > 0 && *start < 100'000'000'000) {
    builder_.scan().started = Instant(std::chrono::seconds(*start));
  }
}

void NmapVisitor::open_host(XmlStream& xml) {
  if (!builder_.open_host(xml.line())) {
    xml.skip();
    return;
  }
  index_ = builder_.host_count() - 1;
  in_host_ = true;
  down_ = up_ = named_by_pointer_ = in_port_ = false;
  os_accuracy_ = -1;
  service_os_.clear();
}

void NmapVisitor::open_in_host(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes) {
  switch (tag) {
    case status:
      down_ = attributes["state"] == "down";
      up_ = attributes["state"] == "up";
      break;
    case address:
      read_address(attributes, xml.line());
      break;
    case hostname:
      read_hostname(attributes);
      break;
    case port: {
      const auto number = parse_port(attributes["portid"]);
      if (!number) {
        findings_.add(Severity::warning,
                      message("scan.invalid_port", {{"text", one_line(attributes["portid"], 60)}}),
                      current().ip, xml.line());
        xml.skip();
        break;
      }
      const std::string_view protocol = attributes["protocol"];
      if (protocol != "tcp" && protocol != "udp") {
        xml.skip();
        break;
      }
      in_port_ = true;
      port_open_ = false;
      port_ = OpenPort{*number, protocol == "tcp", {}, {}};
      port_weaknesses_.clear();
      break;
    }
    case state:
      port_open_ = port_open_ || (in_port_ && attributes["state"] == "open");
      break;
    case service:
      read_service(attributes);
      break;
    case script:
      read_script(attributes, xml.line());
      break;
    case osmatch:
      read_os(attributes);
      break;
    case trace:
    case times:
    case table:
      xml.skip();
      break;
    default:
      break;
  }
}

void NmapVisitor::read_address(const XmlAttributes& attributes, std::int64_t line) {
  const std::string_view type = attributes["addrtype"];
  if (type == "mac") {
    current().mac = one_line(attributes["addr"], 64);
  } else if (current().ip.empty() || (type == "ipv4" && current().ip.find(':') != std::string::npos)) {
    builder_.set_ip(index_, attributes["addr"], line);
  }
}

void NmapVisitor::read_hostname(const XmlAttributes& attributes) {
  // The name the network gives (PTR) is worth more than the one typed on the command line.
  const bool pointer = attributes["type"] == "PTR";
  if (current().fqdn.empty() || (pointer && !named_by_pointer_)) {
    current().fqdn = host_name(attributes["name"]);
    named_by_pointer_ = pointer;
  }
}

void NmapVisitor::read_service(const XmlAttributes& attributes) {
  if (!in_port_) {
    return;
  }
  const std::string_view tunnel = attributes["tunnel"];
  port_.service = one_line(
      (tunnel.empty() ? "" : std::string(tunnel) + "/") + std::string(attributes["name"]), max_name_bytes);
  port_.product = joined({attributes["product"], attributes["version"], attributes["extrainfo"]});
  if (service_os_.empty()) {
    service_os_ = one_line(attributes["ostype"], max_name_bytes);
  }
}

void NmapVisitor::read_os(const XmlAttributes& attributes) {
  const std::int64_t accuracy = parse_int(attributes["accuracy"]).value_or(0);
  if (accuracy > os_accuracy_) {
    os_accuracy_ = accuracy;
    current().operating_system = one_line(attributes["name"], max_name_bytes);
  }
}

std::uint16_t NmapVisitor::smb_port() const {
  std::uint16_t found = 0;
  for (const OpenPort& known : builder_.scan().hosts[index_].ports) {
    if (known.tcp && (known.port == 445 || (known.port == 139 && found == 0))) {
      found = known.port;
    }
  }
  return found;
}

void NmapVisitor::read_script(const XmlAttributes& attributes, std::int64_t line) {
  const std::string_view id = attributes["id"];
  const std::string_view output = attributes["output"];
  if (id == "nbstat") {
    const std::string_view name = labelled(output, "NetBIOS name:");
    current().netbios = to_upper(one_line(name.substr(0, name.find(',')), max_name_bytes));
    return;
  }
  Weakness weakness;
  if (id == "vulners") {
    read_vulners(output, weakness);
  } else if (id.find("-vuln-") != std::string_view::npos ||
             output.find("State: ") != std::string_view::npos) {
    if (!says_vulnerable(output)) {
      return;
    }
    read_vulnerable(output, weakness);
  } else {
    return;
  }
  weakness.id = "nmap:" + one_line(id, 64);
  if (in_port_ && port_weaknesses_.size() >= max_weaknesses_per_port) {
    builder_.count_not_kept();
  } else if (in_port_) {
    weakness.port = port_.port;
    weakness.tcp = port_.tcp;
    port_weaknesses_.push_back(std::move(weakness));
  } else {
    // Scripts of the whole machine do not name their port; those of SMB have only these two.
    weakness.port = id.substr(0, 4) == "smb-" ? smb_port() : std::uint16_t{0};
    builder_.add_weakness(index_, std::move(weakness), line);
  }
}

void NmapVisitor::close(XmlStream& xml, XmlTag tag) {
  if (tag == port && in_port_) {
    end_port(xml.line());
  } else if (tag == host && xml.depth() == 2) {
    end_host(xml.line());
  }
}

void NmapVisitor::end_port(std::int64_t line) {
  in_port_ = false;
  if (!port_open_) {
    return;
  }
  builder_.add_port(index_, std::move(port_), line);
  for (Weakness& weakness : port_weaknesses_) {
    builder_.add_weakness(index_, std::move(weakness), line);
  }
}

void NmapVisitor::end_host(std::int64_t line) {
  if (!in_host_) {
    return;
  }
  in_host_ = false;
  if (current().operating_system.empty()) {
    current().operating_system = service_os_;
  }
  // masscan gives no status: an open port is proof enough.
  const bool answered = up_ || (!down_ && !current().ports.empty());
  const bool named = !current().ip.empty() || !current().fqdn.empty() || !current().netbios.empty();
  if (answered && !named) {
    findings_.add(Severity::warning, message("scan.host_without_name"), {}, line);
  }
  if (answered && named) {
    builder_.close_host(index_);
  } else {
    builder_.scan().hosts_down += down_ ? 1U : 0U;
    builder_.drop_last_host();
  }
}

}  // namespace

Imported<Scan> read_nmap(ByteSource& source, const std::string& file, const Limits& limits,
                         const Watch& watch) {
  Findings findings;
  findings.in_file(file);
  ScanBuilder builder(ScanFormat::nmap, limits, findings);
  NmapVisitor visitor(builder, findings);
  const XmlOutcome outcome = read_xml(source, {"Nmap", roots, tag_names}, limits, watch, visitor);
  return builder.finish(outcome);
}

}  // namespace releve::intake
