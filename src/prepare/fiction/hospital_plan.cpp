// SPDX-License-Identifier: EUPL-1.2
#include "prepare/fiction/hospital_plan.hpp"

#include "foundation/base/day.hpp"
#include "prepare/plan/parts.hpp"

#include <algorithm>

namespace releve::fiction {
namespace {

template <Described T>
void write_over(T& item, const T& written) {
  for_each_field<T>([&](const auto& field) {
    constexpr auto member = std::remove_cvref_t<decltype(field)>::member;
    if (written.*member != T{}.*member) {
      item.*member = written.*member;
    }
  });
}

template <plan::Item T>
void write_over(std::vector<T>& items, const std::vector<T>& written) {
  for (const T& one : written) {
    const auto place =
        std::find_if(items.begin(), items.end(), [&](const T& item) { return item.id == one.id; });
    if (place == items.end()) {
      items.push_back(one);
      items.back().revision = 1;
    } else {
      write_over(*place, one);
    }
  }
}

/// A service says how it works itself; its identity, name and capacity are the cartography's.
void write_over(std::vector<plan::ServiceSheet>& sheets, const std::vector<plan::ServiceSheet>& written) {
  for (const plan::ServiceSheet& one : written) {
    for (plan::ServiceSheet& sheet : sheets) {
      if (sheet.sector != one.id) {
        continue;
      }
      sheet.lead = one.lead;
      for (const plan::DegradedMode& mode : one.modes) {
        const auto own = std::find_if(sheet.modes.begin(), sheet.modes.end(),
                                      [&](const auto& known) { return known.horizon == mode.horizon; });
        if (own != sheet.modes.end()) {
          write_over(*own, mode);
        }
      }
    }
  }
}

template <class T, class Visit>
void each_text(T& value, const Visit& visit) {
  if constexpr (std::is_same_v<T, std::string>) {
    visit(value);
  } else if constexpr (releve::detail::IsVector<T>::value) {
    for (auto& one : value) {
      each_text(one, visit);
    }
  } else if constexpr (Described<T>) {
    for_each_field<T>([&](const auto& field) { each_text(value.*field.member, visit); });
  }
}

}  // namespace

HospitalPlan hospital_plan(const std::string& today) {
  HospitalPlan made = read_hospital_plan();
  const int moved = days_between(made.written, today);
  each_text(made, [&](std::string& text) {
    if (is_day(text)) {
      text = days_after(text, moved);
    }
  });
  return made;
}

plan::PlanDocument written_over(plan::PlanDocument draft, const plan::PlanDocument& hospital) {
  const std::string title = draft.frame.title;  // with the hospital's name in it
  write_over(draft.frame, hospital.frame);
  draft.frame.title = title;
  for_each_field<plan::PlanDocument>([&](const auto& field) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (!std::is_same_v<typename F::Type, plan::PlanFrame>) {
      write_over(draft.*F::member, hospital.*F::member);
    }
  });
  return draft;
}

}  // namespace releve::fiction
