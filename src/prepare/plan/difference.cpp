// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/difference.hpp"

#include "prepare/plan/parts.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace releve::plan {

namespace {

/// As `document` calls whoever and whatever its items name; what is not there any more, as it was called
/// before.
void add_titles(Titles& titles, const PlanDocument& document) {
  const auto add = [&](const auto& items) {
    for (const auto& one : items) {
      titles.emplace(one.id, title_of(one));
    }
  };
  add(document.contacts);
  add(document.cells);
  add(document.roles);
  add(document.forms);
  add(document.stocks);
}

class Comparison {
 public:
  Comparison(const PlanDocument& before, const PlanDocument& after) {
    add_titles(titles_, after);
    add_titles(titles_, before);
  }

  /// Everything but who it is and when it was last changed.
  template <class T>
  std::vector<PlanFieldChange> fields_between(const T& before, const T& after) const {
    std::vector<PlanFieldChange> changes;
    for_each_field<T>([&](const auto& field) {
      using F = std::remove_cvref_t<decltype(field)>;
      if constexpr (std::is_same_v<typename F::Type, std::vector<DegradedMode>>) {
        modes_between(before.*F::member, after.*F::member, changes);
      } else if constexpr (F::name != "id" && F::name != "revision") {
        if (!(before.*F::member == after.*F::member)) {
          changes.push_back({std::string(F::name), said(before.*F::member), said(after.*F::member)});
        }
      }
    });
    return changes;
  }

  template <class T>
  std::string said(const T& value) const {
    return plain(value, titles_);
  }

 private:
  /// Each by its horizon: "modes.h8.procedure".
  void modes_between(const std::vector<DegradedMode>& before, const std::vector<DegradedMode>& after,
                     std::vector<PlanFieldChange>& changes) const {
    for (const auto& [horizon, name] : describe(static_cast<Horizon*>(nullptr)).entries) {
      const auto mode_of = [&](const std::vector<DegradedMode>& modes) {
        const auto found =
            std::find_if(modes.begin(), modes.end(), [&](const auto& one) { return one.horizon == horizon; });
        return found == modes.end() ? DegradedMode{.horizon = horizon} : *found;
      };
      for (PlanFieldChange& change : fields_between(mode_of(before), mode_of(after))) {
        change.field = "modes." + std::string(name) + "." + change.field;
        changes.push_back(std::move(change));
      }
    }
  }

  Titles titles_;
};

/// How what both have is ordered, from the first that stands elsewhere to the last.
template <Item T>
std::optional<PlanFieldChange> order_between(const Comparison& comparison, const std::vector<T>& before,
                                             const std::vector<T>& after) {
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
    return comparison.said(found);
  };
  return PlanFieldChange{"order", names(was), names(is)};
}

template <Item T>
void compare(const Comparison& comparison, std::string_view part, const std::vector<T>& before,
             const std::vector<T>& after, std::vector<PlanChange>& changes) {
  const auto change = [&](const T& item, PlanChangeKind kind, std::vector<PlanFieldChange> fields = {}) {
    changes.push_back(
        {std::string(part), item.id, comparison.said(std::string(title_of(item))), kind, std::move(fields)});
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
    if (auto fields = comparison.fields_between(*place->second, one); !fields.empty()) {
      change(one, PlanChangeKind::changed, std::move(fields));
    }
    known.erase(place);
  }
  for (const T& one : before) {
    if (known.contains(one.id)) {
      change(one, PlanChangeKind::removed);
    }
  }
  if (auto order = order_between(comparison, before, after)) {
    changes.push_back({std::string(part), "", "", PlanChangeKind::reordered, {*std::move(order)}});
  }
}

}  // namespace

std::vector<PlanChange> difference(const PlanDocument& before, const PlanDocument& after) {
  const Comparison comparison(before, after);
  std::vector<PlanChange> changes;
  if (auto fields = comparison.fields_between(before.frame, after.frame); !fields.empty()) {
    changes.push_back({"frame", "", after.frame.title, PlanChangeKind::changed, std::move(fields)});
  }
  for_each_field<PlanDocument>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (!std::is_same_v<typename F::Type, PlanFrame>) {
      compare(comparison, F::name, before.*F::member, after.*F::member, changes);
    }
  });
  return changes;
}

}  // namespace releve::plan
