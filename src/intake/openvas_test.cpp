// SPDX-License-Identifier: EUPL-1.2
#include "intake/scan_for_tests.hpp"

namespace releve::intake {
namespace {

std::string in_results(const std::string& content) {
  return "<report id='r' format_id='f'><results>" + content + "</results></report>";
}

std::string result(const std::string& content) {
  return "<result id='1'><host>10.0.0.1</host><nvt oid='1.2.3'><name>n</name></nvt>" + content + "</result>";
}

TEST(openvas, reads_results_and_details_of_hosts) {
  const auto read = read_bytes(read_openvas, corpus_file("openvas", "envelope.xml"));
  EXPECT_EQ(finding_codes(read.findings), std::vector<std::string>{"W scan.invalid_ip"});
  EXPECT_EQ(read.findings[0].message.params.at(0).value, "10.20.0.4x");
  const Scan& scan = read.value;
  EXPECT_EQ(scan.scanner, "OpenVAS (GMP 22.4)");
  EXPECT_EQ(to_rfc3339(scan.started.value()), "2025-11-30T10:33:11.000Z");
  EXPECT_EQ(scan.weaknesses_not_kept, 3U);  // a guess, an information, a false positive
  ASSERT_EQ(scan.hosts.size(), 3U);
  ScannedHost expected;
  expected.ip = "10.20.0.41";
  expected.fqdn = "pc-accueil.chsa.local";
  expected.mac = "02:00:00:AA:BB:41";
  expected.operating_system = "Microsoft Windows 10";
  expected.credentialed = true;
  expected.ports = {{445, true, "", ""}};
  Weakness eternal;
  eternal.id = "oid:1.3.6.1.4.1.25623.1.0.810676";
  eternal.title = "Microsoft Windows SMB Server Multiple Vulnerabilities (4013389)";
  eternal.cves = {"CVE-2017-0143", "CVE-2017-0144"};
  eternal.port = 445;
  eternal.severity = 3;
  eternal.cvss = 8.8;
  eternal.solution = "Install the update.";
  expected.weaknesses = {eternal};
  EXPECT_EQ(scan.hosts[0], expected);
  const ScannedHost& old = scan.hosts[1];
  EXPECT_EQ(old.ports,
            (std::vector<OpenPort>{{22, true, "ssh", ""}, {53, false, "", ""}, {443, true, "", ""}}));
  ASSERT_EQ(old.weaknesses.size(), 1U);
  EXPECT_EQ(old.weaknesses[0].cves, (std::vector<std::string>{"CVE-2010-0001", "CVE-2010-0002"}));
  EXPECT_EQ(old.weaknesses[0].solution, "Stop SSH 1");
  EXPECT_EQ(old.weaknesses[0].severity, 2);  // from the threat: no severity
  EXPECT_EQ(scan.hosts[2].ip, "");
  EXPECT_EQ(scan.hosts[2].fqdn, "10.20.0.4x");
}

TEST(openvas, both_nestings_give_the_same) {
  const auto outer = read_bytes(read_openvas, corpus_file("openvas", "envelope.xml"));
  const auto inner = read_bytes(read_openvas, corpus_file("openvas", "inner.xml"));
  EXPECT_EQ(outer.value.hosts, inner.value.hosts);
  EXPECT_EQ(outer.value.started, inner.value.started);
  EXPECT_TRUE(inner.usable());
}

TEST(openvas, corpus_and_every_cut_of_it) {
  replay_and_cut(read_openvas, "openvas", "envelope.xml");
}

TEST(openvas, quality_and_severity_decide) {
  struct Case {
    const char* content;
    int severity;  // -1: counted, not kept
  };

  for (const Case& given :
       {Case{"<severity>9.8</severity><qod><value>30</value></qod>", 4},
        Case{"<severity>9.8</severity><qod><value>29</value></qod>", -1}, Case{"<severity>7.0</severity>", 3},
        Case{"<severity>3.9</severity>", -1}, Case{"<severity>-1.0</severity><threat>High</threat>", -1},
        Case{"<threat>False Positive</threat><severity>9.0</severity>", -1},
        Case{"<threat>Critical</threat>", 4}, Case{"<threat>Log</threat>", -1}}) {
    const auto read = read_bytes(read_openvas, in_results(result(given.content)));
    ASSERT_EQ(read.value.hosts.size(), 1U) << given.content;
    const auto& kept = read.value.hosts[0].weaknesses;
    ASSERT_EQ(kept.size(), given.severity < 0 ? 0U : 1U) << given.content;
    EXPECT_EQ(read.value.weaknesses_not_kept, given.severity < 0 ? 1U : 0U) << given.content;
    if (given.severity >= 0) {
      EXPECT_EQ(kept[0].severity, given.severity) << given.content;
    }
  }
}

TEST(openvas, port_texts_of_all_ages) {
  struct Case {
    const char* text = "";
    OpenPort port;  // 0: the machine itself
  };

  for (const Case& given :
       {Case{"445/tcp", {445, true, "", ""}}, Case{"general/tcp", {}}, Case{"general/CPE-T", {}},
        Case{"microsoft-ds (445/tcp)", {445, true, "microsoft-ds", ""}},
        Case{"445/tcp (IANA: microsoft-ds)", {445, true, "", ""}}, Case{"161/udp", {161, false, "", ""}},
        Case{"99999/tcp", {}}, Case{"/tcp", {}}, Case{"tcp", {}}, Case{"", {}}}) {
    const auto read =
        read_bytes(read_openvas,
                   in_results(result("<severity>9</severity><port>" + std::string(given.text) + "</port>")));
    const ScannedHost& host = read.value.hosts.at(0);
    EXPECT_EQ(host.weaknesses.at(0).port, given.port.port) << given.text;
    EXPECT_EQ(host.ports.size(), given.port.port == 0 ? 0U : 1U) << given.text;
    if (given.port.port != 0) {
      EXPECT_EQ(host.ports.at(0), given.port) << given.text;
    }
  }
}

TEST(openvas, results_are_grouped_by_machine_whatever_their_order) {
  std::string results;
  for (int i = 0; i < 40; ++i) {
    results += "<result><host>10.0.0." + std::to_string(i % 4) + "</host><port>" + std::to_string(1 + i % 8) +
               "/tcp</port><nvt oid='1'/><severity>5</severity></result>";
  }
  const auto read = read_bytes(read_openvas, in_results(results));
  ASSERT_EQ(read.value.hosts.size(), 4U);
  for (const ScannedHost& host : read.value.hosts) {
    EXPECT_EQ(host.weaknesses.size(), 10U);
    EXPECT_EQ(host.ports.size(), 2U);
  }
}

TEST(openvas, another_report_is_refused) {
  const auto read = read_bytes(read_openvas, corpus_file("openvas", "other-report.xml"));
  EXPECT_EQ(finding_codes(read.findings), std::vector<std::string>{"E scan.not_openvas"});
}

TEST(openvas, result_without_host_is_said) {
  const auto read = read_bytes(
      read_openvas, in_results("<result><severity>9</severity></result>" + result("<severity>9</severity>")));
  EXPECT_EQ(finding_codes(read.findings), std::vector<std::string>{"W scan.host_without_name"});
  EXPECT_EQ(read.value.weaknesses_not_kept, 1U);
}

TEST(openvas, real_report_with_a_masked_address) {
  const std::string bytes = real_scan("openvas-44-resultats.xml");
  if (bytes.empty()) {
    GTEST_SKIP() << "no real data";
  }
  const auto read = read_bytes(read_openvas, bytes);
  EXPECT_EQ(finding_codes(read.findings), std::vector<std::string>{"W scan.invalid_ip"});
  ASSERT_EQ(read.value.hosts.size(), 1U);
  EXPECT_EQ(read.value.hosts[0].fqdn, "b6b9f466d63");
  EXPECT_EQ(read.value.hosts[0].ip, "");
  EXPECT_EQ(read.value.hosts[0].weaknesses.size() + read.value.weaknesses_not_kept, 44U);
  for (std::size_t length = 0; length < bytes.size() - 2; length += 1'009) {
    expect_sound(read_bytes(read_openvas, std::string_view(bytes).substr(0, length)), std::to_string(length));
  }
}

}  // namespace
}  // namespace releve::intake
