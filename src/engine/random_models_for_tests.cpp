// SPDX-License-Identifier: EUPL-1.2
#include "engine/random_models_for_tests.hpp"

#include <algorithm>

namespace releve::engine {

RandomDraws::RandomDraws(Seed seed, const std::string& what)
    : seed_(seed), name_(name_key("random models: " + what)) {}

std::uint32_t RandomDraws::below(std::uint32_t n) {
  return static_cast<std::uint32_t>((static_cast<std::uint64_t>(draw(seed_, name_, next_++, 0)) * n) >> 32);
}

bool RandomDraws::maybe(double p) {
  return below(1'000'000) < p * 1'000'000;
}

namespace {

class RandomHospital {
 public:
  RandomHospital(Seed seed, const RandomModelOptions& options)
      : options_(options), draws_(seed, "hospital") {}

  Model build() {
    techniques();
    zones();
    nodes();
    steps();
    doors();
    curves();
    components();
    needs_of_components();
    applications();
    services();
    virtualisation();
    attack_parameters();
    care_parameters();
    if (options_.unrelated_element) {
      unrelated();
    }
    return std::move(draft_).seal();
  }

 private:
  Delay delay(std::uint32_t most) {
    if (draws_.maybe(0.02)) {
      most = never;  // months
    }
    switch (draws_.below(5)) {
      case 0:
        return fixed_delay(static_cast<Tick>(draws_.below(most + 1)));
      case 1:
        return most == 0 ? fixed_delay(0) : lognormal_delay(0.1 + most / 40.0, 0.2 + most / 12.0);
      default:
        break;
    }
    std::vector<WeightedTick> values;
    for (std::uint32_t i = draws_.from(1, 4); i > 0; --i) {
      values.push_back({static_cast<Tick>(draws_.below(most + 1)), draws_.one_of<double>({1, 1, 2, 0.3})});
    }
    return discrete_delay(values);
  }

  double chance() { return draws_.one_of<double>({0, 0.2, 0.5, 0.5, 0.8, 1, 1}); }

  std::string number(std::size_t i) { return std::to_string((i * 7 + 3) % 17) + "-" + std::to_string(i); }

  void techniques() {
    for (std::uint32_t i = draws_.from(2, 4); i > 0; --i) {
      draft_.model.techniques.push_back(
          {"technique-" + number(i), draws_.one_of<double>({0, 0.4, 1}), draws_.maybe(0.3), delay(30)});
    }
    technique_count_ = static_cast<std::uint32_t>(draft_.model.techniques.size());
  }

  void zones() {
    for (std::uint32_t i = draws_.from(1, 3); i > 0; --i) {
      zones_.push_back(draft_.zone("zone-" + number(i)));
    }
    for (const ZoneIndex from : zones_) {
      for (const ZoneIndex to : zones_) {
        for (std::uint32_t p = 0; p < 2; ++p) {
          if (draws_.maybe(0.5)) {
            draft_.flow(from, to, static_cast<Protocol>(p));
          }
        }
      }
    }
    for (const ZoneIndex zone : zones_) {
      for (std::uint32_t i = draws_.below(3); i > 0; --i) {
        const double factor = draws_.one_of<double>({0.3, 0.7, 1});
        const Delay latency = delay(draws_.one_of<std::uint32_t>({0, 20, 300}));
        if (options_.sight) {
          draft_.watch(zone, "sensor-" + std::to_string(i), factor, latency);
        }
      }
    }
  }

