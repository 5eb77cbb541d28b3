// SPDX-License-Identifier: EUPL-1.2
#include "engine/model.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace releve::engine {

static std::span<const std::uint32_t> row(const std::vector<std::uint32_t>& start,
                                          const std::vector<std::uint32_t>& list, std::uint32_t index) {
  return {list.data() + start[index], list.data() + start[index + 1]};
}

std::span<const std::uint32_t> Model::inputs_of(StepIndex step) const {
  return row(input_start, input_list, step.value);
}

std::span<const std::uint32_t> Model::steps_from(NodeIndex node) const {
  return row(out_start, out_list, node.value);
}

std::span<const std::uint32_t> Model::facts_of(StepIndex step) const {
  return row(fact_start, fact_list, step.value);
}

std::span<const std::uint32_t> Model::steps_of(FactIndex fact) const {
  return row(fact_step_start, fact_step_list, fact.value);
}

std::span<const std::uint32_t> Model::consumers_of(ItemIndex item) const {
  return row(consumer_start, consumer_list, item.value);
}

/// The rows read the other way: for each value, the owners that list it, in increasing order.
static void transpose(std::size_t values, const std::vector<std::uint32_t>& start,
                      const std::vector<std::uint32_t>& list, std::vector<std::uint32_t>& out_start,
                      std::vector<std::uint32_t>& out_list) {
  out_start.assign(values + 1, 0);
  for (const std::uint32_t value : list) {
    ++out_start[value + 1];
  }
  std::partial_sum(out_start.begin(), out_start.end(), out_start.begin());
  out_list.resize(list.size());
  std::vector<std::uint32_t> next(out_start.begin(), out_start.end() - 1);
  for (std::uint32_t owner = 0; owner + 1 < start.size(); ++owner) {
    for (std::uint32_t i = start[owner]; i < start[owner + 1]; ++i) {
      out_list[next[list[i]]++] = owner;
    }
  }
}

Curve curve_through(const std::array<double, 6>& shares) {
  static constexpr std::array<std::int32_t, 6> ages{20, 80, 240, 720, 1680, 6720};
  std::array<std::int64_t, 6> value{};
  std::int64_t highest = full_capacity;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double share = std::clamp(shares[i], 0.0, 1.0);
    value[i] = std::min(highest, static_cast<std::int64_t>(round_half_up(share * full_capacity)));
    highest = value[i];
  }
  Curve curve;
  curve.by_age.resize(static_cast<std::size_t>(horizon) + 1);
  std::size_t point = 0;
  for (std::int32_t age = 0; age <= horizon; ++age) {
    while (point + 1 < ages.size() && age >= ages[point + 1]) {
      ++point;
    }
    std::int64_t capacity = value[point];
    if (age > ages[point] && point + 1 < ages.size()) {
      // Linear, rounded half up, in whole numbers: the same on every machine.
      const std::int64_t span = ages[point + 1] - ages[point];
      const std::int64_t fall = (value[point] - value[point + 1]) * (age - ages[point]);
      capacity = value[point] - (2 * fall + span) / (2 * span);
    }
    curve.by_age[static_cast<std::size_t>(age)] = static_cast<std::int32_t>(capacity);
  }
  return curve;
}

NodeIndex Draft::node(NodeKind kind, const std::string& name, const std::string& label) {
  const auto [place, fresh] = node_names_.try_emplace(name, NodeIndex{});
  if (fresh) {
    place->second = model.nodes.push_back(Node{name, label, kind, {}});
  }
  return place->second;
}

FactIndex Draft::fact(const std::string& name, const std::string& group, const std::string& label) {
  const auto [place, fresh] = fact_names_.try_emplace(name, FactIndex{});
  if (fresh) {
    place->second = model.facts.push_back(Fact{name, group, label});
  }
  return place->second;
}

std::uint16_t Draft::instantaneous() {
  if (instantaneous_ == 0xFFFF) {
    instantaneous_ = static_cast<std::uint16_t>(model.techniques.size());
    model.techniques.push_back(Technique{"instantaneous", 0, false, fixed_delay(0)});
  }
  return instantaneous_;
}

