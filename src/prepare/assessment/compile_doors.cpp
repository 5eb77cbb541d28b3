// SPDX-License-Identifier: EUPL-1.2
// Where an attack may begin. Each scenario of the mix shares its weight over the places it finds here; one
// without any place keeps its weight as an attempt that fails.
#include "foundation/base/text.hpp"
#include "prepare/assessment/compiler.hpp"

#include <algorithm>
#include <queue>
#include <set>

namespace releve::assessment {

using intake::Fact;
using intake::ObjectKind;
using intake::Relation;

namespace {

struct Place {
  std::string name;
  std::string label;
  double weight = 1;
  double chance = 1;
  std::vector<engine::NodeIndex> grants;
};

void add_scenario(Compiler& compiler, const std::string& scenario, std::vector<Place> places) {
  const double share = share_row(compiler.tables.attack.doors, scenario);
  if (share <= 0) {
    return;
  }
  double total = 0;
  for (const Place& place : places) {
    total += place.weight;
  }
  auto& doors = compiler.draft.model.doors;
  if (total <= 0) {
    doors.push_back({"door:" + scenario + ":none", {}, scenario, 0, share, engine::certain, false, {}});
    return;
  }
  for (Place& place : places) {
    doors.push_back({"door:" + scenario + ":" + place.name, std::move(place.label), scenario, 0,
                     share * place.weight / total, engine::threshold_of(place.chance), true,
                     std::move(place.grants)});
  }
}

/// The enabled users of a group, through its groups; every enabled user when `group` is not found.
std::vector<std::uint32_t> users_of(const Compiler& compiler, const std::string& group, bool& found) {
  const auto& directory = *compiler.map.directory;
  const std::string wanted = to_upper(group);
  std::set<std::uint32_t> groups;
  for (std::uint32_t i = 0; i < directory.objects.size(); ++i) {
    const auto& object = directory.objects[i];
    const std::string name = to_upper(object.name);
    if (object.kind == ObjectKind::group && !wanted.empty() &&
        (name == wanted || object.id == wanted || name.substr(0, name.find('@')) == wanted)) {
      groups.insert(i);
    }
  }
  found = !groups.empty();
  std::vector<std::uint32_t> users;
  if (!found) {
    for (std::uint32_t i = 0; i < directory.objects.size(); ++i) {
      if (directory.objects[i].kind == ObjectKind::user && directory.objects[i].is(Fact::enabled)) {
        users.push_back(i);
      }
    }
    return users;
  }
  // Relations are few enough to sweep until no group is added; nesting is shallow.
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& relation : directory.relations) {
      if (relation.relation == Relation::member_of && groups.contains(relation.target) &&
          directory.objects[relation.source].kind == ObjectKind::group) {
        grew = groups.insert(relation.source).second || grew;
      }
    }
  }
  for (const auto& relation : directory.relations) {
    const auto& source = directory.objects[relation.source];
    if (relation.relation == Relation::member_of && groups.contains(relation.target) &&
        source.kind == ObjectKind::user && source.is(Fact::enabled)) {
      users.push_back(relation.source);
    }
  }
  std::sort(users.begin(), users.end());
  users.erase(std::unique(users.begin(), users.end()), users.end());
  return users;
}

std::vector<Place> remote_access(Compiler& compiler) {
  const double unknown_mfa = share_row(compiler.tables.attack.chances, "mfa_missing");
  const double with_mfa = share_row(compiler.tables.attack.chances, "mfa_bypassed");
  std::vector<Place> places;
  const auto add = [&](const std::string& group, engine::ZoneIndex zone, const std::string& zone_id,
                       double chance) {
    bool found = false;
    for (const std::uint32_t user : users_of(compiler, group, found)) {
      const auto& object = compiler.map.directory->objects[user];
      places.push_back({zone_id + ":" + object.id,
                        object.name,
                        1,
                        chance,
                        {compiler.account_of_object[user], compiler.draft.presence(zone)}});
    }
    if (!found && !group.empty()) {
      compiler.findings.add(Severity::warning, message("compile.unknown_group", {{"group", group}}), zone_id);
    }
  };
  bool declared = false;
  for (const auto& zone : compiler.map.zones) {
    if (zone.remote_access_group && !zone.remote_access_group->empty()) {
      declared = true;
      add(*zone.remote_access_group, compiler.zones.at(zone.id), zone.id,
          !zone.remote_access_mfa   ? unknown_mfa
          : *zone.remote_access_mfa ? with_mfa
                                    : 1);
    }
  }
  if (!declared) {
    compiler.findings.add(Severity::note, message("compile.remote_access_assumed"));
    const auto said = compiler.map.answers.find("remote_access_mfa");
    const bool known =
        said != compiler.map.answers.end() && (said->second == "true" || said->second == "false");
    add("", compiler.zones.at(""), "", !known ? unknown_mfa : said->second == "true" ? with_mfa : 1);
  }
  if (places.empty() && compiler.map.directory->objects.empty()) {
    // No directory: a stolen password still gives a foothold somewhere.
    places.push_back({"anybody", "", 1, unknown_mfa, {compiler.draft.presence(compiler.zones.at(""))}});
  }
  return places;
}

