// SPDX-License-Identifier: EUPL-1.2
// Scans weighed by what the world knows: a weakness counts when attackers are known or likely to use it.
#include "prepare/assessment/compiler.hpp"

#include <algorithm>

namespace releve::assessment {

using engine::Protocol;

Protocol protocol_of_port(std::uint16_t port) {
  switch (port) {
    case 3389:
      return Protocol::remote_desktop;
    case 137:
    case 138:
    case 139:
    case 445:
    case 2049:
      return Protocol::file;
    case 80:
    case 443:
    case 8000:
    case 8008:
    case 8080:
    case 8081:
    case 8088:
    case 8443:
    case 8888:
      return Protocol::web;
    case 1433:
    case 1434:
    case 1521:
    case 3306:
    case 5432:
    case 27017:
      return Protocol::database;
    default:
      return Protocol::admin;
  }
}

Flaw flaw_of(const Compiler& compiler, const intake::Weakness& weakness) {
  const auto& map = compiler.map;
  const auto likely = static_cast<float>(share_row(compiler.tables.attack.chances, "epss_likely"));
  Flaw worst = Flaw::none;
  for (const std::string& cve : weakness.cves) {
    const auto& kev = map.kev->entries;
    const auto known = std::lower_bound(
        kev.begin(), kev.end(), cve, [](const auto& entry, const std::string& id) { return entry.cve < id; });
    if (known != kev.end() && known->cve == cve) {
      worst = std::max(worst, known->ransomware ? Flaw::ransomware : Flaw::known);
      continue;
    }
    const auto& epss = map.epss->entries;
    const auto score =
        std::lower_bound(epss.begin(), epss.end(), cve,
                         [](const auto& entry, const std::string& id) { return entry.cve < id; });
    if (score != epss.end() && score->cve == cve && score->probability >= likely) {
      worst = std::max(worst, Flaw::likely);
    }
  }
  if (worst == Flaw::none && weakness.exploit_available && weakness.severity >= 3) {
    worst = Flaw::open_code;
  }
  return worst;
}

const char* flaw_technique(Flaw flaw) {
  switch (flaw) {
    case Flaw::ransomware:
      return "exploit_ransomware";
    case Flaw::known:
      return "exploit_known";
    case Flaw::likely:
      return "exploit_likely";
    default:
      return "exploit_public";
  }
}

void compile_flaws(Compiler& compiler) {
  std::int64_t local_only = 0;
  for (std::uint32_t m = 0; m < compiler.map.machines.size(); ++m) {
    const cartography::Machine& machine = compiler.map.machines[m];
    for (const intake::Weakness& weakness : machine.weaknesses) {
      const Flaw flaw = flaw_of(compiler, weakness);
      if (flaw == Flaw::none) {
        continue;
      }
      if (weakness.port == 0) {
        ++local_only;  // no way in over the network
        continue;
      }
      const std::string subject = weakness.cves.empty() ? weakness.id : weakness.cves.front();
      compiler.network_move({compiler.draft.presence(compiler.zone_of(m))}, protocol_of_port(weakness.port),
                            {.technique = flaw_technique(flaw),
                             .head = compiler.host_node(m),
                             .zone = compiler.zone_of(m),
                             .finding = subject + "@" + std::to_string(weakness.port),
                             .facts = {compiler.fact("patch", subject, weakness.title)}});
    }
  }
  if (local_only > 0) {
    compiler.findings.add(Severity::note,
                          message("compile.local_flaws", {{"count", std::to_string(local_only)}}));
  }
}

}  // namespace releve::assessment
