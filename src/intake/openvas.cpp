// SPDX-License-Identifier: EUPL-1.2
// OpenVAS / Greenbone (GMP) XML reports: the inner <report> alone, inside the outer one, or inside the
// response to get_reports. Results name their host by address; its details come apart, before or after.
#include "foundation/base/text.hpp"
#include "intake/readers.hpp"
#include "intake/scan_builder.hpp"
#include "intake/xml.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace releve::intake {

namespace {

enum Tag : XmlTag {
  report,
  response,
  gmp,
  version,
  results,
  result,
  host,
  hostname,
  asset,
  ip,
  port,
  nvt,
  name,
  value,
  cvss_base,
  solution,
  tags,
  refs,
  ref,
  cve,
  threat,
  severity,
  qod,
  detail,
  scan_start,
  notes,
  overrides,
  detection,
  task,
  filters,
  tag_count
};

constexpr std::array<std::string_view, tag_count> tag_names{"report",     "get_reports_response",
                                                            "gmp",        "version",
                                                            "results",    "result",
                                                            "host",       "hostname",
                                                            "asset",      "ip",
                                                            "port",       "nvt",
                                                            "name",       "value",
                                                            "cvss_base",  "solution",
                                                            "tags",       "refs",
                                                            "ref",        "cve",
                                                            "threat",     "severity",
                                                            "qod",        "detail",
                                                            "scan_start", "notes",
                                                            "overrides",  "detection",
                                                            "task",       "filters"};
constexpr std::array<std::string_view, 2> roots{"report", "get_reports_response"};

// Below this quality of detection Greenbone itself speaks of a guess from a banner or less.
constexpr std::int64_t min_quality = 30;

/// The value of `key` in "key=value|key=value".
std::string_view tag_value(std::string_view list, std::string_view key) {
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find('|', at), list.size());
    const std::string_view entry = list.substr(at, end - at);
    if (entry.size() > key.size() && entry.substr(0, key.size()) == key && entry[key.size()] == '=') {
      return entry.substr(key.size() + 1);
    }
    at = end + 1;
  }
  return {};
}

std::uint8_t severity_of_threat(std::string_view threat) {
  const std::string word = to_lower(threat);
  if (word == "critical") {
    return 4;
  }
  if (word == "high") {
    return 3;
  }
  if (word == "medium") {
    return 2;
  }
  return word == "low" ? 1 : 0;
}

/// One <result> while it is read.
struct Result {
  Weakness weakness;
  std::string host_text;
  std::string host_name;
  std::string own_name;
  std::string port_text;
  std::string threat;
  std::optional<double> severity;
  double base = 0;
  std::int64_t quality = 100;  // older files give none
};

/// One <host> of the report while it is read.
struct HostDetails {
  std::string address;
  std::string hostname;
  std::string system_text;
  std::string system_cpe;
  std::string mac;
  std::optional<bool> credentialed;
  std::string detail_name;
  std::string detail_value;
};

class OpenVasVisitor final : public XmlVisitor {
 public:
  OpenVasVisitor(ScanBuilder& builder, Findings& findings) : builder_(builder), findings_(findings) {}

  void open(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes) override;
  void close(XmlStream& xml, XmlTag tag) override;

  bool saw_report() const { return saw_report_; }

 private:
  void open_in_result(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes);
  void close_in_result(XmlStream& xml, XmlTag tag);
  void close_in_nvt(XmlStream& xml, XmlTag tag);
  void close_in_host(XmlStream& xml, XmlTag tag);
  void close_detail();
  void close_result(std::int64_t line);
  void close_host(std::int64_t line);
  void read_port(HostIndex index, std::int64_t line);
  std::optional<HostIndex> host_called(const std::string& address, const std::string& called,
                                       std::int64_t line);

  ScanBuilder& builder_;
  Findings& findings_;
  unsigned result_depth_ = 0;  // 0: not in one
  unsigned host_depth_ = 0;
  Result result_;
  HostDetails details_;
  bool saw_report_ = false;
  std::unordered_map<std::string, HostIndex> known_;  // by address as written, else by name
};

