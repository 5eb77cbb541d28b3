// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/output.hpp"
#include "prepare/fiction/writers.hpp"

namespace releve::fiction {
namespace {

std::string host_element(const FictionalMachine& machine) {
  const std::string seconds = std::to_string(files_made);
  std::string text = "<host starttime=\"" + seconds + "\" endtime=\"" + seconds +
                     "\"><status state=\"up\" reason=\"arp-response\" reason_ttl=\"0\"/>\n<address addr=\"" +
                     machine.ip + "\" addrtype=\"ipv4\"/>\n<address addr=\"" + machine.mac +
                     "\" addrtype=\"mac\"/>\n<hostnames>\n";
  if (!machine.fqdn.empty()) {
    text += "<hostname name=\"" + machine.fqdn + "\" type=\"PTR\"/>\n";
  }
  text += "</hostnames>\n<ports><extraports state=\"closed\" count=\"" +
          std::to_string(1000 - machine.ports.size()) + "\"><extrareasons reason=\"resets\" count=\"" +
          std::to_string(1000 - machine.ports.size()) + "\"/></extraports>\n";
  for (const intake::OpenPort& port : machine.ports) {
    text += std::string("<port protocol=\"") + (port.tcp ? "tcp" : "udp") + "\" portid=\"" +
            std::to_string(port.port) +
            "\"><state state=\"open\" reason=\"syn-ack\" reason_ttl=\"128\"/><service name=\"" +
            xml_text(port.service) + "\"";
    if (!port.product.empty()) {
      text += " product=\"" + xml_text(port.product) + "\"";
    }
    text += " method=\"probed\" conf=\"10\"/></port>\n";
  }
  return text + "</ports>\n<os><osmatch name=\"" + xml_text(machine.system) +
         "\" accuracy=\"96\" line=\"1\"/></os>\n</host>\n";
}

/// Addresses that did not answer: there are always more of them.
std::string down_element(const std::string& address) {
  return "<host><status state=\"down\" reason=\"no-response\" reason_ttl=\"0\"/><address addr=\"" + address +
         "\" addrtype=\"ipv4\"/></host>\n";
}

}  // namespace

void write_nmap(const FictionalHospital& hospital, const std::string& path) {
  OutputFile file(path);
  const std::string date = scanner_date(files_made);
  const std::string command = "nmap -sS -sV -O -oX nmap.xml " + hospital.inventory.zones[0].addresses[0];
  file.write(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE nmaprun>\n<!-- Nmap 7.94 scan initiated " +
      date + " as: " + command + " -->\n<nmaprun scanner=\"nmap\" args=\"" + command + "\" start=\"" +
      std::to_string(files_made) + "\" startstr=\"" + date +
      "\" version=\"7.94\" xmloutputversion=\"1.05\">\n");
  std::size_t up = 0;
  std::size_t down = 0;
  for (const FictionalMachine& machine : hospital.machines) {
    if (machine.in_nmap) {
      file.write(host_element(machine));
      ++up;
    } else if (!machine.stale && machine.role == MachineRole::workstation) {
      file.write(down_element(machine.ip));
      ++down;
    }
  }
  const std::string end = std::to_string(files_made + 7'200);
  file.write("<runstats><finished time=\"" + end + "\" timestr=\"" + scanner_date(files_made + 7'200) +
             "\" elapsed=\"7200\" exit=\"success\"/><hosts up=\"" + std::to_string(up) + "\" down=\"" +
             std::to_string(down) + "\" total=\"" + std::to_string(up + down) +
             "\"/>\n</runstats>\n</nmaprun>\n");
  file.close();
}

}  // namespace releve::fiction
