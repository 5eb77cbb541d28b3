// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/difference.hpp"

#include "prepare/plan/parts.hpp"

#include <algorithm>
#include <unordered_map>

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