  void nodes() {
    for (std::uint32_t i = draws_.from(1, 4); i > 0; --i) {
      accounts_.push_back(draft_.node(NodeKind::account, "account:" + number(i), "account"));
    }
    for (std::uint32_t i = draws_.from(0, 4); i > 0; --i) {
      powers_.push_back(draft_.node(NodeKind::power, "power:" + number(i), "power"));
    }
    if (!powers_.empty() && draws_.maybe(0.8)) {
      draft_.model.domains.push_back({"domain", draws_.one_of(powers_), draws_.one_of(powers_)});
    }
    for (std::uint32_t i = draws_.from(1, 6); i > 0; --i) {
      Host host;
      host.name = "host:" + number(i);
      host.node = draft_.node(NodeKind::host, host.name, "host");
      host.zone = draws_.one_of(zones_);
      if (!draft_.model.domains.empty() && draws_.maybe(0.7)) {
        host.domain = 0;
      }
      host.blocked = draws_.maybe(0.3) ? threshold_of(chance()) : 0;
      host.kept_on_shutdown = draws_.maybe(0.2);
      draft_.implies(host.node, draft_.presence(host.zone));
      hosts_.push_back(draft_.model.hosts.push_back(host));
      draft_.model.nodes[host.node].host = hosts_.back();
      all_.push_back(host.node);
    }
    all_.insert(all_.end(), accounts_.begin(), accounts_.end());
    all_.insert(all_.end(), powers_.begin(), powers_.end());
  }

  void steps() {
    for (std::uint32_t i = draws_.from(3, 18); i > 0; --i) {
      Draft::NewStep step;
      step.head = draws_.one_of(all_);
      step.technique = static_cast<std::uint16_t>(draws_.below(technique_count_));
      step.chance = chance();
      step.finding = draws_.maybe(0.5) ? "finding-" + std::to_string(i) : "";
      step.zone = draws_.maybe(0.7) ? draws_.one_of(zones_) : ZoneIndex{};
      if (draws_.maybe(0.2)) {
        step.shared_name = draws_.one_of<std::string>({"coin:1", "coin:2"});
      }
      if (draws_.maybe(0.2)) {
        step.crossings = static_cast<std::uint8_t>(draws_.below(8));
      }
      if (draws_.maybe(0.3)) {
        const std::string name = "fact:" + std::to_string(draws_.below(4));
        step.facts.push_back(draft_.fact(name, "group", name));
      }
      for (std::uint32_t n = draws_.one_of<std::uint32_t>({1, 1, 1, 2, 3}); n > 0; --n) {
        step.inputs.push_back(draws_.one_of(all_));
      }
      if (draws_.maybe(0.35)) {
        step.shared_name.clear();
        step.head = draft_.model.hosts[draws_.one_of(hosts_)].node;
        draft_.network_step(step, draws_.one_of(zones_), static_cast<Protocol>(draws_.below(2)));
      } else {
        draft_.step(step);
      }
    }
  }

  void doors() {
    for (std::uint32_t i = draws_.from(1, 4); i > 0; --i) {
      Door door;
      door.name = "door:" + number(i);
      door.scenario = "scenario";
      door.weight = draws_.one_of<double>({0.1, 0.5, 1, 3});
      door.threshold = threshold_of(draws_.one_of<double>({0.5, 1, 1}));
      door.open = draws_.maybe(0.85);
      for (std::uint32_t n = draws_.from(1, 2); n > 0; --n) {
        door.grants.push_back(draws_.one_of(all_));
      }
      draft_.model.doors.push_back(door);
    }
  }

  void curves() {
    for (std::uint32_t i = draws_.from(1, 3); i > 0; --i) {
      std::array<double, 6> shares{};
      double left = draws_.one_of<double>({0.4, 0.8, 1});
      for (double& share : shares) {
        left *= draws_.one_of<double>({0.5, 0.9, 1});
        share = left;
      }
      for (const double better : {0.0, 0.2, 0.5}) {  // down, read-only, not linked
        std::array<double, 6> raised{};
        for (std::size_t p = 0; p < shares.size(); ++p) {
          raised[p] = shares[p] + (1 - shares[p]) * better;
        }
        draft_.model.curves.push_back(curve_through(raised));
      }
    }
    // Last, curves that lose nothing, for measures that improve care.
    for (int state = 0; state < 3; ++state) {
      draft_.model.curves.push_back(curve_through({1, 1, 1, 1, 1, 1}));
    }
  }

