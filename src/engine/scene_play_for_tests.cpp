// SPDX-License-Identifier: EUPL-1.2
#include "engine/scene_for_tests.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace releve::engine {
namespace {

const std::map<std::string, Ending> ending_names{
    {"no_entry", Ending::no_entry},       {"no_goal", Ending::no_goal},
    {"cut_before", Ending::cut_before},   {"stole_only", Ending::stole_only},
    {"nothing_hit", Ending::nothing_hit}, {"struck", Ending::struck}};

/// What a line of expectations says, against what happened.
class Play {
 public:
  explicit Play(const Scene& scene) : scene_(scene), runner_(scene.model), world_(runner_.run(1, 0)) {}

  void check(SceneLine line) {
    const std::string word = line.word();
    if (word == "share") {
      share(line);
    } else if (!of_attack(word, line) && !of_items(word, line) && !of_services(word, line)) {
      line.fail("unknown word \"" + word + "\"");
    }
    if (!line.empty()) {
      line.fail("unknown word \"" + line.word() + "\"");
    }
  }

  std::string text() const { return text_.str(); }

 private:
  template <class T>
  void same(const SceneLine& line, const T& real, const T& wanted) {
    if (!(real == wanted)) {
      text_ << "line " << line.line() << ": " << line.text() << ": it is " << real << "\n";
    }
  }

  void near(const SceneLine& line, double real, double wanted) {
    if (std::abs(real - wanted) > 1e-9) {
      text_ << "line " << line.line() << ": " << line.text() << ": it is " << real << "\n";
    }
  }

  bool of_attack(const std::string& word, SceneLine& line) {
    const Attack& attack = world_.attack;
    const std::map<std::string, std::int32_t> ticks{
        {"goal", attack.goal},       {"sighting", attack.sighting}, {"strike", attack.strike},
        {"visible", attack.visible}, {"shutdown", attack.shutdown}, {"first_damage", attack.first_damage}};
    if (ticks.contains(word)) {
      same(line, ticks.at(word), line.tick());
    } else if (word == "cut") {
      const std::size_t level = named(line, cut_names, line.word());
      same(line, attack.cuts[level], line.tick());
    } else if (word == "ending") {
      same(line, static_cast<int>(attack.ending), static_cast<int>(named(line, ending_names, line.word())));
    } else if (word == "held") {
      const Tick held = runner_.attack().held_at(named(line, scene_.nodes, line.word()));
      same(line, held == never ? -1 : static_cast<std::int32_t>(held), line.tick());
    } else if (word == "encrypted") {
      const HostIndex host = named(line, scene_.hosts, line.word());
      std::int32_t tick = -1;
      for (const LostHost& lost : attack.encrypted) {
        tick = lost.host == host ? lost.tick : tick;
      }
      same(line, tick, line.tick());
    } else {
      return false;
    }
    return true;
  }

  /// state EPR 10 down 40 full: its changes, from the first damage; start and end of tasks.
  bool of_items(const std::string& word, SceneLine& line) {
    if (word == "state") {
      const Timeline& real = runner_.lived().states[named(line, scene_.items, line.word()).value];
      Timeline wanted;
      while (!line.empty() && !line.accept("always_full")) {
        const std::int32_t tick = line.tick();
        wanted.push_back({tick, named(line, state_names, line.word())});
      }
      if (real != wanted) {
        text_ << "line " << line.line() << ": " << line.text() << ": it is";
        for (const Change& change : real) {
          text_ << " " << change.tick << "/" << static_cast<int>(change.state);
        }
        text_ << "\n";
      }
    } else if (word == "task") {
      const std::string name = "task:" + line.word();
      std::int32_t start = -1;
      std::int32_t end = -1;
      for (const Task& task : runner_.lived().plan.tasks) {
        if (task_name(scene_.model, task) == name) {
          start = task.start;
          end = task.end;
        }
      }
      same(line, start, line.tick());
      same(line, end, line.tick());
    } else {
      return false;
    }
    return true;
  }

  bool of_services(const std::string& word, SceneLine& line) {
    if (word == "loss") {
      near(line, world_.care.loss, line.number());
      return true;
    }
    if (word == "what_if_loss") {
      const auto run = run_worlds(scene_.model, {scene_.what_if}, {.seed = 1, .worlds = 1});
      RELEVE_CHECK(run, "nobody cancels a scene");
      near(line, run->worlds[0].care.loss - run->measures[0].avoided[0], line.number());
      return true;
    }
    if (word == "record_ticks" || word == "staff_ticks") {
      const auto real =
          word == "record_ticks" ? std::int64_t{world_.care.record_ticks} : world_.care.staff_ticks;
      same(line, real, std::int64_t{line.tick()});
      return true;
    }
    const std::map<std::string, int> words{{"stops", 0}, {"down", 1}, {"transfers", 2}, {"capacity", 3}};
    if (!words.contains(word)) {
      return false;
    }
    const std::size_t place = place_of(line, line.word());
    const ServiceOutcome& outcome = world_.care.services[place];
    if (word == "stops") {
      same(line, outcome.stops_at, line.tick());
    } else if (word == "down") {
      same(line, outcome.ticks_down, line.tick());
    } else if (word == "transfers") {
      near(line, outcome.transfers, line.number());
    } else {
      line.expect("at");
      const auto tick = static_cast<std::size_t>(line.tick());
      const std::vector<std::int32_t> capacity =
          capacity_of(scene_.model, scene_.model.services[place], runner_.lived().states);
      near(line, static_cast<double>(capacity.at(tick)) / full_capacity, line.number());
    }
    return true;
  }

  /// share struck 0.25, share stops ward 0.09: of the worlds, within five standard errors.
  void share(SceneLine& line) {
    const bool stops = line.accept("stops");
    const std::string what = line.word();
    const std::size_t service = stops ? place_of(line, what) : 0;
    const Ending ending = stops ? Ending::struck : named(line, ending_names, what);
    const double wanted = line.number();
    std::uint32_t count = 0;
    WorldRunner runner(scene_.model);
    for (WorldIndex index = 0; index < scene_.worlds; ++index) {
      const World world = runner.run(1, index);
      const bool counts = stops ? world.care.services[service].stops_at >= 0 : world.attack.ending == ending;
      count += counts ? 1U : 0U;
    }
    const double real = static_cast<double>(count) / scene_.worlds;
    if (std::abs(real - wanted) > 5 * std::sqrt(wanted * (1 - wanted) / scene_.worlds)) {
      text_ << "line " << line.line() << ": " << line.text() << ": it is " << real << "\n";
    }
  }

  std::size_t place_of(SceneLine& line, const std::string& name) const {
    const ItemIndex item = named(line, scene_.items, name);
    const auto& services = scene_.model.services;
    const auto place =
        static_cast<std::size_t>(std::find(services.begin(), services.end(), item) - services.begin());
    if (place == services.size()) {
      line.fail("\"" + name + "\" is not a service");
    }
    return place;
  }

  const Scene& scene_;
  WorldRunner runner_;
  World world_;
  std::ostringstream text_;
};

}  // namespace

std::string play_scene(const Scene& scene) {
  Play play(scene);
  for (const SceneLine& line : scene.expectations) {
    play.check(line);
  }
  return play.text();
}

}  // namespace releve::engine
