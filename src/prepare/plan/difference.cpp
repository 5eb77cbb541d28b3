// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/difference.hpp"

#include "prepare/plan/parts.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace releve::plan {

namespace {

/// Everything but who it is and when it was last changed.
template <class T>
std::vector<PlanFieldChange> fields_between(const T& before, const T& after) {
  std::vector<PlanFieldChange> changes;
  for_each_field<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (F::name != "id" && F::name != "revision") {
      if (!(before.*F::member == after.*F::member)) {
        changes.push_back({std::string(F::name), plain(before.*F::member), plain(after.*F::member)});
      }
    }
  });
  return changes;
}

/// How what both have is ordered, from the first that stands elsewhere to the last.
template <Item T>
std::optional<PlanFieldChange> order_between(const std::vector<T>& before, const std::vector<T>& after) {
  const auto shared = [](const std::vector<T>& items, const std::vector<T>& others) {
    std::unordered_set<std::string_view> ids;
    for (const T& one : others) {
      ids.insert(one.id);
    }
    std::vector<const T*> met;
    for (const T& one : items) {
      if (ids.contains(one.id)) {
        met.push_back(&one);
      }
    }
    return met;
  };
  const std::vector<const T*> was = shared(before, after);
  const std::vector<const T*> is = shared(after, before);
  const auto same = [](const T* one, const T* other) { return one->id == other->id; };
  const auto first = std::mismatch(was.begin(), was.end(), is.begin(), same).first - was.begin();
  const auto last = was.rend() - std::mismatch(was.rbegin(), was.rend(), is.rbegin(), same).first;
  if (first >= last) {
    return std::nullopt;
  }
  const auto names = [&](const std::vector<const T*>& items) {
    std::vector<std::string> found;
    for (auto at = first; at < last; ++at) {
      found.emplace_back(title_of(*items[static_cast<std::size_t>(at)]));
    }
    return plain(found);
  };
  return PlanFieldChange{"order", names(was), names(is)};
}

template <Item T>
void compare(std::string_view part, const std::vector<T>& before, const std::vector<T>& after,
             std::vector<PlanChange>& changes) {
  const auto change = [&](const T& item, PlanChangeKind kind, std::vector<PlanFieldChange> fields = {}) {
    changes.push_back({std::string(part), item.id, std::string(title_of(item)), kind, std::move(fields)});
  };
  std::unordered_map<std::string_view, const T*> known;
  for (const T& one : before) {
    known.emplace(one.id, &one);
  }
  for (const T& one : after) {
    const auto place = known.find(one.id);
    if (place == known.end()) {
      change(one, PlanChangeKind::added);
      continue;
    }
    if (auto fields = fields_between(*place->second, one); !fields.empty()) {
      change(one, PlanChangeKind::changed, std::move(fields));
    }
    known.erase(place);
  }
  for (const T& one : before) {
    if (known.contains(one.id)) {
      change(one, PlanChangeKind::removed);
    }
  }
  if (auto order = order_between(before, after)) {
    changes.push_back({std::string(part), "", "", PlanChangeKind::reordered, {*std::move(order)}});
  }
}

}  // namespace

std::vector<PlanChange> difference(const PlanDocument& before, const PlanDocument& after) {
  std::vector<PlanChange> changes;
  if (auto fields = fields_between(before.frame, after.frame); !fields.empty()) {
    changes.push_back({"frame", "", after.frame.title, PlanChangeKind::changed, std::move(fields)});
  }
  for_each_field<PlanDocument>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (!std::is_same_v<typename F::Type, PlanFrame>) {
      compare(F::name, before.*F::member, after.*F::member, changes);
    }
  });
  return changes;
}

}  // namespace releve::plan