  NeedGroup group(const std::vector<ItemIndex>& targets) {
    NeedGroup out;
    out.name = "group";
    for (std::uint32_t n = draws_.one_of<std::uint32_t>({1, 1, 1, 2, 3}); n > 0; --n) {
      out.needs.push_back({draws_.one_of(targets),
                           draws_.one_of<State>({State::read_only, State::not_linked, State::full}),
                           static_cast<std::int32_t>(draws_.one_of<std::uint32_t>({0, 0, 3, 40, 300}))});
    }
    out.needed = draws_.from(1, static_cast<std::uint32_t>(out.needs.size()));
    out.otherwise = draws_.maybe(0.25) ? NeedGroup::Otherwise::not_linked : NeedGroup::Otherwise::down;
    return out;
  }

  void components() {
    for (std::uint32_t i = draws_.from(1, 6); i > 0; --i) {
      Item item;
      item.name = "component:" + number(i);
      item.recovery = draws_.one_of<Recovery>({Recovery::core, Recovery::platform, Recovery::backup,
                                               Recovery::server, Recovery::server, Recovery::workstations,
                                               Recovery::none, Recovery::external});
      item.external = draws_.maybe(0.12);
      item.kept_on_shutdown = draws_.maybe(0.2);
      if (item.external && draws_.maybe(0.8)) {
        item.recovery = Recovery::external;
      } else {
        for (const HostIndex host : hosts_) {
          if (draws_.maybe(0.4)) {
            item.hosts.push_back(host);
          }
        }
      }
      item.lost_share = draws_.one_of<double>({0, 0.3, 0.5, 1});
      item.is_backup = item.recovery == Recovery::backup;
      item.copy_survives = draws_.maybe(0.2);
      item.backup_lost = threshold_of(chance());
      item.backup_control = !powers_.empty() && draws_.maybe(0.5) ? draws_.one_of(powers_) : NodeIndex{};
      components_.push_back(draft_.model.items.push_back(item));
    }
  }

  void needs_of_components() {
    for (const ItemIndex index : components_) {
      Item& item = draft_.model.items[index];
      for (std::uint32_t n = item.external ? 0 : draws_.one_of<std::uint32_t>({0, 0, 1, 2}); n > 0; --n) {
        item.groups.push_back(group(components_));
      }
      for (const ItemIndex backup : components_) {
        if (draft_.model.items[backup].is_backup && backup != index && draws_.maybe(0.6)) {
          item.backups.push_back(backup);
        }
      }
    }
  }

  void applications() {
    const std::uint32_t count = draws_.from(1, 4);
    for (std::uint32_t i = count; i > 0; --i) {
      Item item;
      item.name = "application:" + number(i);
      item.kind = ItemKind::application;
      item.patient_record = draws_.maybe(0.4);
      applications_.push_back(draft_.model.items.push_back(item));
    }
    std::vector<ItemIndex> ends = components_;
    ends.insert(ends.end(), applications_.begin(), applications_.end());
    std::vector<ItemIndex> targets = ends;
    for (std::uint32_t i = draws_.below(3); i > 0; --i) {
      Item item;
      item.name = "interface:" + number(i);
      item.kind = ItemKind::interface;
      item.groups.push_back(group(ends));
      item.groups.back().otherwise = NeedGroup::Otherwise::down;
      targets.push_back(draft_.model.items.push_back(item));
    }
    for (const ItemIndex index : applications_) {
      for (std::uint32_t n = draws_.from(1, 3); n > 0; --n) {
        draft_.model.items[index].groups.push_back(group(draws_.maybe(0.6) ? components_ : targets));
      }
    }
    targets_ = targets;
  }