ZoneIndex Draft::zone(const std::string& name, const std::string& label) {
  static constexpr std::array<const char*, protocol_count> protocols{"admin", "remote_desktop", "file", "web",
                                                                     "database"};
  ZoneNodes nodes;
  nodes.presence = node(NodeKind::presence, "presence:" + name, label);
  for (std::size_t p = 0; p < protocol_count; ++p) {
    const std::string base = "foothold:" + name + ":" + protocols[p];
    nodes.local[p] = node(NodeKind::foothold, base + ":local", label);
    nodes.cross[p] = node(NodeKind::foothold, base + ":cross", label);
    step({.inputs = {nodes.presence},
          .head = nodes.local[p],
          .technique = instantaneous(),
          .crossings = static_cast<std::uint8_t>(Crossing::everything)});
  }
  const auto admin = static_cast<std::size_t>(Protocol::admin);
  const ZoneIndex index = model.zones.push_back(Zone{name, nodes.local[admin], nodes.cross[admin]});
  zones_.push_back(std::move(nodes));
  return index;
}

NodeIndex Draft::presence(ZoneIndex zone) const {
  return zones_[zone.value].presence;
}

void Draft::flow(ZoneIndex from, ZoneIndex to, Protocol protocol) {
  if (from == to) {
    return;
  }
  const std::string name = "flow:" + model.zones[from].name + ":" + model.zones[to].name;
  step({.inputs = {zones_[from.value].presence},
        .head = zones_[to.value].cross[static_cast<std::size_t>(protocol)],
        .technique = instantaneous(),
        .crossings =
            static_cast<std::uint8_t>(Crossing::zones) | static_cast<std::uint8_t>(Crossing::everything),
        .facts = {
            fact(name, name, model.nodes[presence(from)].label + " → " + model.nodes[presence(to)].label)}});
}

void Draft::watch(ZoneIndex zone, const std::string& sensor, double factor, const Delay& latency) {
  auto& points = zones_[zone.value].watchpoint;
  points.resize(model.techniques.size(), 0xFFFF);
  for (std::size_t t = 0; t < model.techniques.size(); ++t) {
    const Technique& technique = model.techniques[t];
    if (technique.seen <= 0) {
      continue;
    }
    if (points[t] == 0xFFFF) {
      points[t] = static_cast<std::uint16_t>(model.watchpoints.size());
      model.watchpoints.push_back(Watchpoint{model.zones[zone].name + "|" + technique.id, {}});
    }
    const std::string name = "sensor:" + sensor + "|" + model.zones[zone].name + "|" + technique.id;
    model.watchpoints[points[t]].sensors.push_back(
        Sensor{name_key(name), threshold_of(technique.seen * factor), latency});
  }
}

void Draft::implies(NodeIndex from, NodeIndex to, std::vector<FactIndex> facts) {
  step({.inputs = {from}, .head = to, .technique = instantaneous(), .facts = std::move(facts)});
}

/// "technique|input,input|head|finding", inputs sorted: the canonical name of a step (model.md, section 1).
static std::string step_name(const Model& model, const Draft::NewStep& step) {
  std::vector<std::string> inputs;
  inputs.reserve(step.inputs.size());
  for (const NodeIndex input : step.inputs) {
    inputs.push_back(model.nodes[input].name);
  }
  std::sort(inputs.begin(), inputs.end());
  std::string name = model.techniques[step.technique].id + "|";
  for (const std::string& input : inputs) {
    name += input + ",";
  }
  return name + "|" + model.nodes[step.head].name + "|" + step.finding;
}

void Draft::step(NewStep step) {
  RELEVE_CHECK(!step.inputs.empty() && step.inputs.size() < 256, "a step has 1 to 255 inputs");
  std::sort(step.inputs.begin(), step.inputs.end());
  step.inputs.erase(std::unique(step.inputs.begin(), step.inputs.end()), step.inputs.end());
  if (step.inputs.size() == 1 && step.inputs[0] == step.head) {
    return;
  }
  std::string name = step_name(model, step);
  pending_.push_back({std::move(step), std::move(name), 0xFFFFFFFFU});
}

void Draft::network_step(const NewStep& step, ZoneIndex zone, Protocol protocol) {
  const ZoneNodes& nodes = zones_[zone.value];
  const auto p = static_cast<std::size_t>(protocol);
  NewStep base = step;
  // The foothold's kind stays out of the name: both variants share one chance and one delay.
  base.finding += "|" + model.zones[zone].name + ":" + std::to_string(p);
  const std::string shared = step_name(model, base);
  for (const bool crosses : {false, true}) {
    NewStep variant = step;
    variant.inputs.push_back(crosses ? nodes.cross[p] : nodes.local[p]);
    variant.shared_name = shared;
    variant.crossings =
        static_cast<std::uint8_t>(variant.crossings | static_cast<std::uint8_t>(Crossing::everything) |
                                  (crosses ? static_cast<std::uint8_t>(Crossing::zones) : 0));
    this->step(std::move(variant));
  }
}

