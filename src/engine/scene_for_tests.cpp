// SPDX-License-Identifier: EUPL-1.2
#include "engine/scene_for_tests.hpp"

#include <cstdlib>
#include <functional>
#include <sstream>

namespace releve::engine {

SceneLine::SceneLine(std::size_t number, const std::string& text) : number_(number) {
  std::istringstream in(text);
  for (std::string word; in >> word && word[0] != '#';) {
    text_ += (text_.empty() ? "" : " ") + word;
    words_.push_back(word);
  }
}

void SceneLine::fail(const std::string& why) const {
  throw SceneError("line " + std::to_string(number_) + ": " + why);
}

bool SceneLine::accept(const std::string& word) {
  const bool found = !empty() && words_[next_] == word;
  next_ += found ? 1 : 0;
  return found;
}

std::string SceneLine::word() {
  if (empty()) {
    fail("a word is missing after \"" + text_ + "\"");
  }
  return words_[next_++];
}

void SceneLine::expect(const std::string& wanted) {
  if (!accept(wanted)) {
    fail(empty() ? "\"" + wanted + "\" is missing" : "unknown word \"" + words_[next_] + "\"");
  }
}

std::vector<std::string> SceneLine::words() {
  std::istringstream in(word());
  std::vector<std::string> out;
  for (std::string part; std::getline(in, part, ',');) {
    out.push_back(part);
  }
  return out;
}

double SceneLine::number() {
  const std::string text = word();
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (*end != 0) {
    fail("\"" + text + "\" is not a number");
  }
  return value;
}

std::int32_t SceneLine::tick() {
  return accept("never") ? -1 : static_cast<std::int32_t>(number());
}

namespace {

const std::map<std::string, TaskKind> task_kind_names{{"investigate", TaskKind::investigate},
                                                      {"trusted_core", TaskKind::trusted_core},
                                                      {"core", TaskKind::core},
                                                      {"platform", TaskKind::platform},
                                                      {"backup", TaskKind::backup},
                                                      {"restore", TaskKind::restore},
                                                      {"rebuild", TaskKind::rebuild},
                                                      {"check", TaskKind::check},
                                                      {"workstations", TaskKind::workstations},
                                                      {"restart_application", TaskKind::restart_application},
                                                      {"functional_check", TaskKind::functional_check},
                                                      {"interface", TaskKind::interface},
                                                      {"gate", TaskKind::gate}};
const std::map<std::string, Skill> skill_names{{"security", Skill::security},
                                               {"infrastructure", Skill::infrastructure},
                                               {"applications", Skill::applications},
                                               {"workplace", Skill::workplace},
                                               {"ward", Skill::ward}};
const std::map<std::string, Recovery> recovery_names{{"core", Recovery::core},
                                                     {"platform", Recovery::platform},
                                                     {"backup", Recovery::backup},
                                                     {"server", Recovery::server},
                                                     {"workstations", Recovery::workstations}};

class Reader {
 public:
  Reader() {
    Parameters& p = draft_.model.parameters;
    p.attempts = fixed_delay(1);
    p.ambitions = {{1, 1}};
    for (Delay* delay :
         {&p.dwell_short, &p.dwell_long, &p.reaction_office, &p.reaction_off, &p.shutdown_office,
          &p.shutdown_off, &p.encryption, &p.cuts[0].extra, &p.cuts[1].extra, &p.cuts[2].extra}) {
      *delay = fixed_delay(0);
    }
    for (TaskTable& task : p.tasks) {
      task.duration = fixed_delay(0);
    }
    p.backups_sought = certain;
  }

  Scene read(const std::string& text) {
    std::istringstream in(text);
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      SceneLine words(++number, line);
      if (!words.empty()) {
        one(words);
      }
    }
    if (draft_.model.doors.empty()) {
      door("door", {node("intruder")});
    }
    for (const auto& [name, index] : hosts_) {
      scene_.hosts[name] = index;
    }
    scene_.model = std::move(draft_).seal();
    return std::move(scene_);
  }

 private:
  using Handler = void (Reader::*)(SceneLine&);