  void services() {
    for (std::uint32_t i = draws_.from(1, 3); i > 0; --i) {
      Item item;
      item.name = "service:" + number(i);
      item.kind = ItemKind::service;
      item.weight = draws_.one_of<double>({0, 1, 1, 2, 3, 0.5});
      item.beds = draws_.from(0, 40);
      item.occupancy = draws_.one_of<double>({0.5, 0.8, 0.93, 1});
      item.not_dischargeable = draws_.one_of<double>({0, 0.3, 1});
      item.transfer_after = draws_.one_of<std::int32_t>({0, 5, 100});
      item.hospital_order = draws_.maybe(0.3) ? draws_.from(1, 2) : 0;
      for (std::uint32_t n = draws_.from(1, 3); n > 0; --n) {
        NeedGroup needs = group(targets_);
        needs.otherwise = NeedGroup::Otherwise::as_target;
        const std::uint32_t set =
            3 * draws_.below(static_cast<std::uint32_t>(draft_.model.curves.size() / 3));
        needs.curves = {set, set + 1, set + 2};
        item.groups.push_back(needs);
      }
      targets_.push_back(draft_.model.items.push_back(item));
    }
  }

  void virtualisation() {
    if (powers_.empty() || draws_.maybe(0.5)) {
      return;
    }
    Virtualisation out;
    out.control = draws_.one_of(powers_);
    for (const HostIndex host : hosts_) {
      if (draws_.maybe(0.4)) {
        out.hosts.push_back(host);
      }
    }
    for (const ItemIndex item : components_) {
      if (draws_.maybe(0.2) && !draft_.model.items[item].external) {
        out.items.push_back(item);
      }
    }
    draft_.model.virtualisations.push_back(out);
  }

  void attack_parameters() {
    Parameters& p = draft_.model.parameters;
    p.attempts = discrete_delay({{1, 1}, {2, 2}, {3, 1}});
    for (std::uint32_t i = draws_.from(1, 3); i > 0; --i) {
      p.ambitions.push_back({draws_.one_of<double>({0.05, 0.3, 0.5, 1}), draws_.one_of<double>({1, 2, 0.5})});
    }
    p.steal_only = threshold_of(draws_.one_of<double>({0, 0.1, 0.2}));
    p.long_dwell = threshold_of(chance());
    p.dwell_short = delay(40);
    p.dwell_long = delay(400);
    p.night = threshold_of(chance());
    p.strike_needs_outside = draws_.maybe(0.5);
    p.reaction_office = delay(draws_.one_of<std::uint32_t>({0, 40}));
    p.reaction_off = delay(draws_.one_of<std::uint32_t>({10, 120, 600}));
    for (CutLevel& cut : p.cuts) {
      cut.threshold = options_.sight ? threshold_of(draws_.one_of<double>({0, 0.5, 1})) : 0;
      cut.extra = delay(30);
    }
    p.shutdown = threshold_of(chance());
    p.shutdown_office = delay(20);
    p.shutdown_off = delay(40);
    p.encryption = delay(30);
    p.backups_sought = threshold_of(draws_.one_of<double>({0.5, 1}));
  }

  void care_parameters() {
    Parameters& p = draft_.model.parameters;
    const std::uint32_t scale = draws_.one_of<std::uint32_t>({20, 100, 100, 500, 3000});
    for (TaskTable& task : p.tasks) {
      task.duration = draws_.maybe(0.1) ? fixed_delay(0) : delay(scale);
      task.skill = static_cast<Skill>(draws_.below(skill_count));
    }
    for (std::size_t skill = 0; skill < skill_count; ++skill) {
      p.teams[skill] = draws_.one_of<std::uint32_t>({0, 1, 1, 1, 2, 2, 3});
      p.help_teams[skill] = draws_.maybe(0.4) ? draws_.from(1, 2) : 0;
    }
    p.help_after = draws_.one_of<std::int32_t>({30, 240, 2000, horizon});
    p.batch = draws_.from(1, 3);
    p.catch_up_share = draws_.one_of<double>({0, 0.3, 1});
    p.catch_up_most = draws_.one_of<std::int32_t>({0, 50, 2000});
    p.stop_below = draws_.one_of<std::int32_t>({full_capacity / 2, full_capacity / 5, full_capacity});
  }

