// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/candidates.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace releve::assessment {

using engine::ChangeKind;
using engine::ItemIndex;
using engine::ItemKind;
using engine::Model;
using engine::ModelChange;

namespace {

const MeasureRow& row_of(const Tables& tables, const std::string& kind) {
  for (const MeasureRow& row : tables.measures) {
    if (row.kind == kind) {
      return row;
    }
  }
  RELEVE_CHECK(false, "measures.json has a row " + kind);
  return tables.measures.front();
}

/// The kind of measure that closes a kind of fact.
const char* kind_of_fact(const std::string& group) {
  static const std::map<std::string, const char*> kinds{{"patch", "patch"},
                                                        {"session", "session_hygiene"},
                                                        {"roasting", "roasting"},
                                                        {"unconstrained", "close_relation"},
                                                        {"template", "certificate_template"},
                                                        {"dcsync", "close_relation"},
                                                        {"virtualisation", "isolate_platform"},
                                                        {"backup_control", "isolate_backup"},
                                                        {"supplier_access", "supplier_access"}};
  const auto found = kinds.find(group);
  return found != kinds.end()         ? found->second
         : group.starts_with("flow:") ? "isolate_flow"
                                      : "close_relation";
}

class Deriver {
 public:
  Deriver(Compiled& compiled, const Tables& tables, const std::vector<engine::World>& scouts)
      : model_(compiled.model), tables_(tables), scouts_(scouts) {}

  std::vector<Candidate> derive() {
    doors();
    sight();
    backups();
    steps_of_techniques();
    restoration();
    care();
    facts();
    if (list_.size() > max_candidates) {
      list_.resize(max_candidates);
    }
    return std::move(list_);
  }

 private:
  void add(const char* kind, const std::string& subject, const std::string& label, std::size_t units,
           std::vector<ModelChange> changes, const char* title = nullptr) {
    const bool empty = std::all_of(changes.begin(), changes.end(), [](const ModelChange& change) {
      return change.targets.empty() && change.kind != ChangeKind::shorten_reaction;
    });
    if (empty) {
      return;
    }
    const MeasureRow& row = row_of(tables_, kind);
    Candidate candidate;
    candidate.measure.id = std::string(kind) + (subject.empty() ? "" : ":" + subject);
    candidate.measure.changes = std::move(changes);
    candidate.about.id = candidate.measure.id;
    candidate.about.kind = kind;
    candidate.about.title = message("measure." + std::string(title != nullptr ? title : kind),
                                    {{"name", label}, {"count", std::to_string(units)}});
    candidate.about.cost_eur =
        row.cost_eur + row.cost_per_unit_eur * static_cast<double>(row.unit == "once" ? 0 : units);
    candidate.about.effort_days = row.effort_days;
    list_.push_back(std::move(candidate));
  }

  double value(const char* kind) const { return row_of(tables_, kind).value; }

  void doors() {
    for (const auto& [scenario, kind] :
         {std::pair("credentials", "remote_access_mfa"), std::pair("phishing", "phishing_training"),
          std::pair("exposed_flaw", "patch_exposed"), std::pair("supplier", "supplier_access")}) {
      std::vector<std::uint32_t> targets;
      for (std::uint32_t d = 0; d < model_.doors.size(); ++d) {
        if (model_.doors[d].scenario == scenario && model_.doors[d].open) {
          targets.push_back(d);
        }
      }
      add(kind, "", "", targets.size(), {{ChangeKind::weaken_doors, targets, value(kind)}},
          std::string_view(kind) == "supplier_access" ? "supplier_doors" : nullptr);
    }
  }