/// Who holds the gateway of remote access is where its users arrive, and reads the passwords and sessions
/// that pass through it.
void open_gateways(Compiler& compiler) {
  for (const auto& zone : compiler.map.zones) {
    if (!zone.remote_access_group || zone.remote_access_group->empty()) {
      continue;
    }
    bool found = false;
    const auto users = users_of(compiler, *zone.remote_access_group, found);
    for (std::uint32_t m = 0; found && m < compiler.map.machines.size(); ++m) {
      const auto& machine = compiler.map.machines[m];
      if (!machine.internet_exposed || machine.kind != cartography::MachineKind::network) {
        continue;
      }
      compiler.draft.implies(compiler.host_node(m), compiler.draft.presence(compiler.zones.at(zone.id)));
      for (const std::uint32_t user : users) {
        compiler.local_move(compiler.host_node(m), {.technique = "gateway_credentials",
                                                    .head = compiler.account_of_object[user],
                                                    .zone = compiler.zone_of(m)});
      }
    }
  }
}

std::vector<Place> exposed_flaws(Compiler& compiler) {
  std::vector<Place> places;
  for (std::uint32_t m = 0; m < compiler.map.machines.size(); ++m) {
    const auto& machine = compiler.map.machines[m];
    if (!machine.internet_exposed) {
      continue;
    }
    double weight = share_row(compiler.tables.attack.chances, "unknown_flaw");
    std::string why;
    for (const auto& weakness : machine.weaknesses) {
      const Flaw flaw =
          weakness.port == 0 ? Flaw::none : flaw_of(compiler, weakness);  // 0: no way in from outside
      const double chance =
          flaw == Flaw::none ? 0 : compiler.chance[compiler.technique(flaw_technique(flaw))];
      if (chance > weight) {
        weight = chance;
        why = weakness.cves.empty() ? weakness.id : weakness.cves.front();
      }
    }
    places.push_back({machine.id,
                      machine.name + (why.empty() ? "" : " (" + why + ")"),
                      weight,
                      weight,
                      {compiler.host_node(m)}});
  }
  return places;
}

std::vector<Place> phishing(Compiler& compiler) {
  const double lands = share_row(compiler.tables.attack.chances, "phishing_lands");
  std::vector<Place> places;
  const auto& directory = *compiler.map.directory;
  for (const auto& relation : directory.relations) {
    const std::uint32_t m =
        relation.relation == Relation::session ? compiler.machine_of_object[relation.source] : 0xFFFFFFFFU;
    if (m < compiler.map.machines.size() &&
        compiler.map.machines[m].kind == cartography::MachineKind::workstation &&
        directory.objects[relation.target].is(Fact::enabled)) {
      places.push_back({directory.objects[relation.target].id + "@" + compiler.map.machines[m].id,
                        directory.objects[relation.target].name + " / " + compiler.map.machines[m].name,
                        1,
                        lands,
                        {compiler.account_of_object[relation.target], compiler.host_node(m)}});
    }
  }
  if (places.empty()) {
    for (std::uint32_t m = 0; m < compiler.map.machines.size(); ++m) {
      if (compiler.map.machines[m].kind == cartography::MachineKind::workstation) {
        places.push_back(
            {compiler.map.machines[m].id, compiler.map.machines[m].name, 1, lands, {compiler.host_node(m)}});
      }
    }
  }
  return places;
}

std::vector<Place> suppliers(Compiler& compiler) {
  const double lands = share_row(compiler.tables.attack.chances, "supplier_lands");
  std::vector<Place> places;
  for (const auto& component : compiler.map.components) {
    if (!component.supplier_access || component.supplier_access->empty()) {
      continue;
    }
    const auto zone = compiler.zones.find(component.zone.value_or(""));
    places.push_back(
        {*component.supplier_access + ":" + component.id,
         *component.supplier_access + " → " + component.name,
         1,
         lands,
         {compiler.draft.node(engine::NodeKind::power,
                              "power:supplier_access:" + *component.supplier_access + ":" + component.id,
                              *component.supplier_access),
          compiler.draft.presence(zone == compiler.zones.end() ? compiler.zones.at("") : zone->second)}});
  }
  return places;
}

}  // namespace

void compile_doors(Compiler& compiler) {
  open_gateways(compiler);
  add_scenario(compiler, "credentials", remote_access(compiler));
  add_scenario(compiler, "exposed_flaw", exposed_flaws(compiler));
  add_scenario(compiler, "phishing", phishing(compiler));
  add_scenario(compiler, "supplier", suppliers(compiler));
  auto& doors = compiler.draft.model.doors;
  // The same session twice (two collections) is one door.
  std::sort(doors.begin(), doors.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  doors.erase(
      std::unique(doors.begin(), doors.end(), [](const auto& a, const auto& b) { return a.name == b.name; }),
      doors.end());
}

}  // namespace releve::assessment
