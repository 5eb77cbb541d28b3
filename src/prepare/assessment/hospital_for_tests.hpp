// SPDX-License-Identifier: EUPL-1.2
// Small hospitals made fact by fact, and what they compile to, in words.
#pragma once

#include "prepare/assessment/compile.hpp"
#include "prepare/assessment/tables_for_tests.hpp"

#include <set>

namespace releve::assessment {
using namespace cartography;
using intake::Fact;
using intake::ObjectKind;
using intake::Relation;

inline constexpr const char* domain_sid = "S-1-5-21-1";

inline std::string sid(int rid) {
  return std::string(domain_sid) + "-" + std::to_string(rid);
}

/// A small hospital made fact by fact.
struct Hospital {
  Inventory inventory;
  intake::Directory directory;
  intake::Scan scan;
  intake::KevCatalogue kev;
  intake::EpssTable epss;
  std::vector<Answer> answers;

  Hospital() { directory.domains = {{domain_sid, "CH.LOCAL"}}; }

  std::uint32_t add(intake::DirectoryObject object, std::initializer_list<Fact> facts = {}) {
    for (const Fact fact : facts) {
      object.facts |= static_cast<std::uint32_t>(fact);
    }
    directory.objects.push_back(std::move(object));
    return static_cast<std::uint32_t>(directory.objects.size() - 1);
  }

  std::uint32_t user(int rid, std::initializer_list<Fact> facts = {}) {
    return add(object(sid(rid), "USER" + std::to_string(rid) + "@CH.LOCAL", ObjectKind::user), facts);
  }

  std::uint32_t group(int rid) {
    return add(object(sid(rid), "GROUP" + std::to_string(rid) + "@CH.LOCAL", ObjectKind::group));
  }

  std::uint32_t machine(int rid, std::initializer_list<Fact> facts = {},
                        const std::string& system = "Windows 10") {
    return add(computer(sid(rid), "PC" + std::to_string(rid) + ".CH.LOCAL", system), facts);
  }

  void relate(std::uint32_t source, Relation relation, std::uint32_t target) {
    directory.relations.push_back({source, target, relation});
  }

  Cartography draw() const {
    Source knowledge = source_of("kev.json", day(1));
    knowledge.kev = std::make_shared<const intake::KevCatalogue>(kev);
    Source scores = source_of("epss.csv", day(1));
    scores.epss = std::make_shared<const intake::EpssTable>(epss);
    std::vector<Source> sources{inventory_source(inventory), scan_source(scan), knowledge, scores};
    if (!directory.objects.empty()) {
      sources.push_back(directory_source(directory));
    }
    return draw_cartography("CH", sources, answers);
  }

  Compiled compiled() const { return compile(draw(), repository_defaults(), repository_tables(), {}); }
};

/// Steps of a technique, as "input + input -> head", by node names.
inline std::set<std::string> steps(const Compiled& compiled, const std::string& technique) {
  const engine::Model& model = compiled.model;
  std::set<std::string> list;
  for (std::uint32_t s = 0; s < model.steps.size(); ++s) {
    const engine::StepIndex index{s};
    if (model.techniques[model.steps[index].technique].id != technique) {
      continue;
    }
    std::set<std::string> inputs;
    for (const std::uint32_t input : model.inputs_of(index)) {
      inputs.insert(model.nodes[engine::NodeIndex{input}].name);
    }
    std::string text;
    for (const std::string& input : inputs) {
      text += (text.empty() ? "" : " + ") + input;
    }
    list.insert(text + " -> " + model.nodes[model.steps[index].head].name);
  }
  return list;
}

using Steps = std::set<std::string>;

inline Steps over_network(const std::string& input, const std::string& protocol, const std::string& head) {
  Steps both;
  for (const std::string kind : {"local", "cross"}) {
    const std::string foothold = "foothold::" + protocol + ":" + kind;
    both.insert((input.empty() ? foothold : std::min(input, foothold) + " + " + std::max(input, foothold)) +
                " -> " + head);
  }
  return both;
}

inline const engine::Item& item(const Compiled& compiled, const std::string& name) {
  for (std::uint32_t i = 0; i < compiled.model.items.size(); ++i) {
    if (compiled.model.items[engine::ItemIndex{i}].name == name) {
      return compiled.model.items[engine::ItemIndex{i}];
    }
  }
  ADD_FAILURE() << "no item " << name;
  return compiled.model.items[engine::ItemIndex{0}];
}

inline std::vector<std::string> target_names(const Compiled& compiled, const engine::NeedGroup& group) {
  std::vector<std::string> names;
  for (const auto& need : group.needs) {
    names.push_back(compiled.model.items[need.target].name);
  }
  return names;
}

inline std::vector<const engine::Door*> doors(const Compiled& compiled, const std::string& scenario) {
  std::vector<const engine::Door*> list;
  for (const engine::Door& door : compiled.model.doors) {
    if (door.scenario == scenario) {
      list.push_back(&door);
    }
  }
  return list;
}

inline double chance_of(const engine::Door& door) {
  return static_cast<double>(door.threshold) / static_cast<double>(engine::certain);
}

}  // namespace releve::assessment
