// SPDX-License-Identifier: EUPL-1.2
#include "prepare/cartography/inventory_fold.hpp"

#include "foundation/base/text.hpp"
#include "prepare/cartography/template_fields.hpp"

#include <algorithm>
#include <unordered_map>

namespace releve::cartography {

namespace {

/// Takes over what `later` gives. An inventory made by hand may have no origins: then what differs from
/// an empty element is what it gives.
template <class T>
void take_over(T& element, const T& later) {
  static const T empty{};
  for_each_column<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    const auto origin = later.origins.find(std::string(F::name));
    const bool by_hand = later.origins.empty() && !(later.*F::member == empty.*F::member);
    if (F::name == "id" || (origin == later.origins.end() && !by_hand)) {
      return;
    }
    element.*F::member = later.*F::member;
    if (by_hand) {
      element.origins.erase(std::string(F::name));
    } else {
      element.origins[std::string(F::name)] = origin->second;
    }
  });
}

template <class T>
void fold_list(std::vector<T>& list, std::unordered_map<std::string, std::size_t>& known,
               const std::vector<T>& later) {
  for (const T& element : later) {
    const auto [at, fresh] = known.emplace(element.id, list.size());
    if (fresh) {
      list.push_back(element);
    } else {
      take_over(list[at->second], element);
    }
  }
}

template <class T>
std::optional<T*> find_by_id(std::vector<T>& sorted, const std::string& id) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), id,
                                   [](const T& e, const std::string& key) { return e.id < key; });
  return at != sorted.end() && at->id == id ? std::optional<T*>(&*at) : std::nullopt;
}

enum class Applied { no_such_field, bad_value, done };

template <class T>
Applied apply_answer(T& element, const Answer& answer) {
  Applied applied = Applied::no_such_field;
  for_each_column<T>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if (F::name != answer.field || F::name == "id") {
      return;
    }
    applied = Applied::bad_value;
    const auto document = JsonDocument::parse(answer.value);
    if (!document) {
      return;
    }
    if (document->root().kind() == JsonValue::Kind::null) {
      element.*F::member = T{}.*F::member;
      element.origins.erase(answer.field);
      applied = Applied::done;
      return;
    }
    auto value = detail::read_value<typename F::Type>(document->root(), field.rules, answer.field);
    if (value) {
      element.*F::member = std::move(value).value();
      element.origins[answer.field] = Origin{OriginKind::answer, answer.by, answer.when};
      applied = Applied::done;
    }
  });
  return applied;
}

void apply_to_element(Inventory& inventory, const Answer& answer, Findings& findings) {
  bool found = false;
  Applied applied = Applied::no_such_field;
  for_each_element([&]<class T>() {
    // An id used twice over kinds: the first kind that has the field takes the answer.
    const auto element = find_by_id(inventory.*ElementOf<T>::list, answer.element);
    if (element && applied == Applied::no_such_field) {
      found = true;
      applied = apply_answer(**element, answer);
    }
  });
  if (applied != Applied::done) {
    const char* code = !found                          ? "answer.unknown_element"
                       : applied == Applied::bad_value ? "answer.bad_value"
                                                       : "answer.unknown_field";
    findings.add(
        Severity::warning,
        message(code,
                {{"element", answer.element}, {"field", answer.field}, {"value", shorten(answer.value, 80)}}),
        answer.element);
  }
}

}  // namespace

Inventory fold_inventories(std::span<const Source> sources) {
  Inventory inventory;
  for_each_element([&]<class T>() {
    auto& list = inventory.*ElementOf<T>::list;
    std::unordered_map<std::string, std::size_t> known;
    for (const Source& source : sources) {
      if (source.inventory) {
        fold_list(list, known, (*source.inventory).*ElementOf<T>::list);
      }
    }
    std::sort(list.begin(), list.end(), [](const T& a, const T& b) { return a.id < b.id; });
  });
  return inventory;
}

void apply_answers(Inventory& inventory, std::span<const Answer> answers,
                   std::map<std::string, std::string>& facility_wide, Findings& findings) {
  std::vector<const Answer*> in_order;
  for (const Answer& answer : answers) {
    in_order.push_back(&answer);
  }
  std::stable_sort(in_order.begin(), in_order.end(),
                   [](const Answer* a, const Answer* b) { return a->when < b->when; });
  for (const Answer* answer : in_order) {
    if (answer->element.empty()) {
      facility_wide[answer->field] = answer->value;
    } else {
      apply_to_element(inventory, *answer, findings);
    }
  }
}

}  // namespace releve::cartography
