// SPDX-License-Identifier: EUPL-1.2
// PingCastle's health check: the domain, its score and the rules that cost it points.
#include "foundation/base/text.hpp"
#include "intake/readers.hpp"
#include "intake/xml.hpp"

#include <array>

namespace releve::intake {

namespace {

enum Tag : XmlTag {
  root,
  encrypted,
  engine_version,
  generation_date,
  domain_fqdn,
  domain_sid,
  global_score,
  risk_rules,
  risk_rule,
  points,
  category,
  risk_id,
  rationale,
  tag_count
};

constexpr std::array<std::string_view, tag_count> tag_names{
    "HealthcheckData", "EncryptedData", "EngineVersion", "GenerationDate",      "DomainFQDN",
    "DomainSid",       "GlobalScore",   "RiskRules",     "HealthcheckRiskRule", "Points",
    "Category",        "RiskId",        "Rationale"};
// A report made with --encrypt has another root: accepted to be refused by its own name.
constexpr std::array<std::string_view, 2> roots{"HealthcheckData", "EncryptedData"};

constexpr std::size_t max_rationale_bytes = 500;
constexpr std::size_t max_rules = 10'000;  // PingCastle has about 200

class PingCastleVisitor final : public XmlVisitor {
 public:
  PingCastleVisitor(DirectoryHealth& health, Findings& findings, std::size_t limit)
      : health_(health), findings_(findings), limit_(limit) {}

  void open(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes) override;
  void close(XmlStream& xml, XmlTag tag) override;

  bool is_encrypted() const { return encrypted_; }

  bool has_all_rules() const { return has_all_rules_; }

 private:
  void close_property(XmlTag tag, std::string_view text, std::int64_t line);
  void close_rule_field(XmlTag tag, std::string_view text, std::int64_t line);
  int whole(std::string_view field, std::string_view text, std::int64_t line);
  void end_rule(std::int64_t line);

  DirectoryHealth& health_;
  Findings& findings_;
  std::size_t limit_;
  HealthRule rule_;
  bool encrypted_ = false;
  bool has_all_rules_ = false;
  bool full_ = false;
};

void PingCastleVisitor::open(XmlStream& xml, XmlTag tag, const XmlAttributes&) {
  if (xml.depth() == 1) {
    encrypted_ = tag == encrypted;
    return;
  }
  if (xml.depth() == 2) {
    switch (tag) {
      case engine_version:
      case generation_date:
      case domain_fqdn:
      case domain_sid:
      case global_score:
        xml.collect(300);
        break;
      case risk_rules:
        break;
      default:
        xml.skip();
        break;  // accounts, controllers, group policies: long, and the directory says it better
    }
  } else if (xml.depth() == 3 && tag == risk_rule) {
    rule_ = HealthRule{};
  } else if (xml.depth() == 4 && xml.ancestor(1) == risk_rule) {
    xml.collect(2 * max_rationale_bytes);
  }
}

void PingCastleVisitor::close(XmlStream& xml, XmlTag tag) {
  if (xml.depth() == 2) {
    close_property(tag, xml.text(), xml.line());
  } else if (xml.depth() == 3 && tag == risk_rule) {
    end_rule(xml.line());
  } else if (xml.depth() == 4 && xml.ancestor(1) == risk_rule) {
    close_rule_field(tag, xml.text(), xml.line());
  }
}

void PingCastleVisitor::close_property(XmlTag tag, std::string_view text, std::int64_t line) {
  switch (tag) {
    case engine_version:
      health_.engine_version = one_line(text, 60);
      break;
    case generation_date: {
      auto when = parse_rfc3339(text);
      if (!when.ok()) {
        when = parse_rfc3339(std::string(text) + "Z");  // .NET leaves the zone out when it knows none
      }
      if (when.ok()) {
        health_.generated = *when;
      }
      break;
    }
    case domain_fqdn:
      health_.domain = to_upper(one_line(text, 255));
      break;
    case domain_sid:
      health_.domain_sid = one_line(text, 100);
      break;
    case global_score:
      health_.global_score = whole("GlobalScore", text, line);
      break;
    case risk_rules:
      has_all_rules_ = true;
      break;
    default:
      break;
  }
}

void PingCastleVisitor::close_rule_field(XmlTag tag, std::string_view text, std::int64_t line) {
  switch (tag) {
    case points:
      rule_.points = whole("Points", text, line);
      break;
    case category:
      rule_.category = one_line(text, 60);
      break;
    case risk_id:
      rule_.id = one_line(text, 60);
      break;
    case rationale:
      rule_.rationale = one_line(text, max_rationale_bytes);
      break;
    default:
      break;
  }
}

int PingCastleVisitor::whole(std::string_view field, std::string_view text, std::int64_t line) {
  const auto number = parse_int(text);
  if (number && *number >= -1'000'000 && *number <= 1'000'000) {
    return static_cast<int>(*number);
  }
  findings_.add(
      Severity::warning,
      message("pingcastle.bad_number", {{"field", std::string(field)}, {"text", one_line(text, 60)}}),
      rule_.id, line);
  return 0;
}

void PingCastleVisitor::end_rule(std::int64_t line) {
  if (rule_.id.empty()) {
    findings_.add(Severity::warning, message("pingcastle.rule_without_id"), {}, line);
  } else if (health_.rules.size() < limit_) {
    health_.rules.push_back(std::move(rule_));
  } else if (!full_) {
    full_ = true;
    findings_.add(Severity::warning,
                  message("pingcastle.too_many_rules", {{"limit", std::to_string(limit_)}}), {}, line);
  }
}

}  // namespace

Imported<DirectoryHealth> read_pingcastle(ByteSource& source, const std::string& file, const Limits& limits,
                                          const Watch& watch) {
  Findings findings;
  findings.in_file(file);
  Imported<DirectoryHealth> read;
  const std::size_t limit = std::min<std::size_t>(max_rules, limits.max_objects);
  PingCastleVisitor visitor(read.value, findings, limit);
  const XmlOutcome outcome = read_xml(source, {"PingCastle", roots, tag_names}, limits, watch, visitor);
  const bool has_domain = !read.value.domain.empty() || !read.value.domain_sid.empty();
  if (outcome.fault) {
    findings.add(*outcome.fault);
  }
  if (visitor.is_encrypted()) {
    findings.add(Severity::error, message("pingcastle.encrypted"), "EncryptedData", 1);
  } else if (outcome.whole && !has_domain) {
    findings.add(Severity::error, message("pingcastle.no_domain"), "HealthcheckData/DomainFQDN");
  } else if (outcome.whole && !visitor.has_all_rules()) {
    findings.add(Severity::error, message("pingcastle.no_rules"), "HealthcheckData/RiskRules");
  }
  read.findings = findings.take();
  return read;
}

}  // namespace releve::intake
