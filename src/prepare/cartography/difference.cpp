// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/difference.hpp"

#include "prepare/cartography/directory_words.hpp"
#include "prepare/cartography/template_fields.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace releve::cartography {

namespace {

constexpr std::size_t max_changes_per_element = 500;

using Fields = std::vector<std::string>;

template <class T>
Fields fields_that_differ(const T& before, const T& after) {
  Fields fields;
  for_each_column<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if (!(before.*F::member == after.*F::member)) {
      fields.emplace_back(F::name);
    }
  });
  return fields;
}

Fields fields_that_differ(const Machine& before, const Machine& after) {
  Fields fields;
  const auto look = [&](const char* field, const auto& a, const auto& b) {
    if (!(a == b)) {
      fields.emplace_back(field);
    }
  };
  look("name", before.name, after.name);
  look("kind", before.kind, after.kind);
  look("fqdn", before.fqdn, after.fqdn);
  look("host_name", before.host_name, after.host_name);
  look("ips", before.ips, after.ips);
  look("zone", before.zone, after.zone);
  look("operating_system", before.operating_system, after.operating_system);
  look("component", before.component, after.component);
  look("domain_joined", before.domain_joined, after.domain_joined);
  look("internet_exposed", before.internet_exposed, after.internet_exposed);
  look("ports", before.ports, after.ports);
  return fields;
}

Fields fields_that_differ(const intake::DirectoryObject& before, const intake::DirectoryObject& after) {
  Fields fields;
  if (before.name != after.name) {
    fields.emplace_back("name");
  }
  if (before.facts != after.facts) {
    fields.emplace_back("facts");
  }
  if (before.distinguished_name != after.distinguished_name) {
    fields.emplace_back("distinguished_name");
  }
  return fields;
}

Fields fields_that_differ(const intake::Weakness& before, const intake::Weakness& after) {
  Fields fields;
  if (before.severity != after.severity) {
    fields.emplace_back("severity");
  }
  if (before.cves != after.cves) {
    fields.emplace_back("cves");
  }
  if (before.exploit_available != after.exploit_available) {
    fields.emplace_back("exploit_available");
  }
  return fields;
}

class Comparison {
 public:
  explicit Comparison(const std::vector<std::string>& ever) : ever_(ever.begin(), ever.end()) {}

  void begin(std::string element) {
    result_.counts.emplace_back();
    result_.counts.back().element = std::move(element);
  }

  void add(ChangeKind kind, const std::string& id, const std::string& name, Fields fields = {}) {
    if (kind == ChangeKind::created && ever_.contains(result_.counts.back().element + ":" + id)) {
      kind = ChangeKind::back;
    }
    add({kind, {}, id, name, std::move(fields), {}, {}});
  }

  void add(const Reidentified& one) {
    add({ChangeKind::reidentified,
         {},
         one.is->id,
         one.is->name,
         fields_that_differ(*one.was, *one.is),
         one.was->id,
         one.by});
  }

  /// Many of the same that need no name: counted without making their text.
  void add_kept(std::int64_t how_many) { result_.counts.back().kept += how_many; }

