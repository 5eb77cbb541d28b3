// SPDX-License-Identifier: EUPL-1.2
// Who belongs to which GHT, kept by hand where no FINESS+ is at hand:
//   number;ght;name;role
//   010780054;84103;Bresse Haut-Bugey;lead
#include "foundation/base/text.hpp"
#include "intake/registry_builder.hpp"
#include "intake/text_table.hpp"
#include "intake/watched_source.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace releve::intake {

namespace {

void read_list(TextTable& table, RegistryExtract& extract, RegistryBuilder& builder, Findings& findings,
               const Limits& limits) {
  std::set<std::pair<std::string, std::string>> seen;  // place and GHT
  if (table.next()) {
    table.name_columns();
  }
  const std::size_t number = table.column({"number", "numero", "numéro", "finess"});
  const std::size_t group = table.column({"ght"});
  const std::size_t name = table.column({"name", "nom"});
  const std::size_t role = table.column({"role", "rôle"});
  if (number == TextTable::absent || group == TextTable::absent) {
    findings.add(Severity::error, message("registry.not_ght_list"), {}, 1);
    return;
  }
  while (table.next()) {
    builder.at(table.line());
    const std::string place = builder.finess(table.cell(number));
    const std::string code = builder.text(table.cell(group));
    if (place.empty()) {
      continue;
    }
    const bool is_code =
        !code.empty() && code.size() <= 20 && std::all_of(code.begin(), code.end(), [](char c) {
          return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
        });
    if (!is_code) {
      findings.add(Severity::warning, message("registry.bad_group", {{"text", code}}), {}, table.line());
      continue;
    }
    Group& ght = builder.group(code);
    ght.name = ght.name.empty() ? builder.text(table.cell(name)) : ght.name;
    const std::string as = to_lower(table.cell(role));
    const bool lead = as == "lead" || as == "support" || as == "s";
    if (seen.size() >= limits.max_objects) {
      findings.add(Severity::error,
                   message("import.too_many_objects", {{"limit", std::to_string(limits.max_objects)}}), {},
                   table.line());
      return;
    }
    if (seen.emplace(place, code).second) {
      ght.members.push_back({place, lead});
    } else {
      findings.add(Severity::warning, message("registry.member_twice", {{"number", place}, {"ght", code}}),
                   {}, table.line());
    }
  }
  extract.members = true;
  table.finish();
  builder.finish();
}

}  // namespace

Imported<RegistryExtract> read_ght_list(ByteSource& source, const std::string& file, const Limits& limits,
                                        const Watch& watch) {
  Imported<RegistryExtract> read;
  Findings findings;
  findings.in_file(file);
  read.value.source = RegistrySource::ght_list;
  WatchedSource watched(source, watch);
  TextTable table(watched, findings);
  RegistryBuilder builder(read.value, findings, limits);
  read_list(table, read.value, builder, findings, limits);
  if (const Error* failure = watched.failure()) {
    findings.add(fatal(*failure, file));
  }
  read.findings = findings.take();
  return read;
}

}  // namespace releve::intake
