// SPDX-License-Identifier: EUPL-1.2
// What the rows of the API take and give. Private to this room.
#pragma once

#include "foundation/store/jobs.hpp"
#include "respond/pack/paper_set.hpp"

namespace releve::pack {

/// A set without where it is kept.
struct PaperRow {
  std::string id;
  std::int64_t number = 0;
  Language language = Language::fr;
  std::int64_t size = 0;
  Instant made{};
  std::string made_by;
  std::optional<Placing> placed;
};

struct PaperView {
  std::optional<std::int64_t> in_force;
  std::vector<PaperRow> items;
  std::optional<PaperRow> in_place;
  std::int64_t days_in_place = 0;
  Reprint reprint = Reprint::no;
  std::optional<store::Job> job;
};

struct PaperQuery {
  std::string facility;
};

struct OnePaper {
  std::string facility;
  std::string paper;
};

struct PaperOrder {
  std::string facility;
  Language language = Language::fr;
};

struct StickQuery {
  std::string facility;
  Language language = Language::fr;
};

struct PlacingBody {
  std::string facility;
  std::string paper;
  std::string day;
  std::string who;
};

constexpr auto describe(PaperRow*) {
  return Fields{field<&PaperRow::id>("identity"),
                field<&PaperRow::number>("version of the plan"),
                field<&PaperRow::language>("its language"),
                field<&PaperRow::size>("bytes of the PDF"),
                field<&PaperRow::made>("made at"),
                field<&PaperRow::made_by>("by whom; schedule: nobody asked"),
                field<&PaperRow::placed>("printed and put in place; null: not said")};
}

constexpr auto describe(PaperView*) {
  return Fields{field<&PaperView::in_force>("version of the plan in force; null: none"),
                field<&PaperView::items>("the newest set of each language"),
                field<&PaperView::in_place>("the set put in place last; null: none"),
                field<&PaperView::days_in_place>("days since then"),
                field<&PaperView::reprint>("whether to print again, and why"),
                field<&PaperView::job>("the last one that made a set; null: none")};
}

constexpr auto describe(PaperQuery*) {
  return Fields{field<&PaperQuery::facility>("facility")};
}

constexpr auto describe(OnePaper*) {
  return Fields{field<&OnePaper::facility>("facility"), field<&OnePaper::paper>("identity of the set")};
}

constexpr auto describe(PaperOrder*) {
  return Fields{field<&PaperOrder::facility>("facility"),
                field<&PaperOrder::language>("of the words around it")};
}

constexpr auto describe(StickQuery*) {
  return Fields{field<&StickQuery::facility>("facility"),
                field<&StickQuery::language>("in which it opens", {.optional = true})};
}

constexpr auto describe(PlacingBody*) {
  return Fields{
      field<&PlacingBody::facility>("facility"), field<&PlacingBody::paper>("identity of the set"),
      field<&PlacingBody::day>("day on which it was put in place", {.min_length = 10, .max_length = 10}),
      field<&PlacingBody::who>("by whom", {.min_length = 1, .max_length = 200})};
}

}  // namespace releve::pack
