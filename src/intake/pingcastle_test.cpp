// SPDX-License-Identifier: EUPL-1.2
#include "intake/scan_for_tests.hpp"

#include <gtest/gtest.h>

namespace releve::intake {
namespace {

Imported<DirectoryHealth> read(std::string_view bytes, const Limits& limits = {}) {
  MemorySource source(bytes);
  return read_pingcastle(source, "health.xml", limits, {});
}

TEST(pingcastle, reads_domain_score_and_rules) {
  const auto done = read(corpus_file("pingcastle", "domain.xml"));
  const DirectoryHealth& health = done.value;
  EXPECT_EQ(health.engine_version, "3.2.0.1");
  EXPECT_EQ(health.domain, "CHSA.LOCAL");
  EXPECT_EQ(health.domain_sid, "S-1-5-21-1-2-3");  // the domain's, not that of a controller
  EXPECT_EQ(to_rfc3339(health.generated.value()), "2025-11-30T11:01:09.264Z");
  EXPECT_EQ(health.global_score, 70);
  EXPECT_EQ(health.rules, (std::vector<HealthRule>{{"P-AdminLogin", 20, "PrivilegedAccounts",
                                                    "The native administrator & others: 0 day(s) ago"},
                                                   {"A-LAPS-Not-Installed", 0, "Anomalies", "LAPS"}}));
  EXPECT_EQ(finding_codes(done.findings),
            (std::vector<std::string>{"W pingcastle.bad_number", "W pingcastle.rule_without_id"}));
  EXPECT_EQ(done.findings[0].line, 11);
  EXPECT_EQ(done.findings[0].file, "health.xml");
}

TEST(pingcastle, date_without_zone_is_read) {
  const auto done =
      read("<HealthcheckData><GenerationDate>2025-11-30T12:00:00</GenerationDate></HealthcheckData>");
  EXPECT_EQ(to_rfc3339(done.value.generated.value()), "2025-11-30T12:00:00.000Z");
}

TEST(pingcastle, faults_are_said) {
  struct Case {
    const char* file;
    std::vector<std::string> findings;
  };

  const std::string number = "W pingcastle.bad_number";
  for (const Case& given :
       {Case{"cut-after-rules.xml", {number, "W pingcastle.rule_without_id", "E xml.cut_short"}},
        Case{"cut-in-rules.xml", {number, "E xml.cut_short"}},
        Case{"encrypted.xml", {"E pingcastle.encrypted"}},
        Case{"without-domain.xml", {"E pingcastle.no_domain"}},
        Case{"billion-laughs.xml", {"E xml.declaration_refused"}}}) {
    EXPECT_EQ(finding_codes(read(corpus_file("pingcastle", given.file)).findings), given.findings)
        << given.file;
  }
  EXPECT_EQ(finding_codes(read("<HealthcheckData><DomainFQDN>a</DomainFQDN></HealthcheckData>").findings),
            std::vector<std::string>{"E pingcastle.no_rules"});
  EXPECT_EQ(finding_codes(read(corpus_file("nessus", "two-hosts.nessus")).findings),
            std::vector<std::string>{"E xml.other_format"});
}

TEST(pingcastle, no_cut_is_usable) {
  const std::string bytes = corpus_file("pingcastle", "domain.xml");
  for (std::size_t length = 0; length < bytes.rfind('>'); ++length) {
    const auto part = read(std::string_view(bytes).substr(0, length));
    EXPECT_FALSE(part.usable()) << length;
  }
}

TEST(pingcastle, rules_are_bounded) {
  std::string rules;
  for (int i = 0; i < 20; ++i) {
    rules += "<HealthcheckRiskRule><RiskId>A-" + std::to_string(i) + "</RiskId></HealthcheckRiskRule>";
  }
  Limits limits;
  limits.max_objects = 10;
  const auto done = read(
      "<HealthcheckData><DomainFQDN>a</DomainFQDN><RiskRules>" + rules + "</RiskRules></HealthcheckData>",
      limits);
  EXPECT_EQ(done.value.rules.size(), 10U);
  EXPECT_EQ(finding_codes(done.findings), std::vector<std::string>{"W pingcastle.too_many_rules"});
}

TEST(pingcastle, real_health_check) {
  const std::string bytes = real_scan("pingcastle-3.2.xml");
  if (bytes.empty()) {
    GTEST_SKIP() << "no real data";
  }
  const auto done = read(bytes);
  EXPECT_TRUE(done.findings.empty());
  EXPECT_EQ(done.value.rules.size(), 28U);
  EXPECT_EQ(done.value.global_score, 70);
  EXPECT_EQ(done.value.domain, "EXAMPLE.LOCAL");
}

}  // namespace
}  // namespace releve::intake