  void one(SceneLine& line) {
    static const std::map<std::string, Handler> handlers{{"scene", &Reader::title},
                                                         {"worlds", &Reader::worlds},
                                                         {"technique", &Reader::technique},
                                                         {"zone", &Reader::zone},
                                                         {"flow", &Reader::flow},
                                                         {"sensor", &Reader::sensor},
                                                         {"domain", &Reader::domain},
                                                         {"host", &Reader::host},
                                                         {"step", &Reader::step},
                                                         {"door", &Reader::read_door},
                                                         {"virtualisation", &Reader::virtualisation},
                                                         {"component", &Reader::component},
                                                         {"application", &Reader::application},
                                                         {"interface", &Reader::interface},
                                                         {"service", &Reader::service},
                                                         {"need", &Reader::need},
                                                         {"set", &Reader::set},
                                                         {"duration", &Reader::duration},
                                                         {"teams", &Reader::teams},
                                                         {"help", &Reader::help},
                                                         {"cut", &Reader::cut},
                                                         {"what_if", &Reader::what_if},
                                                         {"expect", &Reader::expectation}};
    const std::string word = line.word();
    (this->*named(line, handlers, word))(line);
    if (!line.empty() && word != "expect" && word != "scene") {
      line.fail("unknown word \"" + line.word() + "\"");
    }
  }

  NodeIndex node(const std::string& name) {
    if (!scene_.nodes.contains(name)) {
      scene_.nodes[name] = draft_.node(NodeKind::account, name, name);
    }
    return scene_.nodes[name];
  }

  void title(SceneLine& line) { scene_.title = line.text().substr(6); }

  void worlds(SceneLine& line) { scene_.worlds = static_cast<std::uint32_t>(line.number()); }

  void technique(SceneLine& line) {
    Technique technique{line.word(), 0, false, fixed_delay(0)};
    while (!line.empty()) {
      if (line.accept("takes")) {
        technique.delay = fixed_delay(static_cast<Tick>(line.number()));
      } else if (line.accept("seen")) {
        technique.seen = line.number();
      } else {
        line.expect("outside");
        technique.needs_outside = true;
      }
    }
    techniques_[technique.id] = static_cast<std::uint16_t>(draft_.model.techniques.size());
    draft_.model.techniques.push_back(technique);
  }

  std::uint16_t taking(double ticks) {
    Technique technique{"takes " + std::to_string(static_cast<int>(ticks)), 0, false,
                        fixed_delay(static_cast<Tick>(ticks))};
    if (!techniques_.contains(technique.id)) {
      techniques_[technique.id] = static_cast<std::uint16_t>(draft_.model.techniques.size());
      draft_.model.techniques.push_back(technique);
    }
    return techniques_[technique.id];
  }

  void zone(SceneLine& line) {
    const std::string name = line.word();
    zones_[name] = draft_.zone(name);
  }

  void flow(SceneLine& line) {
    const ZoneIndex from = named(line, zones_, line.word());
    line.expect("->");
    draft_.flow(from, named(line, zones_, line.word()), Protocol::admin);
  }

  void sensor(SceneLine& line) {
    const std::string name = line.word();
    line.expect("in");
    const ZoneIndex zone = named(line, zones_, line.word());
    line.expect("latency");
    draft_.watch(zone, name, 1, fixed_delay(static_cast<Tick>(line.number())));
  }

  void domain(SceneLine& line) {
    Domain domain;
    domain.name = line.word();
    line.expect("tier0");
    domain.tier0 = node(line.word());
    line.expect("deployment");
    domain.deployment = node(line.word());
    domains_[domain.name] = static_cast<std::uint32_t>(draft_.model.domains.size());
    draft_.model.domains.push_back(domain);
  }

  void host(SceneLine& line) {
    Host host;
    host.name = line.word();
    host.node = draft_.node(NodeKind::host, host.name, host.name);
    scene_.nodes[host.name] = host.node;
    while (!line.empty()) {
      if (line.accept("zone")) {
        host.zone = named(line, zones_, line.word());
        draft_.implies(host.node, draft_.presence(host.zone));
      } else if (line.accept("domain")) {
        host.domain = named(line, domains_, line.word());
      } else if (line.accept("blocked")) {
        host.blocked = threshold_of(line.number());
      } else {
        line.expect("kept");
        host.kept_on_shutdown = true;
      }
    }
    hosts_[host.name] = draft_.model.hosts.push_back(host);
    draft_.model.nodes[host.node].host = hosts_[host.name];
  }

