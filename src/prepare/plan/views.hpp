// SPDX-License-Identifier: EUPL-1.2
// What the rows of the API take and give. Private to this room.
#pragma once

#include "prepare/plan/completeness.hpp"
#include "prepare/plan/difference.hpp"
#include "prepare/plan/plans.hpp"

namespace releve::plan {

/// A version without what it says.
struct PlanVersionRow {
  std::int64_t number = 0;
  VersionState state = VersionState::draft;
  std::int64_t revision = 0;
  std::vector<Opinion> opinions;
  std::optional<Adoption> adoption;
  Instant created{};
  std::string created_by;
  Instant changed{};
  std::string changed_by;
};

struct PlanVersionRows {
  std::vector<PlanVersionRow> items;
};

struct PlanView {
  PlanVersionRow version;
  std::vector<Body> to_hear;  // before it can be adopted
  bool withheld = false;      // the numbers are not for this reader
  PlanDocument document;
  std::vector<PlanProgress> parts;
  std::vector<Finding> findings;
};

struct PlanDifference {
  std::int64_t from = 0;  // 0: nothing came before
  std::int64_t to = 0;
  std::vector<PlanChange> changes;
};

struct FacilityOnly {
  std::string facility;
};

struct VersionPath {
  std::string facility;
  std::int64_t number = 0;
};

struct DifferenceQuery {
  std::string facility;
  std::int64_t number = 0;
  std::int64_t from = 0;
};

struct OpinionBody {
  std::string facility;
  Opinion opinion;
};

struct AdoptionBody {
  std::string facility;
  std::string director;
  std::string day;
  std::string reference;
  std::string in_force;
  std::int64_t seen = 0;
};

struct DiscardBody {
  std::string facility;
  std::int64_t seen = 0;
};

constexpr auto describe(PlanVersionRow*) {
  return Fields{field<&PlanVersionRow::number>("1, 2, 3"),
                field<&PlanVersionRow::state>("draft, adopted, in force or past"),
                field<&PlanVersionRow::revision>("raised by each change of the draft"),
                field<&PlanVersionRow::opinions>("of the bodies"),
                field<&PlanVersionRow::adoption>("by the director; null: the draft"),
                field<&PlanVersionRow::created>("begun at"),
                field<&PlanVersionRow::created_by>("by whom"),
                field<&PlanVersionRow::changed>("last changed at"),
                field<&PlanVersionRow::changed_by>("by whom")};
}

constexpr auto describe(PlanVersionRows*) {
  return Fields{field<&PlanVersionRows::items>("newest first")};
}

constexpr auto describe(PlanView*) {
  return Fields{field<&PlanView::version>("which one"),
                field<&PlanView::to_hear>("bodies to be heard before it can be adopted"),
                field<&PlanView::withheld>("the numbers of people are not for this reader"),
                field<&PlanView::document>("what it says"),
                field<&PlanView::parts>("how far each part is"),
                field<&PlanView::findings>("what is missing or stale; place: part or part/item")};
}

constexpr auto describe(PlanDifference*) {
  return Fields{field<&PlanDifference::from>("version before; 0: none"),
                field<&PlanDifference::to>("version after"), field<&PlanDifference::changes>("item by item")};
}

constexpr auto describe(FacilityOnly*) {
  return Fields{field<&FacilityOnly::facility>("facility")};
}

constexpr auto describe(VersionPath*) {
  return Fields{field<&VersionPath::facility>("facility"), field<&VersionPath::number>("version")};
}

constexpr auto describe(DifferenceQuery*) {
  return Fields{field<&DifferenceQuery::facility>("facility"), field<&DifferenceQuery::number>("version"),
                field<&DifferenceQuery::from>("version to compare with; absent: the one adopted before",
                                              {.minimum = 0, .optional = true})};
}

constexpr auto describe(OpinionBody*) {
  return Fields{field<&OpinionBody::facility>("facility"),
                field<&OpinionBody::opinion>("replaces the body's former one; about the draft as it is")};
}

constexpr auto describe(AdoptionBody*) {
  constexpr Rules day{.min_length = 10, .max_length = 10};
  constexpr Rules line{.min_length = 1, .max_length = 200};
  return Fields{
      field<&AdoptionBody::facility>("facility"),
      field<&AdoptionBody::director>("who decided", line),
      field<&AdoptionBody::day>("day of the decision", day),
      field<&AdoptionBody::reference>("of the written decision", line),
      field<&AdoptionBody::in_force>("first day in force", day),
      field<&AdoptionBody::seen>("revision of the draft on the screen: 409 when it is another by now")};
}

constexpr auto describe(DiscardBody*) {
  return Fields{
      field<&DiscardBody::facility>("facility"),
      field<&DiscardBody::seen>("revision of the draft on the screen: 409 when it is another by now")};
}

}  // namespace releve::plan
