// SPDX-License-Identifier: EUPL-1.2
// Nessus v2. A file of half a gigabyte holds half a million ReportItem: nearly all their text is skipped.
#include "foundation/base/text.hpp"
#include "intake/readers.hpp"
#include "intake/scan_builder.hpp"
#include "intake/xml.hpp"

#include <algorithm>
#include <array>

namespace releve::intake {

namespace {

enum Tag : XmlTag {
  root,
  policy,
  report,
  report_host,
  host_properties,
  property,
  report_item,
  cve,
  cvss3,
  cvss2,
  exploit,
  exploited_by_malware,
  framework_metasploit,
  framework_core,
  framework_canvas,
  solution,
  plugin_output,
  tag_count
};

constexpr std::array<std::string_view, tag_count> tag_names{"NessusClientData_v2",
                                                            "Policy",
                                                            "Report",
                                                            "ReportHost",
                                                            "HostProperties",
                                                            "tag",
                                                            "ReportItem",
                                                            "cve",
                                                            "cvss3_base_score",
                                                            "cvss_base_score",
                                                            "exploit_available",
                                                            "exploited_by_malware",
                                                            "exploit_framework_metasploit",
                                                            "exploit_framework_core",
                                                            "exploit_framework_canvas",
                                                            "solution",
                                                            "plugin_output"};
constexpr std::array<std::string_view, 1> roots{"NessusClientData_v2"};
constexpr std::string_view scan_information = "19506";  // the plugin that tells how the scan went

enum class Property { none, ip, fqdn, rdns, netbios, system, mac, credentialed, start, start_seconds };

Property property_named(std::string_view name) {
  struct Named {
    std::string_view name;
    Property property;
  };

  static constexpr std::array<Named, 9> known{{{"host-ip", Property::ip},
                                               {"host-fqdn", Property::fqdn},
                                               {"host-rdns", Property::rdns},
                                               {"netbios-name", Property::netbios},
                                               {"operating-system", Property::system},
                                               {"mac-address", Property::mac},
                                               {"Credentialed_Scan", Property::credentialed},
                                               {"HOST_START", Property::start},
                                               {"HOST_START_TIMESTAMP", Property::start_seconds}}};
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const Named& entry) { return entry.name == name; });
  return found == known.end() ? Property::none : found->property;
}

std::string_view first_line(std::string_view text) {
  return trim(text.substr(0, text.find('\n')));
}

/// "Mon Jul  1 11:33:11 2013", in the scanner's own hour: read as UTC, for want of a zone.
std::optional<Instant> parse_start(std::string_view text) {
  static constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 24) {
    return std::nullopt;
  }
  const std::size_t month = months.find(text.substr(4, 3));
  const auto day = parse_int(trim(text.substr(8, 2)));
  if (month == std::string_view::npos || month % 3 != 0 || !day || *day < 1 || *day > 31) {
    return std::nullopt;
  }
  const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const auto parsed =
      parse_rfc3339(std::string(text.substr(20, 4)) + "-" + two(static_cast<std::int64_t>(month / 3 + 1)) +
                    "-" + two(*day) + "T" + std::string(text.substr(11, 8)) + "Z");
  return parsed.ok() ? std::optional<Instant>(*parsed) : std::nullopt;
}

class NessusVisitor final : public XmlVisitor {
 public:
  NessusVisitor(ScanBuilder& builder, Findings& findings) : builder_(builder), findings_(findings) {}

  void open(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes) override;
  void close(XmlStream& xml, XmlTag tag) override;

 private:
  void end_host(std::int64_t line);
  void open_host(XmlStream& xml, const XmlAttributes& attributes);
  void open_item(XmlStream& xml, const XmlAttributes& attributes);
  void open_in_item(XmlStream& xml, XmlTag tag);
  void close_property(std::string_view text, std::int64_t line);
  void close_in_item(XmlTag tag, std::string_view text);
  void close_item(std::int64_t line);
  void read_scan_information(std::string_view output);
  void started(std::optional<Instant> instant);

  ScannedHost& current() { return builder_.host(index_); }