  /// step A + B -> C takes 3 | by technique, chance, in zone (seen there), through zone (a network
  /// step)
  void step(SceneLine& line) {
    Draft::NewStep step;
    do {
      step.inputs.push_back(node(line.word()));
    } while (line.accept("+"));
    line.expect("->");
    step.head = node(line.word());
    step.technique = taking(0);
    ZoneIndex through;
    while (!line.empty()) {
      if (line.accept("takes")) {
        step.technique = taking(line.number());
      } else if (line.accept("by")) {
        step.technique = named(line, techniques_, line.word());
      } else if (line.accept("chance")) {
        step.chance = line.number();
      } else if (line.accept("coin")) {
        step.shared_name = line.word();
      } else if (line.accept("in")) {
        step.zone = named(line, zones_, line.word());
      } else {
        line.expect("through");
        through = named(line, zones_, line.word());
      }
    }
    if (through.valid()) {
      draft_.network_step(step, through, Protocol::admin);
    } else {
      draft_.step(step);
    }
  }

  Door& door(const std::string& name, const std::vector<NodeIndex>& grants) {
    draft_.model.doors.push_back({.name = name, .weight = 1, .grants = grants});
    return draft_.model.doors.back();
  }

  void read_door(SceneLine& line) {
    const std::string name = line.word();
    line.expect("->");
    Door& made = door(name, {node(line.word())});
    while (!line.empty()) {
      if (line.accept("weight")) {
        made.weight = line.number();
      } else if (line.accept("chance")) {
        made.threshold = threshold_of(line.number());
      } else {
        line.expect("closed");
        made.open = false;
      }
    }
  }

  void virtualisation(SceneLine& line) {
    Virtualisation made;
    made.control = node(line.word());
    line.expect("takes");
    for (const std::string& name : line.words()) {
      if (scene_.items.contains(name)) {
        made.items.push_back(scene_.items[name]);
      } else {
        made.hosts.push_back(named(line, hosts_, name));
      }
    }
    draft_.model.virtualisations.push_back(made);
  }

  void add(Item item, const std::string& name, ItemKind kind) {
    item.name = name;
    item.kind = kind;
    scene_.items[name] = draft_.model.items.push_back(std::move(item));
  }

  void component(SceneLine& line) {
    const std::string name = line.word();
    Item item;
    item.recovery = Recovery::server;
    while (!line.empty()) {
      if (line.accept("hosts")) {
        for (const std::string& host : line.words()) {
          item.hosts.push_back(named(line, hosts_, host));
        }
      } else if (line.accept("kind")) {
        item.recovery = named(line, recovery_names, line.word());
        item.is_backup = item.recovery == Recovery::backup;
      } else if (line.accept("share")) {
        item.lost_share = line.number();
      } else if (line.accept("backups")) {
        for (const std::string& backup : line.words()) {
          item.backups.push_back(named(line, scene_.items, backup));
        }
      } else if (line.accept("lost")) {
        item.backup_lost = threshold_of(line.number());
      } else if (line.accept("control")) {
        item.backup_control = node(line.word());
      } else if (line.accept("offline")) {
        item.copy_survives = true;
      } else if (line.accept("kept")) {
        item.kept_on_shutdown = true;
      } else {
        line.expect("external");
        item.external = true;
        item.recovery = Recovery::external;
      }
    }
    add(item, name, ItemKind::component);
  }

  void application(SceneLine& line) {
    const std::string name = line.word();
    Item item;
    item.patient_record = line.accept("record");
    add(item, name, ItemKind::application);
  }

  void interface(SceneLine& line) { add({}, line.word(), ItemKind::interface); }

  void service(SceneLine& line) {
    const std::string name = line.word();
    Item item;
    item.weight = 1;
    while (!line.empty()) {
      if (line.accept("weight")) {
        item.weight = line.number();
      } else if (line.accept("beds")) {
        item.beds = line.number();
      } else if (line.accept("occupancy")) {
        item.occupancy = line.number();
      } else if (line.accept("must_move")) {
        item.not_dischargeable = line.number();
      } else if (line.accept("after")) {
        item.transfer_after = line.tick();
      } else {
        line.expect("place");
        item.hospital_order = static_cast<std::uint32_t>(line.number());
      }
    }
    add(item, name, ItemKind::service);
  }

