// SPDX-License-Identifier: EUPL-1.2
// Places and what is known of them, as rows. A place keeps for ever the id under which it was first known:
//   FR            the nation          R84           a region (INSEE's code)
//   GHT84103      a GHT               EJ010780054   a legal entity (FINESS EJ)
//   010000024     a site (FINESS ET)  a UUID        a GRADeS, a supplier
// so that a facility of the cartography whose id is a FINESS number is that site. A change of number is a row
// of place_number, never another place.
#pragma once

#include "foundation/describe/describe.hpp"
#include "steer/registry/within.hpp"

#include <cstdint>
#include <string>

namespace releve::registry {

enum class PlaceKind { nation, region, ght, legal, site, grades, supplier };

constexpr auto describe(PlaceKind*) {
  return Names{name(PlaceKind::nation, "nation"),    name(PlaceKind::region, "region"),
               name(PlaceKind::ght, "ght"),          name(PlaceKind::legal, "legal"),
               name(PlaceKind::site, "site"),        name(PlaceKind::grades, "grades"),
               name(PlaceKind::supplier, "supplier")};
}

struct Place {
  std::string id;
  PlaceKind kind = PlaceKind::site;
  bool operator==(const Place&) const = default;
};

constexpr auto describe(Place*) {
  return Fields{field<&Place::id>("identity"), field<&Place::kind>("what it is")};
}

/// What was known of a place from a day on. `opened` and `closed` are what the source says of the world;
/// from_day and to_day are when this registry knew it.
struct PlaceVersion {
  std::string place;
  std::string from_day;
  std::string to_day = std::string(open_day);
  std::string source;  // "table", "manual", "sae", "finess", "ght_list"
  std::string name;
  std::string long_name;
  std::string category;
  std::string category_name;
  std::string sector;
  std::string department;
  std::string insee;
  std::string postcode;
  std::string town;
  std::string siret;  // of a legal entity: its SIREN
  std::string opened;
  std::string closed;
  bool operator==(const PlaceVersion&) const = default;
};

constexpr auto describe(PlaceVersion*) {
  return Fields{field<&PlaceVersion::place>("whose"),
                field<&PlaceVersion::from_day>("known from this day"),
                field<&PlaceVersion::to_day>("until before this day"),
                field<&PlaceVersion::source>("who says so"),
                field<&PlaceVersion::name>("name"),
                field<&PlaceVersion::long_name>("name in full"),
                field<&PlaceVersion::category>("FINESS category"),
                field<&PlaceVersion::category_name>("its words"),
                field<&PlaceVersion::sector>("FINESS code of the way it is paid for"),
                field<&PlaceVersion::department>("INSEE's code"),
                field<&PlaceVersion::insee>("commune, INSEE's code"),
                field<&PlaceVersion::postcode>("postcode"),
                field<&PlaceVersion::town>("town"),
                field<&PlaceVersion::siret>("SIRET, or SIREN of a legal entity"),
                field<&PlaceVersion::opened>("day of opening, as the source says"),
                field<&PlaceVersion::closed>("day of closure; empty: open")};
}

/// A number that a place has: "et" and "ej" (FINESS), "ege" and "pm" (technical ids of FINESS+).
struct PlaceNumber {
  std::string scheme;
  std::string number;
  std::string place;
  std::string from_day;
  std::string to_day = std::string(open_day);
  bool operator==(const PlaceNumber&) const = default;
};

constexpr auto describe(PlaceNumber*) {
  return Fields{field<&PlaceNumber::scheme>("kind of number"), field<&PlaceNumber::number>("number"),
                field<&PlaceNumber::place>("whose"), field<&PlaceNumber::from_day>("from this day"),
                field<&PlaceNumber::to_day>("until before this day")};
}

struct Membership {
  Hierarchy hierarchy = Hierarchy::region;
  std::string place;
  std::string parent;
  std::string role;  // "lead" of a GHT, else empty
  std::string from_day;
  std::string to_day = std::string(open_day);
  bool operator==(const Membership&) const = default;
};

constexpr auto describe(Membership*) {
  return Fields{
      field<&Membership::hierarchy>("hierarchy"),    field<&Membership::place>("who belongs"),
      field<&Membership::parent>("to whom"),         field<&Membership::role>("as what"),
      field<&Membership::from_day>("from this day"), field<&Membership::to_day>("until before this day")};
}

/// The first became the second.
struct Succession {
  std::string place;
  std::string successor;
  std::string day;
  bool operator==(const Succession&) const = default;
};

constexpr auto describe(Succession*) {
  return Fields{field<&Succession::place>("who was"), field<&Succession::successor>("who is"),
                field<&Succession::day>("from this day")};
}

struct CapacityRow {
  std::string place;
  std::string measure;
  std::int64_t year = 0;
  std::int64_t amount = 0;
  std::string source;
  bool operator==(const CapacityRow&) const = default;
};

constexpr auto describe(CapacityRow*) {
  return Fields{field<&CapacityRow::place>("whose"), field<&CapacityRow::measure>("of what"),
                field<&CapacityRow::year>("year"), field<&CapacityRow::amount>("how much"),
                field<&CapacityRow::source>("who says so")};
}

}  // namespace releve::registry