/// The place of each node in the order of names.
static std::vector<std::uint32_t> places_by_name(const IndexedVector<NodeIndex, Node>& nodes) {
  std::vector<std::uint32_t> by_name(nodes.size());
  std::iota(by_name.begin(), by_name.end(), 0U);
  std::sort(by_name.begin(), by_name.end(), [&](std::uint32_t a, std::uint32_t b) {
    return nodes[NodeIndex{a}].name < nodes[NodeIndex{b}].name;
  });
  std::vector<std::uint32_t> place(by_name.size());
  for (std::uint32_t i = 0; i < by_name.size(); ++i) {
    place[by_name[i]] = i;
  }
  return place;
}

/// Who needs an item: asked when a state changes.
static void index_consumers(Model& model) {
  std::vector<std::uint32_t> target_start{0};
  std::vector<std::uint32_t> targets;
  for (const Item& item : model.items) {
    for (const NeedGroup& group : item.groups) {
      for (const Need& need : group.needs) {
        targets.push_back(need.target.value);
      }
    }
    target_start.push_back(static_cast<std::uint32_t>(targets.size()));
  }
  transpose(model.items.size(), target_start, targets, model.consumer_start, model.consumer_list);
}

static void list_services(Model& model) {
  model.services.clear();
  for (std::uint32_t i = 0; i < model.items.size(); ++i) {
    if (model.items[ItemIndex{i}].kind == ItemKind::service) {
      model.services.push_back(ItemIndex{i});
    }
  }
  std::sort(model.services.begin(), model.services.end(),
            [&](ItemIndex a, ItemIndex b) { return model.items[a].name < model.items[b].name; });
}

Model Draft::seal() && {
  // Steps out of one node stand together (the spread reads them in a row), by name. A step said twice with
  // the same facts is one step; with other facts it stays twice, sharing one chance, so that closing one fact
  // leaves what the other still allows.
  const std::vector<std::uint32_t> place = places_by_name(model.nodes);
  for (Pending& pending : pending_) {
    std::sort(pending.step.facts.begin(), pending.step.facts.end());
    for (const NodeIndex input : pending.step.inputs) {
      pending.first_input = std::min(pending.first_input, place[input.value]);
    }
  }
  std::sort(pending_.begin(), pending_.end(), [](const Pending& a, const Pending& b) {
    return std::tie(a.first_input, a.name, a.step.facts) < std::tie(b.first_input, b.name, b.step.facts);
  });
  const auto same = [](const Pending& a, const Pending& b) {
    return a.name == b.name && a.step.facts == b.step.facts;
  };
  pending_.erase(std::unique(pending_.begin(), pending_.end(), same), pending_.end());
  model.input_start.push_back(0);
  model.fact_start.push_back(0);
  model.steps.reserve(pending_.size());
  for (Pending& pending : pending_) {
    NewStep& from = pending.step;
    const Technique& technique = model.techniques[from.technique];
    Step step;
    step.key = name_key(from.shared_name.empty() ? pending.name : from.shared_name);
    step.threshold = threshold_of(from.chance);
    step.head = from.head;
    step.technique = from.technique;
    step.crossings = static_cast<std::uint8_t>(from.crossings | (technique.needs_outside ? 1 : 0));
    step.inputs = static_cast<std::uint8_t>(from.inputs.size());
    if (from.zone.valid() && from.technique < zones_[from.zone.value].watchpoint.size()) {
      step.watchpoint = zones_[from.zone.value].watchpoint[from.technique];
    }
    model.steps.push_back(step);
    for (const NodeIndex input : from.inputs) {
      model.input_list.push_back(input.value);
    }
    for (const FactIndex fact : from.facts) {
      model.fact_list.push_back(fact.value);
    }
    model.input_start.push_back(static_cast<std::uint32_t>(model.input_list.size()));
    model.fact_start.push_back(static_cast<std::uint32_t>(model.fact_list.size()));
  }
  transpose(model.nodes.size(), model.input_start, model.input_list, model.out_start, model.out_list);
  transpose(model.facts.size(), model.fact_start, model.fact_list, model.fact_step_start,
            model.fact_step_list);

  index_consumers(model);
  list_services(model);
  for (Item& item : model.items) {
    item.key = name_key(item.name);
  }
  for (Host& host : model.hosts) {
    host.key = name_key(host.name);
  }
  for (Door& door : model.doors) {
    door.key = name_key(door.name);
  }
  return std::move(model);
}

}  // namespace releve::engine