  ScanBuilder& builder_;
  Findings& findings_;
  HostIndex index_ = 0;
  bool in_host_ = false;
  bool in_item_ = false;
  std::string host_label_;  // ReportHost@name: an address or a name, as the user wrote the target
  std::string reverse_name_;
  std::optional<bool> told_by_plugin_;
  Property property_ = Property::none;
  Weakness item_;
  bool is_information_ = false;
  bool has_cvss3_ = false;
};

void NessusVisitor::open(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes) {
  if (in_item_) {
    open_in_item(xml, tag);
  } else if (tag == policy) {
    xml.skip();
  } else if (tag == report_host && !in_host_) {
    open_host(xml, attributes);
  } else if (in_host_ && tag == property && xml.ancestor(1) == host_properties) {
    property_ = property_named(attributes["name"]);
    if (property_ != Property::none) {
      xml.collect(1'000);
    }
  } else if (in_host_ && tag == report_item) {
    open_item(xml, attributes);
  }
}

void NessusVisitor::open_host(XmlStream& xml, const XmlAttributes& attributes) {
  if (!builder_.open_host(xml.line())) {
    xml.skip();
    return;
  }
  index_ = builder_.host_count() - 1;
  in_host_ = true;
  host_label_ = one_line(attributes["name"], max_name_bytes);
  reverse_name_.clear();
  told_by_plugin_.reset();
}

void NessusVisitor::open_item(XmlStream& xml, const XmlAttributes& attributes) {
  in_item_ = true;
  has_cvss3_ = false;
  const std::string_view plugin = attributes["pluginID"];
  is_information_ = plugin == scan_information;
  item_.id.assign("nessus:").append(plugin.substr(0, 32));
  item_.title = one_line(attributes["pluginName"], max_title_bytes);
  item_.cves.clear();
  item_.cvss = 0;
  item_.exploit_available = false;
  item_.solution.clear();
  item_.severity = static_cast<std::uint8_t>(
      std::clamp<std::int64_t>(parse_int(trim(attributes["severity"])).value_or(0), 0, 4));
  const std::string_view protocol = attributes["protocol"];
  item_.tcp = protocol != "udp";
  const auto number = parse_port(attributes["port"]);
  if (!number) {
    findings_.add(Severity::warning,
                  message("scan.invalid_port", {{"text", one_line(attributes["port"], 60)}}), host_label_,
                  xml.line());
  }
  item_.port = number.value_or(0);
  if (item_.port != 0 && (protocol == "tcp" || protocol == "udp")) {
    std::string_view service = attributes["svc_name"];
    service = service.substr(0, service.find('?'));  // "www?": a guess from the port number
    builder_.add_port(index_, OpenPort{item_.port, item_.tcp, one_line(service, max_name_bytes), {}},
                      xml.line());
  }
}

void NessusVisitor::open_in_item(XmlStream& xml, XmlTag tag) {
  switch (tag) {
    case cve:
      xml.collect(100);
      break;
    case cvss3:
    case cvss2:
    case exploit:
    case exploited_by_malware:
    case framework_metasploit:
    case framework_core:
    case framework_canvas:
      xml.collect(16);
      break;
    case solution:
      xml.collect(2 * max_solution_bytes);
      break;
    case plugin_output:
      if (is_information_) {
        xml.collect(16'000);
      }
      break;
    default:
      break;
  }
}

void NessusVisitor::close(XmlStream& xml, XmlTag tag) {
  if (in_item_) {
    if (tag == report_item) {
      close_item(xml.line());
    } else if (xml.ancestor(1) == report_item) {
      close_in_item(tag, xml.text());
    }
  } else if (in_host_ && tag == property) {
    close_property(xml.text(), xml.line());
    property_ = Property::none;
  } else if (in_host_ && tag == report_host) {
    end_host(xml.line());
  }
}

void NessusVisitor::close_property(std::string_view text, std::int64_t line) {
  switch (property_) {
    case Property::none:
      break;
    case Property::ip:
      builder_.set_ip(index_, text, line);
      break;
    case Property::fqdn:
      current().fqdn = host_name(text);
      break;
    case Property::rdns:
      reverse_name_ = host_name(text);
      break;
    case Property::netbios: {
      const std::size_t domain = text.rfind('\\');
      current().netbios = to_upper(
          one_line(domain == std::string_view::npos ? text : text.substr(domain + 1), max_name_bytes));
      break;
    }
    // Both may list several, one a line; the first is the best.
    case Property::system:
      current().operating_system = one_line(first_line(text), max_name_bytes);
      break;
    case Property::mac:
      current().mac = one_line(first_line(text), 64);
      break;
    case Property::credentialed:
      current().credentialed = to_lower(text) == "true";
      break;
    case Property::start:
      started(parse_start(text));
      break;
    case Property::start_seconds: {
      const auto seconds = parse_int(text);
      if (seconds && *seconds > 0 && *seconds < 100'000'000'000) {
        started(Instant(std::chrono::seconds(*seconds)));
      }
      break;
    }
  }
}

void NessusVisitor::started(std::optional<Instant> instant) {
  std::optional<Instant>& first = builder_.scan().started;
  if (instant && (!first || *instant < *first)) {
    first = instant;
  }
}

void NessusVisitor::close_in_item(XmlTag tag, std::string_view text) {
  switch (tag) {
    case cve:
      append_cves(text, item_.cves);
      break;
    case cvss3:
      item_.cvss = parse_cvss(text);
      has_cvss3_ = item_.cvss > 0;
      break;
    case cvss2:
      if (!has_cvss3_) {
        item_.cvss = parse_cvss(text);
      }
      break;
    case exploit:
    case exploited_by_malware:
    case framework_metasploit:
    case framework_core:
    case framework_canvas:
      item_.exploit_available = item_.exploit_available || to_lower(text) == "true";
      break;
    case solution:
      if (to_lower(text) != "n/a") {
        item_.solution = one_line(text, max_solution_bytes);
      }
      break;
    case plugin_output:
      if (is_information_) {
        read_scan_information(text);
      }
      break;
    default:
      break;
  }
}

void NessusVisitor::read_scan_information(std::string_view output) {
  const auto labelled = [&](std::string_view label) {
    const std::size_t at = output.find(label);
    return at == std::string_view::npos ? std::string_view() : first_line(output.substr(at + label.size()));
  };
  const std::string_view version = labelled("Nessus version :");
  if (!version.empty() && builder_.scan().scanner == "Nessus") {
    builder_.scan().scanner = "Nessus " + one_line(version, 60);
  }
  const std::string_view credentialed = labelled("Credentialed checks :");
  if (!credentialed.empty()) {
    told_by_plugin_ = starts_with_ignoring_case(credentialed, "yes");
  }
}

void NessusVisitor::close_item(std::int64_t line) {
  in_item_ = false;
  if (item_.severity < 2 && item_.cves.empty()) {
    builder_.count_not_kept();
  } else {
    builder_.add_weakness(index_, std::move(item_), line);
    item_ = Weakness{};
  }
}

void NessusVisitor::end_host(std::int64_t line) {
  in_host_ = in_item_ = false;
  ScannedHost& done = current();
  if (!done.credentialed) {
    done.credentialed = told_by_plugin_;
  }
  const std::string label_ip = canonical_ip(host_label_);
  if (done.ip.empty()) {
    done.ip = label_ip;
  }
  if (done.fqdn.empty()) {
    done.fqdn = reverse_name_.empty() && label_ip.empty() ? host_name(host_label_) : reverse_name_;
  }
  if (done.ip.empty() && done.fqdn.empty() && done.netbios.empty()) {
    findings_.add(Severity::warning, message("scan.host_without_name"), {}, line);
    builder_.drop_last_host();
  } else {
    builder_.close_host(index_);
  }
}

}  // namespace

Imported<Scan> read_nessus(ByteSource& source, const std::string& file, const Limits& limits,
                           const Watch& watch) {
  Findings findings;
  findings.in_file(file);
  ScanBuilder builder(ScanFormat::nessus, limits, findings);
  builder.scan().scanner = "Nessus";
  NessusVisitor visitor(builder, findings);
  const XmlOutcome outcome = read_xml(source, {"Nessus", roots, tag_names}, limits, watch, visitor);
  return builder.finish(outcome);
}

}  // namespace releve::intake
