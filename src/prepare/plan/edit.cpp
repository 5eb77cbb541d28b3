// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/edit.hpp"

#include "foundation/base/edited.hpp"
#include "foundation/base/text.hpp"
#include "prepare/plan/parts.hpp"

#include <algorithm>
#include <set>

namespace releve::plan {

namespace {

constexpr std::size_t shown = 600;  // bytes of each version in the sentence of a conflict

Status tidy(ServiceSheet& sheet) {
  std::set<Horizon> seen;
  for (const DegradedMode& mode : sheet.modes) {
    if (!seen.insert(mode.horizon).second) {
      return Error{ErrorKind::invalid, message("plan.horizon_twice"), "modes"};
    }
  }
  std::sort(sheet.modes.begin(), sheet.modes.end(),
            [](const auto& a, const auto& b) { return a.horizon < b.horizon; });
  return Done{};
}

template <class T>
Status tidy(T&) {
  return Done{};
}

template <class T>
Error conflict(const T* theirs, const T* yours) {
  return changed_meanwhile(theirs != nullptr ? shorten(plain(*theirs), shown) : "—",
                           yours != nullptr ? shorten(plain(*yours), shown) : "—");
}

Status no_such_item(std::string where) {
  return Error{ErrorKind::not_found, message("plan.no_such_item"), std::move(where)};
}

/// Whether the editor saw what there is, or does not mind.
bool saw(const Revision& seen, const Revision& there) {
  return !seen || seen == there;
}

Status put_one(PlanFrame& frame, const PlanFrame& wanted, std::int64_t revision) {
  TRY(check_days(wanted));
  if (!saw(wanted.revision, frame.revision)) {
    return conflict(&frame, &wanted);
  }
  frame = wanted;
  frame.revision = revision;
  return Done{};
}

template <Item T>
Status put_one(std::vector<T>& list, T item, std::int64_t revision, const std::string& fresh_id) {
  TRY(check_days(item));
  TRY(tidy(item));
  const auto place = std::find_if(list.begin(), list.end(),
                                  [&](const T& one) { return !item.id.empty() && one.id == item.id; });
  if (place == list.end()) {
    if (item.revision) {  // it was there when the editor saw it
      return conflict<T>(nullptr, &item);
    }
    if (item.id.empty()) {
      item.id = fresh_id;
    }
    item.revision = revision;
    list.push_back(std::move(item));
    return Done{};
  }
  if (!saw(item.revision, place->revision)) {
    return conflict(&*place, &item);
  }
  item.revision = revision;
  *place = std::move(item);
  return Done{};
}

}  // namespace

Status put(PlanDocument& document, const PlanEdit& edit, std::int64_t revision, const std::string& fresh_id) {
  int given = 0;
  Status done = Done{};
  for_each_field<PlanEdit>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (releve::detail::IsOptional<typename F::Type>::value) {
      using T = typename F::Type::value_type;
      const std::optional<T>& item = edit.*F::member;
      if (!item || ++given > 1) {
        return;
      }
      if constexpr (std::is_same_v<T, PlanFrame>) {
        done = put_one(document.frame, *item, revision);
      } else {
        each_list(document, [&](std::string_view, auto& list) {
          if constexpr (std::is_same_v<std::remove_cvref_t<decltype(list)>, std::vector<T>>) {
            done = put_one(list, *item, revision, fresh_id);
          }
        });
      }
    }
  });
  if (given != 1) {
    return Error{ErrorKind::invalid, message("plan.one_item"), {}};
  }
  return done;
}

namespace {

/// change(list, place of the item) in the list of that name.
template <class Change>
Status at_item(PlanDocument& document, const std::string& part, const std::string& id, Change change) {
  Status done = Error{ErrorKind::invalid, message("plan.no_such_part", {{"part", part}}), "part"};
  each_list(document, [&](std::string_view name, auto& list) {
    if (name == part) {
      const auto place =
          std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.id == id; });
      done = place == list.end() ? no_such_item("id") : change(list, place);
    }
  });
  return done;
}

}  // namespace

Status remove(PlanDocument& document, const PlanRemoval& removal) {
  return at_item(document, removal.part, removal.id, [&](auto& list, auto place) -> Status {
    if (!saw(removal.revision, place->revision)) {
      return conflict(&*place, static_cast<decltype(&*place)>(nullptr));
    }
    list.erase(place);
    return Done{};
  });
}

Status move(PlanDocument& document, const PlanMove& move) {
  return at_item(document, move.part, move.id, [&](auto& list, auto place) -> Status {
    const auto next =
        move.before.empty()
            ? list.end()
            : std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.id == move.before; });
    if (next == list.end() && !move.before.empty()) {
      return no_such_item("before");
    }
    if (place < next) {
      std::rotate(place, place + 1, next);
    } else {
      std::rotate(next, place, place + 1);
    }
    return Done{};
  });
}

}  // namespace releve::plan