  void sight() {
    std::vector<std::uint32_t> hosts;
    for (std::uint32_t h = 0; h < model_.hosts.size(); ++h) {
      if (model_.hosts[engine::HostIndex{h}].blocked > 0) {  // software can be put on it
        hosts.push_back(h);
      }
    }
    std::vector<std::uint32_t> points(model_.watchpoints.size());
    for (std::uint32_t w = 0; w < points.size(); ++w) {
      points[w] = w;
    }
    add("edr", "", "", hosts.size(),
        {{ChangeKind::block_encryption, hosts, value("edr")}, {ChangeKind::strengthen_sight, points, 2}});
    add("edr_24x7", "", "", hosts.size(),
        {{ChangeKind::block_encryption, hosts, value("edr_24x7")},
         {ChangeKind::strengthen_sight, points, 4},
         {ChangeKind::shorten_reaction, {}, 0.6}});
    add("detection", "", "", model_.zones.size(),
        {{ChangeKind::strengthen_sight, points, value("detection")}});
    add("night_decision", "", "", 1, {{ChangeKind::shorten_reaction, {}, value("night_decision")}});
  }

  void backups() {
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < model_.items.size(); ++i) {
      const auto& item = model_.items[ItemIndex{i}];
      if (item.is_backup && !item.copy_survives) {
        all.push_back(i);
      }
    }
    add("offline_backup", "", "", all.size(), {{ChangeKind::protect_backups, all, 1}});
  }

  std::vector<std::uint32_t> steps_with(std::initializer_list<std::string_view> techniques) const {
    std::vector<std::uint32_t> steps;
    for (std::uint32_t s = 0; s < model_.steps.size(); ++s) {
      const std::string& id = model_.techniques[model_.steps[engine::StepIndex{s}].technique].id;
      if (std::find(techniques.begin(), techniques.end(), id) != techniques.end()) {
        steps.push_back(s);
      }
    }
    return steps;
  }

  /// Accounts that own a domain by memberships and rights alone: Tier-0 in the sense of tiering.
  std::set<std::uint32_t> tier0_accounts() const {
    std::vector<std::uint32_t> open;
    for (const auto& domain : model_.domains) {
      open.push_back(domain.tier0.value);
    }
    std::set<std::uint32_t> seen(open.begin(), open.end());
    std::vector<std::vector<std::uint32_t>> into(model_.nodes.size());
    for (std::uint32_t s = 0; s < model_.steps.size(); ++s) {
      const auto& step = model_.steps[engine::StepIndex{s}];
      if (step.inputs == 1 && step.threshold == engine::certain &&
          model_.techniques[step.technique].id == "instantaneous") {
        into[step.head.value].push_back(model_.inputs_of(engine::StepIndex{s})[0]);
      }
    }
    while (!open.empty()) {
      const std::uint32_t node = open.back();
      open.pop_back();
      for (const std::uint32_t from : into[node]) {
        if (model_.nodes[engine::NodeIndex{from}].kind == engine::NodeKind::account &&
            seen.insert(from).second) {
          open.push_back(from);
        }
      }
    }
    return seen;
  }

  void steps_of_techniques() {
    const auto known = steps_with({"exploit_ransomware", "exploit_known"});
    const auto sessions = steps_with({"session_fresh", "session_old"});
    add("patch", "known", "", known.size(), {{ChangeKind::weaken_steps, known, 0}}, "patch_known");
    add("session_hygiene", "", "", sessions.size(),
        {{ChangeKind::weaken_steps, sessions, value("session_hygiene")}}, "session_hygiene_all");
    const std::set<std::uint32_t> tier0 = tier0_accounts();
    std::vector<std::uint32_t> risky;
    for (const std::uint32_t s : sessions) {
      if (tier0.contains(model_.steps[engine::StepIndex{s}].head.value)) {
        risky.push_back(s);
      }
    }
    add("tiering", "", "", risky.size(), {{ChangeKind::weaken_steps, risky, value("tiering")}});
  }

  void restoration() {
    const auto kind = [](engine::TaskKind k) { return static_cast<std::uint32_t>(k); };
    add("tested_restore", "", "", 1,
        {{ChangeKind::shorten_tasks,
          {kind(engine::TaskKind::restore), kind(engine::TaskKind::rebuild),
           kind(engine::TaskKind::restart_application)},
          value("tested_restore")}});
    add("spare_team", "", "", 1,
        {{ChangeKind::add_teams,
          {static_cast<std::uint32_t>(engine::Skill::infrastructure)},
          value("spare_team")}});
    add("spare_workstations", "", "", 1,
        {{ChangeKind::shorten_tasks, {kind(engine::TaskKind::workstations)}, value("spare_workstations")}});
  }