  /// need EPR : A at read_only for 20 or B at_least 1, parts, keeps 0 0.5 1 (down, read-only, not
  /// linked)
  void need(SceneLine& line) {
    Item& item = draft_.model.items[named(line, scene_.items, line.word())];
    line.expect(":");
    NeedGroup group;
    do {
      Need need;
      need.target = named(line, scene_.items, line.word());
      if (line.accept("at")) {
        need.least = named(line, state_names, line.word());
      }
      if (line.accept("for")) {
        need.autonomy = line.tick();
      }
      group.needs.push_back(need);
    } while (line.accept("or"));
    if (line.accept("at_least")) {
      group.needed = static_cast<std::uint32_t>(line.number());
    }
    group.otherwise =
        item.kind == ItemKind::service ? NeedGroup::Otherwise::as_target : NeedGroup::Otherwise::down;
    if (line.accept("parts")) {
      group.otherwise = NeedGroup::Otherwise::not_linked;
    }
    std::array<double, 3> keeps{0, 0, 0};
    if (line.accept("keeps")) {
      for (double& share : keeps) {
        share = line.number();
      }
    }
    for (std::size_t state = 0; state < keeps.size(); ++state) {
      group.curves[state] = static_cast<std::uint32_t>(draft_.model.curves.size());
      std::array<double, 6> flat{};
      flat.fill(keeps[state]);
      draft_.model.curves.push_back(curve_through(flat));
    }
    item.groups.push_back(group);
  }

  void set(SceneLine& line) {
    Parameters& p = draft_.model.parameters;
    const auto delay = [](Delay& to) { return [&to](double x) { to = fixed_delay(static_cast<Tick>(x)); }; };
    const auto chance = [](std::uint64_t& to) { return [&to](double x) { to = threshold_of(x); }; };
    const auto ticks = [](std::int32_t& to) {
      return [&to](double x) { to = static_cast<std::int32_t>(x); };
    };
    const std::map<std::string, std::function<void(double)>> names{
        {"attempts", delay(p.attempts)},
        {"goal_share", [&](double x) { p.ambitions = {{x, 1}}; }},
        {"steal_only", chance(p.steal_only)},
        {"dwell", [&](double x) { p.dwell_short = p.dwell_long = fixed_delay(static_cast<Tick>(x)); }},
        {"night", chance(p.night)},
        {"strike_needs_outside", [&](double x) { p.strike_needs_outside = x > 0; }},
        {"reaction_office", delay(p.reaction_office)},
        {"reaction_off", delay(p.reaction_off)},
        {"shutdown", chance(p.shutdown)},
        {"shutdown_after",
         [&](double x) { p.shutdown_office = p.shutdown_off = fixed_delay(static_cast<Tick>(x)); }},
        {"encryption", delay(p.encryption)},
        {"backups_sought", chance(p.backups_sought)},
        {"help_after", ticks(p.help_after)},
        {"batch", [&](double x) { p.batch = static_cast<std::uint32_t>(x); }},
        {"catch_up_share", [&](double x) { p.catch_up_share = x; }},
        {"catch_up_most", ticks(p.catch_up_most)}};
    const auto to = named(line, names, line.word());
    to(line.number());
  }

  void duration(SceneLine& line) {
    TaskTable& task =
        draft_.model.parameters.tasks[static_cast<std::size_t>(named(line, task_kind_names, line.word()))];
    task.duration = fixed_delay(static_cast<Tick>(line.number()));
    if (line.accept("by")) {
      task.skill = named(line, skill_names, line.word());
    }
  }

  void teams(SceneLine& line) {
    const auto skill = static_cast<std::size_t>(named(line, skill_names, line.word()));
    draft_.model.parameters.teams[skill] = static_cast<std::uint32_t>(line.number());
  }

  void help(SceneLine& line) {
    const auto skill = static_cast<std::size_t>(named(line, skill_names, line.word()));
    draft_.model.parameters.help_teams[skill] = static_cast<std::uint32_t>(line.number());
  }

  void cut(SceneLine& line) {
    CutLevel& level = draft_.model.parameters.cuts[named(line, cut_names, line.word())];
    level.threshold = certain;
    while (!line.empty()) {
      if (line.accept("chance")) {
        level.threshold = threshold_of(line.number());
      } else {
        line.expect("extra");
        level.extra = fixed_delay(static_cast<Tick>(line.number()));
      }
    }
  }

  /// what_if teams infrastructure 1
  void what_if(SceneLine& line) {
    line.expect("teams");
    const auto skill = static_cast<std::uint32_t>(named(line, skill_names, line.word()));
    scene_.what_if.changes.push_back({ChangeKind::add_teams, {skill}, line.number()});
  }

  void expectation(SceneLine& line) { scene_.expectations.push_back(line); }

  Draft draft_;
  Scene scene_;
  std::map<std::string, std::uint16_t> techniques_;
  std::map<std::string, ZoneIndex> zones_;
  std::map<std::string, std::uint32_t> domains_;
  std::map<std::string, HostIndex> hosts_;
};

}  // namespace

Scene read_scene(const std::string& text) {
  return Reader().read(text);
}

}  // namespace releve::engine