  void unrelated() {
    const NodeIndex from = draft_.node(NodeKind::account, "account:+unrelated", "unrelated");
    const NodeIndex to = draft_.node(NodeKind::account, "account:+unrelated-2", "unrelated");
    const ZoneIndex zone = draft_.zone("+unrelated");
    draft_.watch(zone, "sensor-unrelated", 1, fixed_delay(0));
    draft_.step({.inputs = {from}, .head = to, .technique = 0, .chance = 0.5, .zone = zone});
    draft_.implies(to, draft_.presence(zone), {draft_.fact("+unrelated", "group", "unrelated")});
    Item item;
    item.name = "component:+unrelated";
    item.kept_on_shutdown = true;
    draft_.model.items.push_back(item);
  }

  RandomModelOptions options_;
  RandomDraws draws_;
  Draft draft_;
  std::uint32_t technique_count_ = 0;
  std::vector<ZoneIndex> zones_;
  std::vector<NodeIndex> accounts_, powers_, all_;
  std::vector<HostIndex> hosts_;
  std::vector<ItemIndex> components_, applications_, targets_;
};

/// A few of the first `count` indices.
std::vector<std::uint32_t> some(RandomDraws& draws, std::size_t count) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (draws.maybe(0.4)) {
      out.push_back(i);
    }
  }
  return out;
}

std::vector<std::uint32_t> some_items(const Model& model, RandomDraws& draws, ItemKind kind) {
  std::vector<std::uint32_t> out;
  for (const std::uint32_t item : some(draws, model.items.size())) {
    if (model.items[ItemIndex{item}].kind == kind) {
      out.push_back(item);
    }
  }
  return out;
}

}  // namespace

ModelChange random_change(const Model& model, RandomDraws& draws, ChangeKind kind) {
  const double factor = draws.one_of<double>({0, 0.3, 0.7});
  switch (kind) {
    case ChangeKind::weaken_steps:
      return {kind, some(draws, model.steps.size()), factor};
    case ChangeKind::weaken_doors:
      return {kind, some(draws, model.doors.size()), factor};
    case ChangeKind::strengthen_sight:
      return {kind, some(draws, model.watchpoints.size()), static_cast<double>(draws.from(2, 3))};
    case ChangeKind::shorten_reaction:
      return {kind, {}, factor};
    case ChangeKind::block_encryption:
      return {kind, some(draws, model.hosts.size()), 1 - factor};
    case ChangeKind::protect_backups:
      return {kind, some_items(model, draws, ItemKind::component), 0};
    case ChangeKind::add_autonomy:
      return {kind,
              some_items(model, draws, draws.one_of<ItemKind>({ItemKind::application, ItemKind::service})),
              static_cast<double>(draws.from(1, 200))};
    case ChangeKind::improve_care:
      return {kind, some_items(model, draws, ItemKind::service),
              static_cast<double>(model.curves.size() - 3)};
    case ChangeKind::add_teams:
      return {kind, some(draws, skill_count), static_cast<double>(draws.from(1, 2))};
    case ChangeKind::shorten_tasks:
      return {kind, some(draws, task_kinds), factor};
  }
  return {};
}

Measure random_measure(const Model& model, RandomDraws& draws) {
  Measure out{"measure", {}};
  for (std::uint32_t n = draws.from(1, 2); n > 0; --n) {
    out.changes.push_back(random_change(model, draws, static_cast<ChangeKind>(draws.below(10))));
  }
  return out;
}

std::vector<Measure> random_measures(const Model& model, RandomDraws& draws, std::size_t count) {
  std::vector<Measure> out;
  out.reserve(count);
  while (out.size() < count) {
    out.push_back(random_measure(model, draws));
  }
  return out;
}

Model random_model(Seed seed, const RandomModelOptions& options) {
  return RandomHospital(seed, options).build();
}

}  // namespace releve::engine