  void care() {
    constexpr std::size_t most = 12;
    const auto hurt = most_hurt(model_, scouts_);
    for (std::size_t i = 0; i < hurt.size() && i < most; ++i) {
      const ItemIndex service = model_.services[hurt[i]];
      const auto label = model_.items[service].label;
      const auto name = model_.items[service].name;
      add("degraded_mode", name, label, 1,
          {{ChangeKind::improve_care,
            {service.value},
            static_cast<double>(moved_curves(model_, service, value("degraded_mode")))}});
      add("autonomy", name, label, 1,
          {{ChangeKind::add_autonomy, {service.value}, value("autonomy") * engine::ticks_per_hour}});
    }
  }

  /// What the scouts' attacks passed over, most used first.
  void facts() {
    std::map<std::uint32_t, std::size_t> used;
    for (const engine::World& world : scouts_) {
      for (const engine::FactIndex fact : world.path_facts) {
        ++used[fact.value];
      }
    }
    std::vector<std::pair<std::size_t, std::uint32_t>> order;
    for (const auto& [fact, count] : used) {
      order.emplace_back(count, fact);
    }
    std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first
                                : model_.facts[engine::FactIndex{a.second}].name <
                                      model_.facts[engine::FactIndex{b.second}].name;
    });
    for (const auto& [count, index] : order) {
      if (list_.size() >= max_candidates) {
        return;
      }
      const engine::FactIndex fact{index};
      const auto steps = model_.steps_of(fact);
      const auto& about = model_.facts[fact];
      const char* kind = kind_of_fact(about.group);
      const double left = std::string_view(kind) == "close_relation" || std::string_view(kind) == "patch" ||
                                  std::string_view(kind) == "isolate_flow" ||
                                  std::string_view(kind) == "certificate_template"
                              ? 0
                              : value(kind);
      const std::string title = about.group.starts_with("flow:") ? "isolate_flow" : about.group;
      add(kind, about.name, about.label, steps.size(),
          {{ChangeKind::weaken_steps, {steps.begin(), steps.end()}, left}}, ("fact." + title).c_str());
    }
  }

  Model& model_;
  const Tables& tables_;
  const std::vector<engine::World>& scouts_;
  std::vector<Candidate> list_;
};

}  // namespace

std::vector<std::size_t> most_hurt(const Model& model, const std::vector<engine::World>& worlds) {
  std::vector<double> lost(model.services.size(), 0);
  for (const engine::World& world : worlds) {
    for (std::size_t s = 0; s < world.care.services.size(); ++s) {
      lost[s] += model.items[model.services[s]].weight * static_cast<double>(world.care.services[s].lost);
    }
  }
  std::vector<std::size_t> order;
  for (std::size_t s = 0; s < lost.size(); ++s) {
    if (lost[s] > 0) {
      order.push_back(s);
    }
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return lost[a] > lost[b]; });
  return order;
}

std::uint32_t moved_curves(Model& model, ItemIndex service, double by) {
  const auto first = static_cast<std::uint32_t>(model.curves.size());
  const auto shift = static_cast<std::int32_t>(by * engine::full_capacity);
  std::array<std::uint32_t, 3> own{};
  for (const auto& group : model.items[service].groups) {
    own = group.curves;
  }
  for (const std::uint32_t index : own) {
    engine::Curve curve = model.curves[index];
    for (std::int32_t& capacity : curve.by_age) {
      capacity = std::clamp(capacity + shift, 0, engine::full_capacity);
    }
    model.curves.push_back(std::move(curve));
  }
  return first;
}

std::vector<Candidate> derive_candidates(Compiled& compiled, const Tables& tables,
                                         const std::vector<engine::World>& scouts) {
  return Deriver(compiled, tables, scouts).derive();
}

}  // namespace releve::assessment