  /// Compares two lists of pointers sorted by key.
  template <class T, class Key, class Name>
  void compare(const std::vector<T>& before, const std::vector<T>& after, Key key, Name name) {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < before.size() || j < after.size()) {
      const bool only_before = j == after.size() || (i < before.size() && key(before[i]) < key(after[j]));
      const bool only_after = !only_before && (i == before.size() || key(after[j]) < key(before[i]));
      if (only_before) {
        add(ChangeKind::gone, std::string(key(before[i])), name(before[i]));
        ++i;
      } else if (only_after) {
        add(ChangeKind::created, std::string(key(after[j])), name(after[j]));
        ++j;
      } else {
        Fields fields = differing(before[i], after[j]);
        const ChangeKind kind = fields.empty() ? ChangeKind::kept : ChangeKind::changed;
        add(kind, std::string(key(after[j])), name(after[j]), std::move(fields));
        ++i;
        ++j;
      }
    }
  }

  Difference take() { return std::move(result_); }

 private:
  void add(Change change) {
    ChangeCount& count = result_.counts.back();
    std::int64_t ChangeCount::* const members[] = {&ChangeCount::created, &ChangeCount::kept,
                                                   &ChangeCount::changed, &ChangeCount::gone,
                                                   &ChangeCount::back,    &ChangeCount::reidentified};
    ++(count.*members[static_cast<std::size_t>(change.kind)]);
    if (change.kind != ChangeKind::kept && listed() < max_changes_per_element) {
      change.element = count.element;
      result_.changes.push_back(std::move(change));
    }
  }

  template <class T>
  static Fields differing(const T& before, const T& after) {
    if constexpr (std::is_pointer_v<T>) {
      return fields_that_differ(*before, *after);
    } else {
      return fields_that_differ(before, after);
    }
  }

  std::size_t listed() {
    if (listed_of_ != result_.counts.size()) {
      listed_of_ = result_.counts.size();
      first_ = result_.changes.size();
    }
    return result_.changes.size() - first_;
  }

  std::unordered_set<std::string> ever_;
  Difference result_;
  std::size_t listed_of_ = 0;
  std::size_t first_ = 0;
};

template <class T>
void compare_elements(Comparison& comparison, const std::vector<T>& before, const std::vector<T>& after) {
  comparison.begin(std::string(ElementOf<T>::word));
  comparison.compare(
      before, after, [](const T& e) -> std::string_view { return e.id; },
      [](const T& e) {
        if constexpr (std::is_same_v<T, Dependency>) {
          return e.id;
        } else {
          return e.name;
        }
      });
}

std::vector<const intake::DirectoryObject*> accounts_of(const Cartography& c) {
  std::vector<const intake::DirectoryObject*> list;
  for (const auto& object : c.directory->objects) {
    const bool account = object.kind == intake::ObjectKind::user || object.kind == intake::ObjectKind::group;
    if (account && object.is(intake::Fact::described)) {
      list.push_back(&object);
    }
  }
  std::sort(list.begin(), list.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
  return list;
}

/// Numbers shared by both sides, so that millions of relations are compared without making their text.
struct Numbered {
  std::uint32_t source = 0;
  std::uint32_t target = 0;
  intake::Relation relation = intake::Relation::member_of;
  auto operator<=>(const Numbered&) const = default;
};

std::vector<Numbered> relations_of(const intake::Directory& directory,
                                   std::unordered_map<std::string_view, std::uint32_t>& number,
                                   std::vector<const intake::DirectoryObject*>& objects) {
  std::vector<std::uint32_t> of_object;
  for (const auto& object : directory.objects) {
    const auto [at, fresh] = number.emplace(object.id, static_cast<std::uint32_t>(objects.size()));
    if (fresh) {
      objects.push_back(&object);
    }
    of_object.push_back(at->second);
  }
  std::vector<Numbered> list;
  list.reserve(directory.relations.size());
  for (const auto& r : directory.relations) {
    list.push_back({of_object[r.source], of_object[r.target], r.relation});
  }
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

void compare_relations(Comparison& comparison, const intake::Directory& before,
                       const intake::Directory& after) {
  comparison.begin("relation");
  std::unordered_map<std::string_view, std::uint32_t> number;
  std::vector<const intake::DirectoryObject*> objects;
  const auto old_list = relations_of(before, number, objects);
  const auto new_list = relations_of(after, number, objects);
  std::vector<Numbered> gone;
  std::vector<Numbered> created;
  std::set_difference(old_list.begin(), old_list.end(), new_list.begin(), new_list.end(),
                      std::back_inserter(gone));
  std::set_difference(new_list.begin(), new_list.end(), old_list.begin(), old_list.end(),
                      std::back_inserter(created));
  const auto report = [&](ChangeKind kind, const std::vector<Numbered>& list) {
    for (const Numbered& r : list) {
      const std::string relation(text_of(r.relation));
      comparison.add(kind, objects[r.source]->id + ">" + relation + ">" + objects[r.target]->id,
                     objects[r.source]->name + " > " + relation + " > " + objects[r.target]->name);
    }
  };
  report(ChangeKind::created, created);
  report(ChangeKind::gone, gone);
  comparison.add_kept(static_cast<std::int64_t>(old_list.size() - gone.size()));
}

struct PlacedWeakness {
  std::string key;
  const Machine* machine = nullptr;
  const intake::Weakness* weakness = nullptr;
};

Fields fields_that_differ(const PlacedWeakness& before, const PlacedWeakness& after) {
  return fields_that_differ(*before.weakness, *after.weakness);
}

/// Under the ids that their machines have now.
std::vector<PlacedWeakness> weaknesses_of(const Cartography& c, const std::vector<Reidentified>& again) {
  std::vector<PlacedWeakness> list;
  for (const Machine& machine : c.machines) {
    const auto at =
        std::lower_bound(again.begin(), again.end(), machine.id,
                         [](const Reidentified& one, const std::string& id) { return one.was->id < id; });
    const bool renamed = at != again.end() && at->was == &machine;
    const std::string& id = renamed ? at->is->id : machine.id;
    for (const auto& weakness : machine.weaknesses) {
      const std::string port = std::to_string(weakness.port) + (weakness.tcp ? "" : "/udp");
      list.push_back({id + "|" + weakness.id + "|" + port, &machine, &weakness});
    }
  }
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  // Two machines that turned out to be one may both have had it.
  list.erase(
      std::unique(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.key == b.key; }),
      list.end());
  return list;
}

void compare_machines(Comparison& comparison, const Cartography& before, const Cartography& after,
                      const std::vector<Reidentified>& again) {
  std::unordered_set<const Machine*> told;
  for (const Reidentified& one : again) {
    told.insert(one.was);
    const auto known = std::lower_bound(before.machines.begin(), before.machines.end(), one.is->id,
                                        [](const Machine& m, const std::string& id) { return m.id < id; });
    if (known == before.machines.end() || known->id != one.is->id) {
      told.insert(one.is);
    }
  }
  const auto others = [&](const std::vector<Machine>& machines) {
    std::vector<const Machine*> list;
    for (const Machine& machine : machines) {
      if (!told.contains(&machine)) {
        list.push_back(&machine);
      }
    }
    return list;
  };
  comparison.begin("machine");
  comparison.compare(
      others(before.machines), others(after.machines),
      [](const Machine* m) -> std::string_view { return m->id; }, [](const Machine* m) { return m->name; });
  for (const Reidentified& one : again) {
    comparison.add(one);
  }
}

}  // namespace

