// SPDX-License-Identifier: EUPL-1.2
#include "intake/scan_for_tests.hpp"

namespace releve::intake {
namespace {

std::string in_host(const std::string& content) {
  return "<nmaprun scanner='nmap'><host><status state='up'/><address addr='10.0.0.1' addrtype='ipv4'/>" +
         content + "</host></nmaprun>";
}

TEST(nmap, reads_machines_ports_and_script_findings) {
  const auto read = read_bytes(read_nmap, corpus_file("nmap", "services.xml"));
  EXPECT_TRUE(read.findings.empty());
  const Scan& scan = read.value;
  EXPECT_EQ(scan.format, ScanFormat::nmap);
  EXPECT_EQ(scan.scanner, "nmap 7.94");
  EXPECT_EQ(to_rfc3339(scan.started.value()), "2025-11-30T11:00:00.000Z");
  EXPECT_EQ(scan.hosts_down, 253U);
  ASSERT_EQ(scan.hosts.size(), 2U);
  ScannedHost expected;
  expected.ip = "10.20.0.11";
  expected.fqdn = "srv-dpi.chsa.local";
  expected.netbios = "SRV-DPI";
  expected.mac = "02:00:00:AA:BB:01";
  expected.operating_system = "Windows Server 2016";
  expected.ports = {{80, true, "http", "Apache httpd 2.4.7 A & B"},
                    {443, true, "ssl/http", ""},
                    {445, true, "microsoft-ds", ""}};
  Weakness vulners;
  vulners.id = "nmap:vulners";
  vulners.title = "cpe:/a:apache:http_server:2.4.7";
  vulners.cves = {"CVE-2017-7679", "CVE-2021-44790"};
  vulners.port = 80;
  vulners.severity = 4;
  vulners.cvss = 9.8;
  vulners.exploit_available = true;
  Weakness eternal;
  eternal.id = "nmap:smb-vuln-ms17-010";
  eternal.title = "Remote Code Execution vulnerability in Microsoft SMBv1 servers (ms17-010)";
  eternal.cves = {"CVE-2017-0143"};
  eternal.port = 445;
  eternal.severity = 3;
  expected.weaknesses = {vulners, eternal};
  EXPECT_EQ(scan.hosts[0], expected);
  EXPECT_EQ(scan.hosts[1].ip, "10.20.0.13");  // IPv4 is preferred to the IPv6 link address
}

TEST(nmap, encodings_give_the_same_scan) {
  const auto plain = read_bytes(read_nmap, corpus_file("nmap", "services.xml"));
  for (const char* name : {"utf16le.xml", "utf16be-without-mark.xml", "utf8-mark.xml"}) {
    const auto read = read_bytes(read_nmap, corpus_file("nmap", name));
    EXPECT_EQ(read.value.hosts, plain.value.hosts) << name;
    EXPECT_TRUE(read.findings.empty()) << name;
  }
}

TEST(nmap, cut_file_gives_nothing_and_says_where_it_ends) {
  const auto read = read_bytes(read_nmap, corpus_file("nmap", "cut.xml"));
  EXPECT_EQ(finding_codes(read.findings), std::vector<std::string>{"E xml.cut_short"});
  EXPECT_EQ(read.findings[0].place, "nmaprun/host/os");
  EXPECT_EQ(read.findings[0].line, 19);
  EXPECT_TRUE(read.value.hosts.empty());
}

TEST(nmap, corpus_and_every_cut_of_it) {
  replay_and_cut(read_nmap, "nmap", "services.xml");
}

TEST(nmap, hostile_documents_are_refused_by_name) {
  struct Case {
    const char* file;
    const char* finding;
  };

  for (const Case& given :
       {Case{"billion-laughs.xml", "E xml.declaration_refused"},
        Case{"external-entity.xml", "E xml.declaration_refused"},
        Case{"attribute-default.xml", "E xml.declaration_refused"},
        Case{"external-subset.xml", "E xml.external_subset_refused"}, Case{"html.xml", "E xml.html_page"}}) {
    const auto read = read_bytes(read_nmap, corpus_file("nmap", given.file));
    EXPECT_EQ(finding_codes(read.findings), std::vector<std::string>{given.finding}) << given.file;
    EXPECT_FALSE(read.usable());
  }
}

TEST(nmap, only_open_ports_of_known_protocols_are_kept) {
  const auto read = read_bytes(
      read_nmap,
      in_host(
          "<ports><port protocol='tcp' portid='1'><state state='closed'/></port>"
          "<port protocol='udp' portid='2'><state state='open|filtered'/></port>"
          "<port protocol='sctp' portid='3'><state state='open'/></port>"
          "<port protocol='tcp' portid='70000'><state state='open'/></port>"
          "<port protocol='udp' portid='53'><state state='open'/></port>"
          "<port protocol='udp' portid='53'><state state='open'/><service name='domain'/></port></ports>"));
  ASSERT_EQ(read.value.hosts.size(), 1U);
  EXPECT_EQ(read.value.hosts[0].ports, (std::vector<OpenPort>{{53, false, "domain", ""}}));
  EXPECT_EQ(finding_codes(read.findings), std::vector<std::string>{"W scan.invalid_port"});
}

TEST(nmap, script_says_vulnerable_or_it_does_not) {
  struct Case {
    const char* id;
    const char* output;
    int severity;  // -1: no weakness
  };

  for (const Case& given : {
           Case{"smb-vuln-ms08-067", "VULNERABLE:&#10;State: VULNERABLE", 3},
           Case{"smb-vuln-ms08-067", "State: LIKELY VULNERABLE&#10;Risk factor: CRITICAL", 4},
           Case{"smb-vuln-ms08-067", "State: NOT VULNERABLE", -1},
           Case{"smb-vuln-ms08-067", "Could not negotiate a connection", -1},
           Case{"ssl-heartbleed",
                "VULNERABLE:&#10;  Heartbleed&#10;    State: VULNERABLE&#10;    Risk factor: Medium", 2},
           Case{"http-title", "VULNERABLE: my page", -1},
           Case{"vulners", "cpe:/a:x:y: &#10; CVE-2020-0001&#9;3.1&#9;https://x", 1},
           Case{"vulners", "nothing", -1},
       }) {
    const auto read = read_bytes(read_nmap, in_host("<hostscript><script id='" + std::string(given.id) +
                                                    "' output='" + given.output + "'/></hostscript>"));
    ASSERT_EQ(read.value.hosts.size(), 1U);
    const auto& found = read.value.hosts[0].weaknesses;
    ASSERT_EQ(found.size(), given.severity < 0 ? 0U : 1U) << given.output;
    if (given.severity >= 0) {
      EXPECT_EQ(found[0].severity, given.severity) << given.output;
    }
  }
}

TEST(nmap, masscan_gives_no_status) {
  const auto read = read_bytes(read_nmap, corpus_file("nmap", "masscan.xml"));
  ASSERT_EQ(read.value.hosts.size(), 1U);
  EXPECT_EQ(read.value.hosts[0].ports, (std::vector<OpenPort>{{102, true, "", ""}}));
  EXPECT_TRUE(read.findings.empty());
}

TEST(nmap, nothing_answered_is_said) {
  const auto read = read_bytes(read_nmap, "<nmaprun><host><status state='down'/></host></nmaprun>");
  EXPECT_EQ(finding_codes(read.findings), std::vector<std::string>{"W scan.no_host"});
  EXPECT_EQ(read.value.hosts_down, 1U);
  EXPECT_TRUE(read.usable());
}

TEST(nmap, invalid_address_is_said_and_the_name_kept) {
  const auto read =
      read_bytes(read_nmap,
                 "<nmaprun><host><status state='up'/><address addr='10.0.0.300' addrtype='ipv4'/>"
                 "<hostname name='A.B.' type='PTR'/></host><host><status state='up'/></host></nmaprun>");
  EXPECT_EQ(finding_codes(read.findings),
            (std::vector<std::string>{"W scan.invalid_ip", "W scan.host_without_name"}));
  ASSERT_EQ(read.value.hosts.size(), 1U);
  EXPECT_EQ(read.value.hosts[0].fqdn, "a.b");
}

TEST(nmap, machines_beyond_the_limit_are_left_out_and_said) {
  std::string many = "<nmaprun>";
  for (int i = 0; i < 300; ++i) {
    many += "<host><status state='" + std::string(i % 2 == 0 ? "up" : "down") + "'/><address addr='10.0.1." +
            std::to_string(i % 256) + "' addrtype='ipv4'/></host>";
  }
  Limits limits;
  limits.max_objects = 100;
  const auto read = read_bytes(read_nmap, many + "</nmaprun>", limits);
  EXPECT_EQ(read.value.hosts.size(), 100U);  // machines that are down take no room
  EXPECT_EQ(finding_codes(read.findings), std::vector<std::string>{"W scan.too_many"});
}

TEST(nmap, real_scan_of_256_addresses) {
  const std::string bytes = real_scan("nmap-256-hotes.xml");
  if (bytes.empty()) {
    GTEST_SKIP() << "no real data";
  }
  const auto read = read_bytes(read_nmap, bytes);
  EXPECT_TRUE(read.findings.empty());
  EXPECT_EQ(read.value.scanner, "nmap 6.40-2");
  EXPECT_EQ(read.value.hosts_down, 254U);
  ASSERT_EQ(read.value.hosts.size(), 2U);
  EXPECT_EQ(read.value.hosts[0].ports.size(), 6U);
  EXPECT_EQ(read.value.hosts[1].ports[0],
            (OpenPort{22, true, "ssh", "OpenSSH 5.9p1 Debian 5ubuntu1 Ubuntu Linux; protocol 2.0"}));
  for (std::size_t length = 0; length < bytes.size() - 2; length += 977) {
    expect_sound(read_bytes(read_nmap, std::string_view(bytes).substr(0, length)), std::to_string(length));
  }
}

}  // namespace
}  // namespace releve::intake