void OpenVasVisitor::open(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes) {
  if (result_depth_ != 0) {
    open_in_result(xml, tag, attributes);
  } else if (host_depth_ != 0) {
    if (xml.depth() == host_depth_ + 1 && tag == detail) {
      details_.detail_name.clear();
      details_.detail_value.clear();
    } else if (tag == ip || ((tag == name || tag == value) && xml.ancestor(1) == detail)) {
      xml.collect(1'000);
    }
  } else if (tag == result && xml.ancestor(1) == results) {
    result_depth_ = xml.depth();
    result_ = Result{};
  } else if (tag == host && xml.ancestor(1) == report) {
    host_depth_ = xml.depth();
    details_ = HostDetails{};
  } else if (tag == task || tag == filters) {
    xml.skip();
  } else if (tag == scan_start || (tag == version && xml.ancestor(1) == gmp)) {
    xml.collect(60);
  }
  saw_report_ =
      saw_report_ || ((tag == results || tag == scan_start || tag == host) && xml.ancestor(1) == report);
}

void OpenVasVisitor::open_in_result(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes) {
  const unsigned level = xml.depth() - result_depth_;
  if (level == 1) {
    switch (tag) {
      case notes:
      case overrides:
      case detection:
        xml.skip();
        break;
      case nvt:
        result_.weakness.id = "oid:" + one_line(attributes["oid"], 100);
        break;
      case name:
      case host:
      case port:
        xml.collect(1'000);
        break;
      case threat:
      case severity:
        xml.collect(32);
        break;
      default:
        break;
    }
    return;
  }
  const XmlTag parent = xml.ancestor(1);
  if (level == 2 && parent == host) {
    if (result_.host_text.empty()) {
      result_.host_text = one_line(xml.text(), max_name_bytes);  // its own text ends where a child begins
    }
    if (tag == hostname) {
      xml.collect(1'000);
    }
  } else if (level == 2 && parent == qod && tag == value) {
    xml.collect(32);
  } else if (level == 2 && parent == nvt) {
    switch (tag) {
      case name:
        xml.collect(1'000);
        break;
      case cvss_base:
        xml.collect(32);
        break;
      case solution:
        xml.collect(2 * max_solution_bytes);
        break;
      case tags:
        xml.collect(100'000);
        break;
      case cve:
        xml.collect(20'000);
        break;
      default:
        break;
    }
  } else if (level == 3 && tag == ref && parent == refs && to_lower(attributes["type"]) == "cve") {
    append_cves(attributes["id"], result_.weakness.cves);
  }
}

void OpenVasVisitor::close(XmlStream& xml, XmlTag tag) {
  if (result_depth_ != 0) {
    if (xml.depth() == result_depth_) {
      close_result(xml.line());
    } else {
      close_in_result(xml, tag);
    }
  } else if (host_depth_ != 0) {
    if (xml.depth() == host_depth_) {
      close_host(xml.line());
    } else {
      close_in_host(xml, tag);
    }
  } else if (tag == scan_start && !builder_.scan().started) {
    const auto start = parse_rfc3339(xml.text());
    if (start.ok()) {
      builder_.scan().started = *start;
    }
  } else if (tag == version && xml.ancestor(1) == gmp) {
    builder_.scan().scanner = "OpenVAS (GMP " + std::string(xml.text()) + ")";
  }
}

void OpenVasVisitor::close_in_result(XmlStream& xml, XmlTag tag) {
  const unsigned level = xml.depth() - result_depth_;
  if (level == 2) {
    const XmlTag parent = xml.ancestor(1);
    if (parent == nvt) {
      close_in_nvt(xml, tag);
    } else if (parent == host && tag == hostname) {
      result_.host_name = host_name(xml.text());
    } else if (parent == qod && tag == value) {
      result_.quality = parse_int(xml.text()).value_or(100);
    }
    return;
  }
  if (level != 1) {
    return;
  }
  switch (tag) {
    case name:
      result_.own_name = one_line(xml.text(), max_title_bytes);
      break;
    case host:
      if (result_.host_text.empty()) {
        result_.host_text = one_line(xml.text(), max_name_bytes);
      }
      break;
    case port:
      result_.port_text = one_line(xml.text(), max_name_bytes);
      break;
    case threat:
      result_.threat = std::string(xml.text());
      break;
    case severity:
      result_.severity = parse_number(xml.text());
      break;
    default:
      break;
  }
}

void OpenVasVisitor::close_in_nvt(XmlStream& xml, XmlTag tag) {
  Weakness& weakness = result_.weakness;
  switch (tag) {
    case name:
      weakness.title = one_line(xml.text(), max_title_bytes);
      break;
    case cvss_base:
      result_.base = parse_cvss(xml.text());
      break;
    case solution:
      if (!xml.text().empty()) {
        weakness.solution = one_line(xml.text(), max_solution_bytes);
      }
      break;
    case tags:
      if (weakness.solution.empty()) {
        weakness.solution = one_line(tag_value(xml.text(), "solution"), max_solution_bytes);
      }
      break;
    case cve:
      append_cves(xml.text(), weakness.cves);
      break;
    default:
      break;
  }
}

void OpenVasVisitor::close_in_host(XmlStream& xml, XmlTag tag) {
  const bool direct = xml.depth() == host_depth_ + 1;
  if (direct && tag == ip) {
    details_.address = one_line(xml.text(), max_name_bytes);
  } else if (direct && tag == detail) {
    close_detail();
  } else if (xml.depth() == host_depth_ + 2 && xml.ancestor(1) == detail) {
    if (tag == name) {
      details_.detail_name = one_line(xml.text(), max_name_bytes);
    } else if (tag == value) {
      details_.detail_value = one_line(xml.text(), max_name_bytes);
    }
  }
}

void OpenVasVisitor::close_detail() {
  const std::string& called = details_.detail_name;
  std::string& text = details_.detail_value;
  if (called == "hostname" && details_.hostname.empty()) {
    details_.hostname = host_name(text);
  } else if (called == "best_os_txt") {
    details_.system_text = std::move(text);
  } else if (called == "best_os_cpe") {
    details_.system_cpe = std::move(text);
  } else if (called == "MAC") {
    details_.mac = std::move(text);
  } else if (called.starts_with("Auth-") && called.ends_with("-Success")) {
    details_.credentialed = true;
  } else if (called.starts_with("Auth-") && called.ends_with("-Failure") && !details_.credentialed) {
    details_.credentialed = false;
  }
}

std::optional<HostIndex> OpenVasVisitor::host_called(const std::string& address, const std::string& called,
                                                     std::int64_t line) {
  if (address.empty() && called.empty()) {
    findings_.add(Severity::warning, message("scan.host_without_name"), {}, line);
    return std::nullopt;
  }
  const auto known = known_.find(address.empty() ? called : address);
  if (known != known_.end()) {
    return known->second;
  }
  if (!builder_.open_host(line)) {
    return std::nullopt;
  }
  const HostIndex index = builder_.host_count() - 1;
  known_.emplace(address.empty() ? called : address, index);
  builder_.charge(100 + address.size() + called.size());
  if (!address.empty() && !builder_.set_ip(index, address, line) && called.empty()) {
    builder_.host(index).fqdn = host_name(address);
  }
  return index;
}

void OpenVasVisitor::read_port(HostIndex index, std::int64_t line) {
  // "445/tcp", "general/tcp", and in older files "microsoft-ds (445/tcp)" or "445/tcp (IANA: microsoft-ds)".
  const std::string_view text = result_.port_text;
  const std::size_t slash = text.find('/');
  const std::string_view protocol = slash == std::string_view::npos ? "" : text.substr(slash + 1, 3);
  if (protocol != "tcp" && protocol != "udp") {
    return;
  }
  std::size_t begin = slash;
  while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') {
    --begin;
  }
  const std::optional<std::uint16_t> number = parse_port(text.substr(begin, slash - begin));
  result_.weakness.tcp = protocol == "tcp";
  if (!number || *number == 0) {
    return;  // "general": the machine itself
  }
  result_.weakness.port = *number;
  const std::size_t bracket = text.find(" (");
  std::string_view service =
      bracket != std::string_view::npos && bracket < begin ? text.substr(0, bracket) : "";
  builder_.add_port(index, OpenPort{*number, result_.weakness.tcp, std::string(service), {}}, line);
}

void OpenVasVisitor::close_result(std::int64_t line) {
  result_depth_ = 0;
  const auto index = host_called(result_.host_text, result_.host_name, line);
  if (!index) {
    builder_.count_not_kept();
    return;
  }
  if (builder_.host(*index).fqdn.empty()) {
    builder_.host(*index).fqdn = result_.host_name;
  }
  read_port(*index, line);
  Weakness& weakness = result_.weakness;
  weakness.title = weakness.title.empty() ? result_.own_name : weakness.title;
  const double given = result_.severity.value_or(result_.base);
  weakness.cvss = given > 0 && given <= 10 ? given : 0;
  weakness.severity = result_.severity ? severity_of_cvss(weakness.cvss) : severity_of_threat(result_.threat);
  // -1 to -3 are Greenbone's false positive, debug and error.
  const bool refuted = given < 0 || to_lower(result_.threat) == "false positive";
  if (refuted || result_.quality < min_quality) {
    builder_.count_not_kept();
  } else {
    builder_.add_weakness(*index, std::move(weakness), line);
  }
}

void OpenVasVisitor::close_host(std::int64_t line) {
  host_depth_ = 0;
  const auto index = host_called(details_.address, details_.hostname, line);
  if (!index) {
    return;
  }
  ScannedHost& found = builder_.host(*index);
  if (!details_.hostname.empty()) {
    found.fqdn = details_.hostname;
  }
  found.operating_system = details_.system_text.empty() ? details_.system_cpe : details_.system_text;
  found.mac = details_.mac;
  found.credentialed = details_.credentialed;
  builder_.close_host(*index);
}

}  // namespace

Imported<Scan> read_openvas(ByteSource& source, const std::string& file, const Limits& limits,
                            const Watch& watch) {
  Findings findings;
  findings.in_file(file);
  ScanBuilder builder(ScanFormat::openvas, limits, findings);
  builder.scan().scanner = "OpenVAS";
  OpenVasVisitor visitor(builder, findings);
  const XmlOutcome outcome = read_xml(source, {"OpenVAS", roots, tag_names}, limits, watch, visitor);
  if (outcome.whole && !visitor.saw_report()) {
    // "report" is a common name: another program's report, or a summary asked for without its details.
    findings.add(Severity::error, message("scan.not_openvas"), "report", 1);
  }
  return builder.finish(outcome);
}

}  // namespace releve::intake
