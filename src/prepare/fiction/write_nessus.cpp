// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/chance.hpp"
#include "prepare/fiction/output.hpp"
#include "prepare/fiction/writers.hpp"

namespace releve::fiction {
namespace {

std::string tag(const std::string& name, std::string_view value) {
  return value.empty() ? "" : "<tag name=\"" + name + "\">" + xml_text(value) + "</tag>\n";
}

std::string host_head(const std::string& name, const std::string& ip, const std::string& fqdn,
                      const std::string& netbios, const std::string& mac, const std::string& system,
                      bool credentialed) {
  return "<ReportHost name=\"" + xml_text(name) + "\"><HostProperties>\n" +
         tag("HOST_END", scanner_date(files_made + 900)) +
         tag("Credentialed_Scan", credentialed ? "true" : "false") + tag("operating-system", system) +
         tag("mac-address", mac) + tag("host-ip", ip) + tag("host-fqdn", fqdn) +
         tag("netbios-name", netbios) + tag("HOST_START", scanner_date(files_made)) + "</HostProperties>\n";
}

const char* risk_factor(int severity) {
  static constexpr const char* names[] = {"None", "Low", "Medium", "High", "Critical"};
  return names[severity];
}

std::string item(const WeaknessModel& weakness, const std::string& output) {
  std::string text = "<ReportItem port=\"" + std::to_string(weakness.port) + "\" svc_name=\"" +
                     xml_text(weakness.service) + "\" protocol=\"" +
                     (weakness.service == "snmp" ? "udp" : "tcp") + "\" severity=\"" +
                     std::to_string(weakness.severity) + "\" pluginID=\"" + std::to_string(weakness.plugin) +
                     "\" pluginName=\"" + xml_text(weakness.title) + "\" pluginFamily=\"" +
                     xml_text(weakness.family) + "\">\n";
  for (const std::string& cve : weakness.cves) {
    text += "<cve>" + cve + "</cve>\n";
  }
  if (weakness.cvss > 0) {
    text += "<cvss3_base_score>" + one_decimal(weakness.cvss) + "</cvss3_base_score>\n";
  }
  if (weakness.severity > 0) {
    text +=
        std::string("<exploit_available>") + (weakness.exploit ? "true" : "false") + "</exploit_available>\n";
  }
  text += std::string("<plugin_type>") + (weakness.port == 0 ? "local" : "remote") +
          "</plugin_type>\n<risk_factor>" + risk_factor(weakness.severity) + "</risk_factor>\n<solution>" +
          xml_text(weakness.solution) + "</solution>\n<synopsis>" + xml_text(weakness.synopsis) +
          "</synopsis>\n";
  if (!output.empty()) {
    text += "<plugin_output>" + xml_text(output) + "</plugin_output>\n";
  }
  return text + "</ReportItem>\n";
}

std::string scan_information(bool credentialed) {
  WeaknessModel information;
  information.plugin = 19506;
  information.title = "Nessus Scan Information";
  information.family = "Settings";
  information.service = "general";
  information.synopsis = "Information about the Nessus scan.";
  information.solution = "n/a";
  return item(
      information,
      std::string("Information about this scan :\n\nNessus version : 10.7.2\nCredentialed checks : ") +
          (credentialed ? "yes" : "no") + "\n");
}

std::string host_element(const FictionalHospital& hospital, const FictionalMachine& machine) {
  // A scanner names a machine by address; it knows the Windows name only of Windows machines.
  std::string text =
      host_head(machine.ip, machine.ip, machine.fqdn, machine.has("windows") ? machine.name : "", machine.mac,
                machine.system, machine.credentialed);
  text += scan_information(machine.credentialed);
  for (const std::uint32_t index : machine.weaknesses) {
    const WeaknessModel& weakness = hospital.flaws.weaknesses[index];
    const std::string output =
        weakness.plugin == 11936 ? "Remote operating system : " + machine.system + "\nConfidence level : 95\n"
                                 : "";
    text += item(weakness, output);
  }
  return text + "</ReportHost>\n";
}

/// A made-up host whose items hold much that no packer shortens.
std::string stretch_host(const FictionalHospital& hospital, const Chance& chance, std::uint32_t number) {
  const std::string key = "stretch/" + std::to_string(number);
  const std::string ip = "172." + std::to_string(16 + number / 65'536 % 16) + "." +
                         std::to_string(number / 256 % 256) + "." + std::to_string(number % 256);
  const std::string name = "X" + chance.hex(key, 1) + std::to_string(number);
  std::string text =
      host_head(ip, ip, "", name, "", "Windows Server 2019 Standard", true) + scan_information(true);
  const auto& weaknesses = hospital.flaws.weaknesses;
  for (std::uint32_t i = 0; i < 40; ++i) {
    const WeaknessModel& weakness = weaknesses[(number + i) % weaknesses.size()];
    // Items of real scans take 2 to 3 KB: most of it is what the plugin found.
    text += item(weakness, chance.hex(key + "/" + std::to_string(i), 200));
  }
  return text + "</ReportHost>\n";
}

}  // namespace

void write_nessus(const FictionalHospital& hospital, const std::string& path, Stretch stretch) {
  OutputFile file(path);
  file.write(
      "<?xml version=\"1.0\" ?>\n<NessusClientData_v2>\n<Policy><policyName>Réseau interne</policyName>\n"
      "<Preferences><ServerPreferences><preference><name>plugin_set</name>\n<value>");
  for (const WeaknessModel& weakness : hospital.flaws.weaknesses) {
    file.write(std::to_string(weakness.plugin) + ";");
  }
  file.write("</value>\n</preference>\n</ServerPreferences></Preferences></Policy>\n<Report name=\"" +
             xml_text(hospital.name) + "\" xmlns:cm=\"http://www.nessus.org/cm\">\n");
  for (const FictionalMachine& machine : hospital.machines) {
    if (machine.in_nessus) {
      file.write(host_element(hospital, machine));
    }
  }
  const Chance chance(hospital.seed);
  for (std::uint32_t number = 0; file.bytes_written() < stretch.bytes; ++number) {
    file.write(stretch_host(hospital, chance, number));
  }
  file.write("</Report>\n</NessusClientData_v2>\n");
  file.close();
}

}  // namespace releve::fiction
