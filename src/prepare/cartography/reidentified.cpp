// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/reidentified.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace releve::cartography {

namespace {

using Machines = std::vector<const Machine*>;

/// Those of `list` whose id the other list does not have.
Machines missing_from(const std::vector<Machine>& other, const std::vector<Machine>& list) {
  Machines missing;
  const auto by_id = [](const Machine& a, const Machine& b) { return a.id < b.id; };
  for (const Machine& machine : list) {
    if (!std::binary_search(other.begin(), other.end(), machine, by_id)) {
      missing.push_back(&machine);
    }
  }
  return missing;
}

/// Who bears a name: the one machine, or null for several.
class Bearers {
 public:
  void add(std::string_view name, const Machine& machine) {
    if (!name.empty()) {
      const auto [at, fresh] = one_.emplace(name, &machine);
      at->second = fresh ? &machine : nullptr;
    }
  }

  const Machine* only(std::string_view name) const {
    const auto found = one_.find(name);
    return found == one_.end() ? nullptr : found->second;
  }

 private:
  std::unordered_map<std::string_view, const Machine*> one_;
};

struct Names {
  Bearers fqdn;
  Bearers host_name;
  Bearers ip;

  void add(const Machine& machine) {
    fqdn.add(machine.fqdn, machine);
    host_name.add(machine.host_name, machine);
    for (const std::string& address : machine.ips) {
      ip.add(address, machine);
    }
  }
};

/// Its component is all that it is known by, or names it and no other machine.
bool stands_for_its_component(const Machine& machine) {
  return !machine.component.empty() &&
         std::none_of(machine.sightings.begin(), machine.sightings.end(),
                      [](const Sighting& seen) { return seen.matched_by == MatchKey::pattern; });
}

bool may_be_one(const Machine& a, const Machine& b) {
  return a.sid.empty() || b.sid.empty() || a.sid == b.sid;
}

}  // namespace

std::vector<Reidentified> reidentified_machines(const std::vector<Machine>& before,
                                                const std::vector<Machine>& after) {
  const Machines gone = missing_from(after, before);
  const Machines created = missing_from(before, after);
  Names lost;
  for (const Machine* machine : gone) {
    lost.add(*machine);
  }
  Names now;
  for (const Machine& machine : after) {
    now.add(machine);
  }
  std::map<std::string_view, Machines> fresh_of;  // by component, last first
  for (auto one = created.rbegin(); one != created.rend(); ++one) {
    if (!(*one)->component.empty()) {
      fresh_of[(*one)->component].push_back(*one);
    }
  }
  std::vector<Reidentified> found;
  const auto try_name = [&](const Machine& was, const Bearers Names::* kind, std::string_view name,
                            SameBy by) {
    const Machine* is = (now.*kind).only(name);
    const bool sure = is != nullptr && (lost.*kind).only(name) == &was && may_be_one(was, *is);
    if (sure) {
      found.push_back({&was, is, by});
      auto& fresh = fresh_of[is->component];
      fresh.erase(std::remove(fresh.begin(), fresh.end(), is), fresh.end());
    }
    return sure;
  };
  Machines nameless;
  for (const Machine* was : gone) {
    if (!try_name(*was, &Names::fqdn, was->fqdn, SameBy::fqdn) &&
        !try_name(*was, &Names::host_name, was->host_name, SameBy::host_name)) {
      nameless.push_back(was);
    }
  }
  for (const Machine* was : nameless) {
    auto& fresh = fresh_of[was->component];
    if (stands_for_its_component(*was) && !fresh.empty() && may_be_one(*was, *fresh.back())) {
      found.push_back({was, fresh.back(), SameBy::component});
      fresh.pop_back();
      continue;
    }
    for (const std::string& address : was->ips) {
      if (try_name(*was, &Names::ip, address, SameBy::ip)) {
        break;
      }
    }
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.was->id < b.was->id; });
  return found;
}

}  // namespace releve::cartography
