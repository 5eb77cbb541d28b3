// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/compile.hpp"

#include "prepare/assessment/compiler.hpp"

namespace releve::assessment {

Compiled compile(const cartography::Cartography& cartography, const cartography::Defaults& defaults,
                 const Tables& tables, const CompileOptions& options) {
  Compiler compiler{cartography, defaults, tables, options};
  compile_techniques(compiler);    // classes of steps, with the health check's modifiers
  compile_zones(compiler);         // footholds, flows, sensors
  compile_hosts(compiler);         // every machine is a host in a zone
  compile_directory(compiler);     // accounts, rights, sessions, Tier-0
  compile_certificates(compiler);  // ESC1 from raw facts
  compile_flaws(compiler);         // scans weighed by KEV and EPSS
  compile_care(compiler);          // components, applications, interfaces, services
  compile_platforms(compiler);     // virtualisation and backup control, suppliers
  compile_doors(compiler);         // where an attack may begin
  compile_parameters(compiler);    // durations, teams, reaction: tables and answers
  Compiled compiled;
  compiled.model = std::move(compiler.draft).seal();
  compiled.findings = compiler.findings.take();
  compiled.model_version = std::string(engine_version) + "-" + tables.version + "-" + defaults.version;
  return compiled;
}

void Compiler::local_move(engine::NodeIndex input, Move move) {
  const std::uint16_t index = technique(move.technique);
  draft.step({.inputs = {input},
              .head = move.head,
              .technique = index,
              .chance = chance[index],
              .zone = move.zone,
              .finding = std::move(move.finding),
              .facts = std::move(move.facts)});
}

void Compiler::network_move(std::vector<engine::NodeIndex> inputs, engine::Protocol protocol, Move move) {
  const std::uint16_t index = technique(move.technique);
  const engine::ZoneIndex zone = move.zone;
  draft.network_step({.inputs = std::move(inputs),
                      .head = move.head,
                      .technique = index,
                      .chance = chance[index],
                      .zone = zone,
                      .finding = std::move(move.finding),
                      .facts = std::move(move.facts)},
                     zone, protocol);
}

engine::FactIndex Compiler::fact(const std::string& kind, const std::string& subject,
                                 const std::string& label) {
  return draft.fact(kind + ":" + subject, kind, label);
}

engine::Delay delay_of(const DelayRow& row) {
  if (row.median_h <= 0) {
    return engine::fixed_delay(0);
  }
  return engine::lognormal_delay(row.median_h, row.p90_h);
}

double share_row(const std::vector<ShareRow>& rows, const std::string& id) {
  for (const ShareRow& row : rows) {
    if (row.id == id) {
      return row.share;
    }
  }
  RELEVE_CHECK(false, "read_tables() requires the row " + id);
  return 0;
}

const char* watch_name(const std::optional<cartography::Watch>& watch) {
  // Unknown: an antivirus, as nearly everywhere; "default, not confirmed".
  switch (watch.value_or(cartography::Watch::antivirus)) {
    case cartography::Watch::none:
      return "none";
    case cartography::Watch::antivirus:
      return "antivirus";
    case cartography::Watch::edr:
      return "edr";
    case cartography::Watch::edr_24x7:
      return "edr_24x7";
  }
  return "none";
}

}  // namespace releve::assessment
