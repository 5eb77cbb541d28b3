// SPDX-License-Identifier: EUPL-1.2
// The story of a world: the chain of steps to its goal, who saw what, the strike, what each service felt, and
// how it came back.
#include "prepare/assessment/assess.hpp"

#include <algorithm>
#include <set>

namespace releve::assessment {

namespace {

class Teller {
 public:
  Teller(const engine::Model& model, std::uint64_t seed, std::uint32_t world)
      : model_(model), runner_(model), world_(runner_.run(seed, world)) {}

  Story tell(std::uint32_t number, std::string id) {
    Story story;
    story.id = std::move(id);
    story.world = number;
    story.loss = world_.care.loss;
    story.first_access = world_.attack.hour_of_week;
    entry();
    chain();
    attack();
    care();
    recovery();
    std::stable_sort(events_.begin(), events_.end(),
                     [](const auto& a, const auto& b) { return a.hours < b.hours; });
    story.events = std::move(events_);
    return story;
  }

 private:
  void add(std::int32_t tick, const char* lane, std::string code, std::vector<Param> params = {}) {
    events_.push_back({static_cast<double>(tick) / engine::ticks_per_hour, lane,
                       message("story." + std::move(code), std::move(params))});
  }

  void entry() {
    const auto& attack = world_.attack;
    if (attack.door == engine::no_door) {
      add(0, "technical", "no_entry");
      return;
    }
    const auto& door = model_.doors[attack.door];
    add(0, "technical", "door." + door.scenario, {{"place", door.label}});
  }

  /// Back from the goal: the steps of the earliest tree that took time or chance.
  void chain() {
    std::vector<engine::NodeIndex> open;
    for (const auto& domain : model_.domains) {
      if (world_.attack.goal >= 0 && runner_.attack().held_at(domain.tier0) == world_.attack.goal) {
        open.push_back(domain.tier0);
      }
    }
    for (const engine::NodeIndex node : world_.path) {
      open.push_back(node);
    }
    std::set<std::uint32_t> told;
    for (const engine::NodeIndex node : open) {
      const std::uint32_t via = runner_.attack().held_by(node);
      if (via >= engine::by_door || !told.insert(node.value).second) {
        continue;
      }
      const auto& step = model_.steps[engine::StepIndex{via}];
      const std::string& technique = model_.techniques[step.technique].id;
      if (technique == "instantaneous") {
        continue;
      }
      std::string from;
      for (const std::uint32_t input : model_.inputs_of(engine::StepIndex{via})) {
        const auto& source = model_.nodes[engine::NodeIndex{input}];
        if (source.kind != engine::NodeKind::foothold && source.kind != engine::NodeKind::presence) {
          from = source.label;
        }
      }
      add(runner_.attack().held_at(node), "technical", "step." + technique,
          {{"target", model_.nodes[node].label}, {"from", from}});
    }
  }

  /// Where sensors looked, "zone|technique". Machines that no zone claims are in one without a name.
  void sighting() {
    const auto& a = world_.attack;
    const std::string& point = model_.watchpoints[a.sighted_at].name;
    const std::string id = point.substr(0, point.find('|'));
    const Param technique{"technique", point.substr(point.find('|') + 1)};
    if (id.empty()) {
      add(a.sighting, "technical", "sighted_somewhere", {technique});
      return;
    }
    const auto zone = std::find_if(model_.zones.begin(), model_.zones.end(),
                                   [&](const auto& one) { return one.name == id; });
    add(a.sighting, "technical", "sighted", {{"zone", model_.nodes[zone->local_admin].label}, technique});
  }

  void attack() {
    const auto& a = world_.attack;
    if (a.sighting >= 0) {
      sighting();
    }
    static constexpr const char* cuts[] = {"cut_internet", "cut_zones", "cut_everything"};
    for (std::size_t level = 0; level < 3; ++level) {
      if (a.cuts[level] >= 0) {
        add(a.cuts[level], "technical", cuts[level]);
      }
    }
    if (a.goal >= 0) {
      add(a.goal, "technical", "goal");
    }
    if (a.ending == engine::Ending::struck) {
      add(a.strike, "technical", "strike",
          {{"hosts", std::to_string(a.encrypted.size())},
           {"backups", std::to_string(a.backups_lost.size())}});
    } else if (a.strike >= 0) {
      add(a.strike, "technical",
          a.ending == engine::Ending::stole_only   ? "stole_only"
          : a.ending == engine::Ending::cut_before ? "cut_before"
                                                   : "nothing_hit");
    }
    if (a.shutdown >= 0) {
      add(a.shutdown, "technical", "shutdown");
    }
  }

  void care() {
    if (world_.attack.first_damage < 0) {
      return;
    }
    for (std::size_t s = 0; s < model_.services.size(); ++s) {
      const auto& outcome = world_.care.services[s];
      if (outcome.stops_at < 0) {
        continue;
      }
      const auto& item = model_.items[model_.services[s]];
      add(world_.attack.first_damage + outcome.stops_at, "care", "service_stops", {{"service", item.label}});
      if (outcome.transfers >= 1) {
        add(world_.attack.first_damage + outcome.stops_at + item.transfer_after, "care", "transfers",
            {{"service", item.label},
             {"patients", std::to_string(static_cast<int>(engine::round_half_up(outcome.transfers)))}});
      }
      const auto capacity = engine::capacity_of(model_, model_.services[s], runner_.lived().states);
      std::int32_t last = -1;
      for (std::int32_t tick = 0; tick < engine::horizon; ++tick) {
        last = capacity[static_cast<std::size_t>(tick)] < model_.parameters.stop_below ? tick : last;
      }
      if (last >= 0 && last + 1 < engine::horizon) {
        add(world_.attack.first_damage + last + 1, "care", "service_back", {{"service", item.label}});
      }
    }
  }

  void recovery() {
    std::int32_t servers = -1;
    std::size_t count = 0;
    for (const engine::Task& task : runner_.lived().plan.tasks) {
      const std::int32_t end = world_.attack.first_damage + task.end;
      switch (task.kind) {
        case engine::TaskKind::trusted_core:
          add(end, "technical", "trusted_core");
          break;
        case engine::TaskKind::platform:
          add(end, "technical", "platform_back", {{"name", model_.items[task.item].label}});
          break;
        case engine::TaskKind::gate:
          add(end, "technical", "gate");
          break;
        case engine::TaskKind::functional_check:
          if (model_.items[task.item].patient_record) {
            add(end, "care", "record_back", {{"name", model_.items[task.item].label}});
          }
          break;
        case engine::TaskKind::restore:
        case engine::TaskKind::rebuild:
          servers = std::max(servers, end);
          ++count;
          break;
        default:
          break;
      }
    }
    if (count > 0) {
      add(servers, "technical", "servers_back", {{"count", std::to_string(count)}});
    }
  }

  const engine::Model& model_;
  engine::WorldRunner runner_;
  engine::World world_;
  std::vector<StoryEvent> events_;
};

}  // namespace

Story story_of(const Compiled& compiled, std::uint64_t seed, std::uint32_t world, std::string id) {
  return Teller(compiled.model, seed, world).tell(world, std::move(id));
}

}  // namespace releve::assessment