Difference difference(const Cartography& before, const Cartography& after,
                      const std::vector<std::string>& ever) {
  Comparison comparison(ever);
  compare_elements(comparison, before.services, after.services);
  compare_elements(comparison, before.applications, after.applications);
  compare_elements(comparison, before.components, after.components);
  compare_elements(comparison, before.dependencies, after.dependencies);
  compare_elements(comparison, before.zones, after.zones);
  const auto again = reidentified_machines(before.machines, after.machines);
  compare_machines(comparison, before, after, again);
  comparison.begin("account");
  comparison.compare(
      accounts_of(before), accounts_of(after), [](const auto* o) -> std::string_view { return o->id; },
      [](const auto* o) { return o->name; });
  compare_relations(comparison, *before.directory, *after.directory);
  comparison.begin("weakness");
  comparison.compare(
      weaknesses_of(before, again), weaknesses_of(after, {}),
      [](const auto& w) -> std::string_view { return w.key; },
      [](const auto& w) { return w.machine->name + ": " + w.weakness->title; });
  return comparison.take();
}

std::vector<std::string> keys_of(const Cartography& cartography) {
  std::vector<std::string> keys;
  const auto add = [&](std::string_view element, const auto& list) {
    for (const auto& item : list) {
      keys.push_back(std::string(element) + ":" + item.id);
    }
  };
  add("service", cartography.services);
  add("application", cartography.applications);
  add("component", cartography.components);
  add("dependency", cartography.dependencies);
  add("zone", cartography.zones);
  add("machine", cartography.machines);
  for (const auto* account : accounts_of(cartography)) {
    keys.push_back("account:" + account->id);
  }
  return keys;
}

}  // namespace releve::cartography
