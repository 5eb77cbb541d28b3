// SPDX-License-Identifier: EUPL-1.2
// The next best question: which unconfirmed input, moved over its plausible range, moves the result most.
#include "prepare/assessment/candidates.hpp"
#include "prepare/assessment/compiler.hpp"

#include <algorithm>
#include <array>

namespace releve::assessment {

using engine::ChangeKind;
using engine::Measure;
using engine::ModelChange;

namespace {

Question question(std::string element, std::string field, std::string code, std::string name,
                  std::string assumed) {
  return {std::move(element), std::move(field), message(std::move(code), {{"name", std::move(name)}}), 0,
          std::move(assumed)};
}

class Doubter {
 public:
  Doubter(Compiled& compiled, const cartography::Cartography& map, const cartography::Defaults& defaults,
          const Tables& tables, const std::vector<engine::World>& scouts)
      : model_(compiled.model), map_(map), defaults_(defaults), tables_(tables), scouts_(scouts) {}

  std::vector<Doubt> derive() {
    remote_access();
    backups();
    reaction();
    teams();
    care();
    return std::move(list_);
  }

 private:
  void add(Question asked, std::vector<ModelChange> low, std::vector<ModelChange> high) {
    const std::string id = asked.element + "." + asked.field;
    list_.push_back({std::move(asked), {"low:" + id, std::move(low)}, {"high:" + id, std::move(high)}});
  }

  void remote_access() {
    bool declared = false;
    for (const auto& zone : map_.zones) {
      const bool entered = zone.remote_access_group && !zone.remote_access_group->empty();
      declared = declared || entered;
      if (entered && !zone.remote_access_mfa) {
        second_factor(
            zone.id, question(zone.id, "remote_access_mfa", "question.remote_access_mfa", zone.name, "null"));
      }
    }
    if (!declared && !map_.answers.contains("remote_access_mfa")) {
      second_factor("", question("", "remote_access_mfa", "question.remote_access_mfa_anywhere", "", "null"));
    }
  }

  void second_factor(const std::string& zone, Question asked) {
    const double missing = share_row(tables_.attack.chances, "mfa_missing");
    const double bypassed = share_row(tables_.attack.chances, "mfa_bypassed");
    std::vector<std::uint32_t> doors;
    for (std::uint32_t d = 0; d < model_.doors.size(); ++d) {
      if (model_.doors[d].name.starts_with("door:credentials:" + zone + ":")) {
        doors.push_back(d);
      }
    }
    if (!doors.empty()) {
      add(std::move(asked), {{ChangeKind::weaken_doors, doors, bypassed / missing}},
          {{ChangeKind::weaken_doors, doors, 1 / missing}});
    }
  }

  void backups() {
    for (const auto& component : map_.components) {
      if (component.kind != cartography::ComponentKind::backup || component.offline_backup) {
        continue;
      }
      for (std::uint32_t i = 0; i < model_.items.size(); ++i) {
        const auto& item = model_.items[engine::ItemIndex{i}];
        if (item.name == "component:" + component.id && !item.copy_survives) {
          add(question(component.id, "offline_backup", "question.offline_backup", component.name, "false"),
              {{ChangeKind::protect_backups, {i}, 1}}, {});
        }
      }
    }
  }

  void reaction() {
    if (!map_.answers.contains("reaction_night_h")) {
      // Brest's 23 minutes and twice Armentières' time, over a table whose median is that of Armentières.
      add(question("", "reaction_night_h", "question.reaction_night_h", "", "3.5"),
          {{ChangeKind::shorten_reaction, {}, 0.11}}, {{ChangeKind::shorten_reaction, {}, 2}});
    }
  }

  void teams() {
    constexpr std::array<const char*, engine::skill_count> names{"security", "infrastructure", "applications",
                                                                 "workplace", "ward"};
    for (std::uint32_t skill = 0; skill < names.size(); ++skill) {
      const std::string field = std::string("teams_") + names[skill];
      if (!map_.answers.contains(field)) {
        const auto now = static_cast<double>(model_.parameters.teams[skill]);
        add(question("", field, "question." + field, "", std::to_string(static_cast<int>(now))),
            {{ChangeKind::add_teams, {skill}, now}},
            {{ChangeKind::add_teams, {skill}, -std::max(0.0, now - 1)}});
      }
    }
  }

  void care() {
    constexpr std::size_t most = 10;
    std::size_t asked = 0;
    for (const std::size_t s : most_hurt(model_, scouts_)) {
      const engine::ItemIndex item = model_.services[s];
      const std::string id = model_.items[item].name.substr(8);  // "service:"
      const auto service = std::find_if(map_.services.begin(), map_.services.end(),
                                        [&](const auto& one) { return one.id == id; });
      if (service == map_.services.end() || (service->capacity_24h && service->capacity_1w)) {
        continue;
      }
      if (++asked > most) {
        return;
      }
      // Who has said how the first day goes leaves less to doubt about the weeks.
      const bool first = !service->capacity_24h;
      const char* field = first ? "capacity_24h" : "capacity_1w";
      const auto better = static_cast<double>(moved_curves(model_, item, first ? 0.25 : 0.15));
      const auto worse = static_cast<double>(moved_curves(model_, item, first ? -0.25 : -0.15));
      const double assumed = cartography::resolve(*service, defaults_).down[first ? 2 : 4];
      add(question(id, field, std::string("question.") + field, service->name, to_json(assumed)),
          {{ChangeKind::improve_care, {item.value}, better}},
          {{ChangeKind::improve_care, {item.value}, worse}});
    }
  }

  engine::Model& model_;
  const cartography::Cartography& map_;
  const cartography::Defaults& defaults_;
  const Tables& tables_;
  const std::vector<engine::World>& scouts_;
  std::vector<Doubt> list_;
};

}  // namespace

std::vector<Doubt> derive_doubts(Compiled& compiled, const cartography::Cartography& cartography,
                                 const cartography::Defaults& defaults, const Tables& tables,
                                 const std::vector<engine::World>& scouts) {
  return Doubter(compiled, cartography, defaults, tables, scouts).derive();
}

}  // namespace releve::assessment
