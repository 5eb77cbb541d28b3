// SPDX-License-Identifier: EUPL-1.2
#include "intake/scan_for_tests.hpp"

namespace releve::intake {
namespace {

std::string in_host(const std::string& content) {
  return "<NessusClientData_v2><Report><ReportHost name='10.0.0.1'>" + content +
         "</ReportHost></Report></NessusClientData_v2>";
}

std::string item(const std::string& attributes, const std::string& content = "") {
  return "<ReportItem protocol='tcp' pluginID='1' pluginName='x' svc_name='s' " + attributes + ">" + content +
         "</ReportItem>";
}

TEST(nessus, reads_machines_ports_and_weaknesses) {
  const auto read = read_bytes(read_nessus, corpus_file("nessus", "two-hosts.nessus"));
  EXPECT_TRUE(read.findings.empty());
  const Scan& scan = read.value;
  EXPECT_EQ(scan.format, ScanFormat::nessus);
  EXPECT_EQ(scan.scanner, "Nessus 10.6.4");
  EXPECT_EQ(to_rfc3339(scan.started.value()), "2025-11-30T10:20:00.000Z");  // the earlier of the two
  EXPECT_EQ(scan.weaknesses_not_kept, 5U);
  ASSERT_EQ(scan.hosts.size(), 2U);
  const ScannedHost& pacs = scan.hosts[0];
  EXPECT_EQ(pacs.ip, "10.20.0.31");
  EXPECT_EQ(pacs.fqdn, "srv-pacs.chsa.local");
  EXPECT_EQ(pacs.netbios, "SRV-PACS");
  EXPECT_EQ(pacs.mac, "02:00:00:AA:BB:31");
  EXPECT_EQ(pacs.operating_system, "Microsoft Windows Server 2016 Standard");
  EXPECT_EQ(pacs.credentialed, true);  // from plugin 19506: no property
  EXPECT_EQ(pacs.ports, (std::vector<OpenPort>{{445, true, "cifs", ""},
                                               {3389, true, "msrdp", ""},
                                               {161, false, "snmp", ""},
                                               {80, true, "www", ""}}));
  ASSERT_EQ(pacs.weaknesses.size(), 3U);
  Weakness eternal;
  eternal.id = "nessus:97833";
  eternal.title = "MS17-010: Security Update for Microsoft Windows SMB Server (ETERNALBLUE) & others";
  eternal.cves = {"CVE-2017-0143", "CVE-2017-0144"};
  eternal.port = 445;
  eternal.severity = 4;
  eternal.cvss = 8.1;  // version 3 is preferred, whatever the order
  eternal.exploit_available = true;
  eternal.solution = "Apply the update, then restart.";
  EXPECT_EQ(pacs.weaknesses[0], eternal);
  EXPECT_EQ(pacs.weaknesses[1].solution, "");  // "n/a"
  EXPECT_EQ(pacs.weaknesses[2].severity, 1);   // low, kept for its CVE
  EXPECT_FALSE(pacs.weaknesses[2].tcp);
  const ScannedHost& machine = scan.hosts[1];
  EXPECT_EQ(machine.ip, "");
  EXPECT_EQ(machine.fqdn, "automate-labo");
  EXPECT_EQ(machine.credentialed, false);
  EXPECT_EQ(machine.ports, (std::vector<OpenPort>{{104, true, "dicom", ""}}));
}

TEST(nessus, declared_latin1_is_read_and_undeclared_is_found) {
  const auto declared = read_bytes(read_nessus, corpus_file("nessus", "latin1.nessus"));
  EXPECT_EQ(declared.value.hosts.at(0).weaknesses.at(1).title, "NLA non exigée");
  EXPECT_TRUE(declared.findings.empty());
  const auto wrong = read_bytes(read_nessus, corpus_file("nessus", "wrong-bytes.nessus"));
  EXPECT_EQ(finding_codes(wrong.findings), std::vector<std::string>{"E xml.wrong_bytes"});
  EXPECT_EQ(wrong.findings[0].line, 36);
  EXPECT_TRUE(wrong.value.hosts.empty());
}

TEST(nessus, corpus_and_every_cut_of_it) {
  replay_and_cut(read_nessus, "nessus", "two-hosts.nessus");
}

TEST(nessus, item_is_kept_for_its_severity_or_its_cve) {
  struct Case {
    std::string item;
    bool kept;
  };

  for (const Case& given :
       {Case{item("severity='1' port='0'"), false}, Case{item("severity='2' port='0'"), true},
        Case{item("severity='0' port='0'", "<cve>CVE-2020-12345</cve>"), true},
        Case{item("severity='0' port='0'", "<cve>unknown</cve>"), false},
        Case{item("severity='x' port='0'"), false}, Case{item("port='0'"), false},
        Case{item("severity='99' port='0'"), true}}) {
    const auto read = read_bytes(read_nessus, in_host(given.item));
    EXPECT_EQ(read.value.hosts.at(0).weaknesses.size(), given.kept ? 1U : 0U) << given.item;
    EXPECT_EQ(read.value.weaknesses_not_kept, given.kept ? 0U : 1U) << given.item;
  }
}

TEST(nessus, texts_are_cut_short) {
  const std::string long_text(5'000, 'x');
  const auto read = read_bytes(
      read_nessus,
      in_host("<ReportItem protocol='tcp' port='1' severity='4' pluginID='1' svc_name='s' pluginName='" +
              long_text + "'><solution>" + long_text + "</solution></ReportItem>"));
  const Weakness& weakness = read.value.hosts.at(0).weaknesses.at(0);
  EXPECT_EQ(weakness.title.size(), 200U);
  EXPECT_EQ(weakness.solution.size(), 300U);
}

TEST(nessus, ports_out_of_range_are_said) {
  const auto read = read_bytes(read_nessus, corpus_file("nessus", "bad-port.nessus"));
  EXPECT_EQ(finding_codes(read.findings), std::vector<std::string>{"W scan.invalid_port"});
  EXPECT_EQ(read.findings[0].place, "10.20.0.31");
  EXPECT_EQ(read.findings[0].line, 36);
}

TEST(nessus, beyond_the_limit_weaknesses_are_counted) {
  std::string items;
  for (int i = 0; i < 50; ++i) {
    items += item("severity='4' port='0'", "<cve>CVE-2020-1000" + std::to_string(i % 10) + "</cve>");
  }
  Limits limits;
  limits.max_objects = 21;  // one host, ten weaknesses and their ten CVEs
  const auto read = read_bytes(read_nessus, in_host(items), limits);
  EXPECT_EQ(read.value.hosts.at(0).weaknesses.size(), 10U);
  EXPECT_EQ(read.value.weaknesses_not_kept, 40U);
  EXPECT_EQ(finding_codes(read.findings), std::vector<std::string>{"W scan.too_many"});
  EXPECT_TRUE(read.usable());
}

TEST(nessus, cves_of_one_item_are_bounded) {
  std::string cves;
  for (int i = 10'000; i < 13'000; ++i) {
    cves += "<cve>CVE-2020-" + std::to_string(i) + "</cve>";
  }
  const auto read = read_bytes(read_nessus, in_host(item("severity='4' port='0'", cves)));
  EXPECT_EQ(read.value.hosts.at(0).weaknesses.at(0).cves.size(), 1'000U);
}

TEST(nessus, memory_of_a_long_file_stays_bounded) {
  // Twelve megabytes of distinct severe items against room for a thousand.
  std::string items;
  for (int i = 0; i < 40'000; ++i) {
    items += item("severity='4' port='" + std::to_string(i % 65'536) + "'",
                  "<solution>" + std::string(200, 's') + "</solution>");
  }
  Limits limits;
  limits.max_objects = 1'000;
  const auto read = read_bytes(read_nessus, in_host(items), limits);
  const ScannedHost& host = read.value.hosts.at(0);
  EXPECT_LE(host.weaknesses.size() + host.ports.size(), 1'000U);
  EXPECT_EQ(read.value.weaknesses_not_kept + host.weaknesses.size(), 40'000U);
}

TEST(nessus, other_formats_are_called_by_their_name) {
  const auto read = read_bytes(read_nessus, corpus_file("nmap", "services.xml"));
  ASSERT_EQ(finding_codes(read.findings), std::vector<std::string>{"E xml.other_format"});
  EXPECT_EQ(read.findings[0].message.params, (std::vector<Param>{{"expected", "Nessus"}, {"found", "Nmap"}}));
  const auto zip = read_bytes(read_nessus, corpus_file("recognise", "inventaire.xlsx"));
  ASSERT_EQ(finding_codes(zip.findings), std::vector<std::string>{"E xml.other_format"});
  EXPECT_EQ(zip.findings[0].message.params.at(1).value, "XLSX");
}

TEST(nessus, real_scan_of_seven_machines) {
  const std::string bytes = real_scan("nessus-7-hotes.nessus");
  if (bytes.empty()) {
    GTEST_SKIP() << "no real data";
  }
  const auto read = read_bytes(read_nessus, bytes);
  EXPECT_TRUE(read.findings.empty());
  EXPECT_EQ(read.value.scanner, "Nessus 5.2.1");
  ASSERT_EQ(read.value.hosts.size(), 7U);
  std::size_t weaknesses = 0;
  for (const ScannedHost& host : read.value.hosts) {
    weaknesses += host.weaknesses.size();
    EXPECT_EQ(host.credentialed, false);
  }
  EXPECT_EQ(weaknesses, 23U);
  EXPECT_EQ(read.value.weaknesses_not_kept, 273U);
  for (std::size_t length = 0; length < bytes.size() - 2; length += 9'973) {
    expect_sound(read_bytes(read_nessus, std::string_view(bytes).substr(0, length)), std::to_string(length));
  }
}

}  // namespace
}  // namespace releve::intake
