// SPDX-License-Identifier: EUPL-1.2
// A paper set that was made: from which version, when, and whether it stands printed where it is needed.
#pragma once

#include "foundation/base/time.hpp"
#include "foundation/describe/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace releve::pack {

enum class Language { fr, en };

constexpr auto describe(Language*) {
  return Names{name(Language::fr, "fr"), name(Language::en, "en")};
}

/// Printed, and put where the crisis cell finds it.
struct Placing {
  std::string day;
  std::string who;
  std::string written_by;  // who entered it here
  Instant written{};
  bool operator==(const Placing&) const = default;
};

/// One row of the table `paper_set`.
struct PaperSet {
  std::string id;
  std::string facility;
  std::int64_t number = 0;  // of the plan's version
  Language language = Language::fr;
  std::string pdf_file;   // hash of the PDF, sealed with the key of the instance: numbers of people
  std::int64_t size = 0;  // bytes of the PDF
  Instant made{};
  std::string made_by;  // "schedule": nobody asked
  std::optional<Placing> placed;
  bool operator==(const PaperSet&) const = default;
};

/// Why somebody has to go to the printer.
enum class Reprint {
  no,
  none_in_place,  // no set was ever said to be printed
  newer_plan,     // another version is in force than the printed one
  too_old,        // printed longer ago than `days_in_place`
};

constexpr auto describe(Reprint*) {
  return Names{name(Reprint::no, "no"), name(Reprint::none_in_place, "none_in_place"),
               name(Reprint::newer_plan, "newer_plan"), name(Reprint::too_old, "too_old")};
}

/// Our proposal, as nobody prescribes it: a month in which people change.
inline constexpr int days_in_place = 30;

/// Is another set to be printed, the last one in place being this one?
Reprint reprint(const std::optional<PaperSet>& in_place, std::int64_t number_in_force,
                const std::string& today);

constexpr auto describe(Placing*) {
  return Fields{field<&Placing::day>("day on which it was put in place"), field<&Placing::who>("by whom"),
                field<&Placing::written_by>("who entered it here"), field<&Placing::written>("when")};
}

constexpr auto describe(PaperSet*) {
  return Fields{field<&PaperSet::id>("identity"),
                field<&PaperSet::facility>("whose"),
                field<&PaperSet::number>("version of the plan"),
                field<&PaperSet::language>("its language"),
                field<&PaperSet::pdf_file>("sealed"),
                field<&PaperSet::size>("bytes of the PDF"),
                field<&PaperSet::made>("made at"),
                field<&PaperSet::made_by>("by whom; schedule: nobody asked"),
                field<&PaperSet::placed>("printed and put in place; null: not said")};
}

}  // namespace releve::pack
