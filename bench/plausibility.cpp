// SPDX-License-Identifier: EUPL-1.2
#include "plausibility.hpp"

#include "prepare/assessment/compile.hpp"

#include <algorithm>

namespace releve::bench {

using namespace engine;

namespace {

constexpr double ticks_per_day = 24.0 * ticks_per_hour;

/// Days until the item is at least `least` for good; 0 when it never fell below, eight weeks when it is not
/// back.
double days_until_back(const Timeline& states, State least) {
  std::int32_t last = 0;
  State now = State::full;
  for (const Change& change : states) {
    last = now < least ? change.tick : last;
    now = change.state;
  }
  return (now < least ? horizon : last) / ticks_per_day;
}

const char* ending_name(Ending ending) {
  constexpr std::array<const char*, 6> names{"no_entry",   "no_goal",     "cut_before",
                                             "stole_only", "nothing_hit", "struck"};
  return names[static_cast<std::size_t>(ending)];
}

/// Ended, for those who tell of it, as an attack: it had what it wanted before somebody cut it off, or not.
bool is_told(Ending ending) {
  return ending != Ending::no_entry && ending != Ending::no_goal;
}

bool off_hours(const Attack& attack, std::int32_t tick) {
  const std::int32_t hour = (static_cast<std::int32_t>(attack.hour_of_week) + tick / ticks_per_hour) % 168;
  return hour >= 5 * 24 || hour % 24 < 8 || hour % 24 >= 18;
}

}  // namespace

Tally::Tally(const Model& model, const cartography::Cartography& cartography)
    : model_(model), is_server_(model.hosts.size(), false) {
  // compile() makes one host per machine, in their order.
  for (std::size_t m = 0; m < cartography.machines.size(); ++m) {
    is_server_[m] = cartography.machines[m].kind == cartography::MachineKind::server;
  }
  std::map<std::string, std::string> roles;
  for (const auto& application : cartography.applications) {
    roles["application:" + application.id] = text_of(application.role);
  }
  for (std::uint32_t i = 0; i < model.items.size(); ++i) {
    const auto role = roles.find(model.items[ItemIndex{i}].name);
    if (role != roles.end()) {
      by_role_[role->second].push_back(ItemIndex{i});
    }
  }
}

void Tally::amount(const std::string& name, const std::string& unit, double value) {
  amounts_[name].unit = unit;
  amounts_[name].values.push_back(value);
}

void Tally::add(const WorldRunner& runner, const World& world) {
  add_attack(runner, world.attack);
  if (world.attack.ending == Ending::struck) {
    add_strike(runner, world.attack);
    add_restoration(runner);
    add_care(runner, world.care);
  }
}

void Tally::add_attack(const WorldRunner& runner, const Attack& attack) {
  for (const Ending ending : {Ending::no_entry, Ending::no_goal, Ending::cut_before, Ending::stole_only,
                              Ending::nothing_hit, Ending::struck}) {
    chance(std::string("attempts.") + ending_name(ending), attack.ending == ending);
    if (is_told(attack.ending) && is_told(ending)) {
      chance(std::string("attacks.") + ending_name(ending), attack.ending == ending);
    }
  }
  if (attack.door != no_door) {
    for (const char* scenario : {"credentials", "exposed_flaw", "phishing", "supplier"}) {
      chance(std::string("entered_by.") + scenario, model_.doors[attack.door].scenario == scenario);
    }
  }
  std::int32_t tier0 = never;
  for (const Domain& domain : model_.domains) {
    tier0 = std::min<std::int32_t>(tier0, runner.attack().held_at(domain.tier0));
  }
  if (tier0 != never) {
    amount("time_to_tier0", "h", static_cast<double>(tier0) / ticks_per_hour);
  }
  if (attack.sighting >= 0 && attack.cuts[0] >= 0) {
    amount("sighting_to_cut", "h", static_cast<double>(attack.cuts[0] - attack.sighting) / ticks_per_hour);
  }
}

void Tally::add_strike(const WorldRunner& runner, const Attack& attack) {
  amount("dwell", "d", attack.strike / ticks_per_day);
  chance("strikes.off_hours", off_hours(attack, attack.strike));
  chance("strikes.with_tier0", runner.lived().tier0_held);
  chance("strikes.shut_down", attack.shutdown >= 0);
  chance("strikes.backups_lost", !attack.backups_lost.empty());
  chance("strikes.virtualisation_taken", !attack.items_taken.empty());
  const auto servers = std::count_if(attack.encrypted.begin(), attack.encrypted.end(),
                                     [&](const LostHost& lost) { return is_server_[lost.host.value]; });
  const bool several = servers > 1 || !attack.items_taken.empty();
  chance("severity.no_server", servers == 0 && !several);
  chance("severity.one_server", servers == 1 && !several);
  chance("severity.several_servers", several);
  const double share =
      static_cast<double>(attack.encrypted.size()) / static_cast<double>(model_.hosts.size());
  amount("machines_encrypted", "%", 100 * share);
  chance("strikes.nearly_all_encrypted", share >= 0.91);
}

void Tally::add_restoration(const WorldRunner& runner) {
  const auto back = [&](const char* role, State least) {
    double days = 0;
    for (const ItemIndex item : by_role_[role]) {
      days = std::max(days, days_until_back(runner.lived().states[item.value], least));
    }
    return days;
  };
  const auto lost_for = [&](const std::string& name, double days) {
    if (days > 0) {
      amount(name, "d", days);
    }
  };
  double write = 0;
  double read = 0;
  for (const ItemIndex item : by_role_["patient_record"]) {
    // The record that comes back first is the hospital's main one: archives and specialities follow it.
    const double days = days_until_back(runner.lived().states[item.value], State::not_linked);
    if (days > 0 && (write <= 0 || days < write)) {
      write = days;
      read = days_until_back(runner.lived().states[item.value], State::read_only);
    }
  }
  lost_for("record_write", write);
  lost_for("record_read", read);
  lost_for("read_before_write", write - read);
  lost_for("imaging", back("imaging", State::not_linked));
  lost_for("laboratory", back("laboratory", State::not_linked));
  lost_for("telephone", back("telephony", State::not_linked));
  lost_for("emergency_software",
           std::max(back("emergency", State::not_linked), back("admissions", State::not_linked)));
  double last = 0;
  double machines = 0;
  double by_day_40 = 0;
  for (const Task& task : runner.lived().plan.tasks) {
    last = std::max(last, task.end / ticks_per_day);
    if (task.kind == TaskKind::restore || task.kind == TaskKind::rebuild || task.kind == TaskKind::check) {
      ++machines;
      by_day_40 += task.end <= 40 * ticks_per_day ? 1 : 0;
    }
  }
  amount("everything_back", "d", last);
  chance("strikes.back_within_a_week", last <= 7);
  chance("strikes.back_after_a_month", last > 30);
  if (machines > 0) {
    amount("servers_back_on_day_40", "%", 100 * by_day_40 / machines);
  }
}

void Tally::add_care(const WorldRunner& runner, const CareOutcome& care) {
  amount("services_stopped", "services",
         static_cast<double>(std::count_if(care.services.begin(), care.services.end(),
                                           [](const ServiceOutcome& one) { return one.stops_at >= 0; })));
  double beds = 0;
  double week = 0;
  double day_15 = 0;
  double day_55 = 0;
  for (const ItemIndex index : model_.services) {
    const Item& service = model_.items[index];
    const double taken = service.beds * service.occupancy;
    if (taken <= 0) {
      continue;
    }
    const auto capacity = capacity_of(model_, index, runner.lived().states);
    const auto at = [&](double day) {
      return taken * capacity[static_cast<std::size_t>(day * ticks_per_day)] / full_capacity;
    };
    beds += taken;
    for (int hour = 0; hour < 168; ++hour) {
      week += at(hour / 24.0) / 168;
    }
    day_15 += at(15);
    day_55 += at(55);
  }
  if (beds > 0) {
    amount("bed_days_in_week_1", "%", 100 * (week / beds - 1));
    amount("beds_on_day_15", "%", 100 * day_15 / beds);
    amount("beds_on_day_55", "%", 100 * day_55 / beds);
  }
}

std::vector<Figure> Tally::figures() const {
  std::vector<Figure> list;
  list.reserve(chances_.size() + 4 * amounts_.size());
  for (const auto& [name, values] : chances_) {
    list.push_back({name, mean_interval(values).mean, "%"});
  }
  for (const auto& [name, amounts] : amounts_) {
    const Spread spread = spread_of(amounts.values);
    list.push_back({name + ".p5", spread.p5, amounts.unit});
    list.push_back({name + ".median", spread.p50, amounts.unit});
    list.push_back({name + ".p95", spread.p95, amounts.unit});
    list.push_back({name + ".mean", mean_interval(amounts.values).mean, amounts.unit});
  }
  return list;
}

std::vector<Figure> plausibility_of(const Hospital& hospital, const std::string& scenario,
                                    std::uint32_t worlds) {
  const Model model =
      assessment::compile(hospital.cartography, hospital.data.defaults, hospital.data.tables, {scenario})
          .model;
  Tally tally(model, hospital.cartography);
  WorldRunner runner(model);
  for (WorldIndex world = 0; world < worlds; ++world) {
    const World one = runner.run(1, world);
    tally.add(runner, one);
  }
  return tally.figures();
}

}  // namespace releve::bench
