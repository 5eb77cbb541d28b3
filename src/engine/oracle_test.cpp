// SPDX-License-Identifier: EUPL-1.2
// The engine against the slow one, world by world, on random hospitals: everything is equal.
#include "engine/random_models_for_tests.hpp"
#include "engine/slow_engine_for_tests.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

namespace releve::engine {
namespace {

/// RELEVE_LONG_TESTS in the environment: twenty times as many.
std::uint32_t often(std::uint32_t times) {
  return std::getenv("RELEVE_LONG_TESTS") == nullptr ? times : 20 * times;
}

/// What differs between two lives of one world, in words; empty: nothing.
class Differences {
 public:
  template <class T>
  void expect(const std::string& what, const T& real, const T& slow) {
    if (!(real == slow)) {
      text_ << what << ": " << real << ", slow " << slow << "\n";
    }
  }

  std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
};

void compare_attack(const Model& model, const AttackRunner& runner, const Attack& real,
                    const slow::Spread& slow, Differences& out) {
  const Attack& other = slow.attack;
  out.expect("ending", static_cast<int>(real.ending), static_cast<int>(other.ending));
  out.expect("door", real.door, other.door);
  out.expect("hour of week", real.hour_of_week, other.hour_of_week);
  out.expect("goal", real.goal, other.goal);
  out.expect("sighting", real.sighting, other.sighting);
  out.expect("sighted at", real.sighted_at, other.sighted_at);
  for (std::size_t level = 0; level < 3; ++level) {
    out.expect("cut " + std::to_string(level), real.cuts[level], other.cuts[level]);
  }
  out.expect("strike", real.strike, other.strike);
  out.expect("visible", real.visible, other.visible);
  out.expect("shutdown", real.shutdown, other.shutdown);
  out.expect("first damage", real.first_damage, other.first_damage);
  out.expect("hosts held", real.hosts_held, other.hosts_held);
  const auto hosts = [&](const Attack& attack) {
    std::string text;
    for (const LostHost& host : attack.encrypted) {
      text += model.hosts[host.host].name + "@" + std::to_string(host.tick) + " ";
    }
    return text;
  };
  out.expect("encrypted", hosts(real), hosts(other));
  const auto items = [&](const std::vector<ItemIndex>& list) {
    std::string text;
    for (const ItemIndex item : list) {
      text += model.items[item].name + " ";
    }
    return text;
  };
  out.expect("items taken", items(real.items_taken), items(other.items_taken));
  out.expect("backups lost", items(real.backups_lost), items(other.backups_lost));
  if (other.door == no_door) {
    return;
  }
  for (std::uint32_t n = 0; n < model.nodes.size(); ++n) {
    const std::string& name = model.nodes[NodeIndex{n}].name;
    const auto held = slow.held.find(name);
    out.expect("held " + name, static_cast<std::int32_t>(runner.held_at(NodeIndex{n})),
               held == slow.held.end() ? static_cast<std::int32_t>(never) : held->second);
  }
}

std::string shown(const Model& model, const Damage& damage) {
  std::ostringstream text;
  text << damage.any << " begins " << damage.begins << " core " << damage.core_lost << " seen "
       << damage.attack_seen << " cut " << damage.internet_cut << ":";
  for (const LostItem& lost : damage.items) {
    text << " " << model.items[lost.item].name << "@" << lost.tick << "/" << static_cast<int>(lost.cause)
         << "/" << lost.copy_lost << "/" << (lost.cause == Cause::encrypted ? lost.machines : 1);
  }
  return text.str();
}

void compare_work(const Model& model, const Plan& real, const slow::Work& slow, Differences& out) {
  const auto to_horizon = [](std::int32_t tick) { return std::min(tick, horizon); };
  std::string listed;
  std::string order;
  std::string listed_slow;
  std::string order_slow;
  for (const Task& task : real.tasks) {
    const std::string name = task_name(model, task);
    listed += name + " ";
    const auto found = slow.jobs.find(name);
    if (found == slow.jobs.end()) {
      continue;
    }
    const slow::Job& job = found->second;
    std::set<std::string> before;
    for (const std::uint32_t task_before : task.before) {
      before.insert(task_name(model, real.tasks[task_before]));
    }
    const auto joined = [](const std::set<std::string>& names) {
      std::string text;
      for (const std::string& part : names) {
        text += part + " ";
      }
      return text;
    };
    out.expect("kind of " + name, static_cast<int>(task.kind), static_cast<int>(job.kind));
    out.expect("duration of " + name, task.duration, job.duration);
    out.expect("release of " + name, task.release, job.release);
    out.expect("before " + name, joined(before), joined(job.before));
    out.expect("start of " + name, to_horizon(task.start), to_horizon(job.start));
    out.expect("end of " + name, to_horizon(task.end), to_horizon(job.end));
  }
  for (const std::uint32_t task : real.order) {
    order += task_name(model, real.tasks[task]) + " ";
  }
  for (const std::string& name : slow.listed) {
    listed_slow += name + " ";
  }
  for (const std::string& name : slow.order) {
    order_slow += name + " ";
  }
  out.expect("tasks", listed, listed_slow);
  out.expect("order", order, order_slow);
}

std::vector<State> spread_out(const Timeline& timeline) {
  std::vector<State> out(static_cast<std::size_t>(horizon), State::full);
  for (const Change& change : timeline) {
    std::fill(out.begin() + std::min(change.tick, horizon), out.end(), change.state);
  }
  return out;
}

void compare_care(const Model& model, const WorldRunner& runner, const World& real, const slow::Life& slow,
                  Differences& out) {
  for (std::uint32_t i = 0; i < model.items.size(); ++i) {
    const std::vector<State> states =
        runner.lived().states.empty() ? spread_out({}) : spread_out(runner.lived().states[i]);
    const auto at = std::mismatch(states.begin(), states.end(), slow.states[i].begin());
    if (at.first != states.end()) {
      const auto tick = at.first - states.begin();
      out.expect("state of " + model.items[ItemIndex{i}].name + " at tick " + std::to_string(tick),
                 static_cast<int>(*at.first), static_cast<int>(*at.second));
    }
  }
  out.expect("services", real.care.services.size(), slow.care.services.size());
  for (std::size_t s = 0; s < std::min(real.care.services.size(), slow.care.services.size()); ++s) {
    const std::string name = model.items[model.services[s]].name;
    const ServiceOutcome& a = real.care.services[s];
    const ServiceOutcome& b = slow.care.services[s];
    out.expect("stops at, " + name, a.stops_at, b.stops_at);
    out.expect("ticks down, " + name, a.ticks_down, b.ticks_down);
    out.expect("down at end, " + name, a.down_at_end, b.down_at_end);
    out.expect("lost, " + name, a.lost, b.lost);
    out.expect("transfers, " + name, std::abs(a.transfers - b.transfers) <= 1e-9 ? b.transfers : a.transfers,
               b.transfers);
    if (!runner.lived().states.empty()) {
      const auto real_capacity = capacity_of(model, model.services[s], runner.lived().states);
      const auto slow_capacity = slow::capacity(model, model.services[s], slow.states);
      const auto at = std::mismatch(real_capacity.begin(), real_capacity.end(), slow_capacity.begin());
      if (at.first != real_capacity.end()) {
        out.expect("capacity of " + name + " at tick " + std::to_string(at.first - real_capacity.begin()),
                   *at.first, *at.second);
      }
    }
  }
  out.expect("record ticks", real.care.record_ticks, slow.care.record_ticks);
  out.expect("staff ticks", real.care.staff_ticks, slow.care.staff_ticks);
  out.expect("loss", real.care.loss, slow.care.loss);
}

std::string differences(const Model& model, WorldRunner& runner, Seed seed, WorldIndex world,
                        Ending& ending) {
  const World real = runner.run(seed, world);
  const slow::Life slow = slow::live(model, seed, world);
  ending = slow.spread.attack.ending;
  Differences out;
  compare_attack(model, runner.attack(), real.attack, slow.spread, out);
  out.expect("damage", shown(model, runner.lived().damage), shown(model, slow.damage));
  compare_work(model, runner.lived().plan, slow.work, out);
  compare_care(model, runner, real, slow, out);
  return out.text();
}

/// The attack alone is cheap to do twice, and holds the rarest corners.
TEST(oracle, every_attack_is_the_same_as_the_slow_one) {
  int failures = 0;
  for (Seed seed = 100'000; seed < 100'000 + often(2'000) && failures < 8; ++seed) {
    const Model model = random_model(seed);
    AttackRunner attacks(model);
    for (WorldIndex world = 0; world < 20; ++world) {
      Differences out;
      compare_attack(model, attacks, attacks.run(seed, world), slow::attack(model, seed, world), out);
      if (!out.text().empty()) {
        ADD_FAILURE() << "random model " << seed << ", world " << world << " differs:\n" << out.text();
        ++failures;
      }
    }
  }
}

TEST(oracle, every_world_is_the_same_as_the_slow_one) {
  std::map<Ending, int> endings;
  int compared = 0;
  int failures = 0;
  for (Seed seed = 1; seed <= often(1'000) && failures < 8; ++seed) {
    const Model model = random_model(seed);
    WorldRunner runner(model);
    for (WorldIndex world = 0; world < 5; ++world) {
      Ending ending{};
      const std::string text = differences(model, runner, seed, world, ending);
      if (!text.empty()) {
        ADD_FAILURE() << "random model " << seed << ", world " << world << " differs:\n" << text;
      }
      ++endings[ending];
      ++compared;
      failures += text.empty() ? 0 : 1;
    }
  }
  RecordProperty("worlds_compared", compared);
  for (const Ending ending : {Ending::no_entry, Ending::no_goal, Ending::cut_before, Ending::stole_only,
                              Ending::nothing_hit, Ending::struck}) {
    EXPECT_GT(endings[ending], compared / 100)
        << "the random hospitals no longer end this way: " << static_cast<int>(ending);
  }
}

}  // namespace
}  // namespace releve::engine
