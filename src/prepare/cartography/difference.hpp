// SPDX-License-Identifier: EUPL-1.2
// What an import changes: created, kept, changed, gone, back, re-identified.
#pragma once

#include "prepare/cartography/reidentified.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace releve::cartography {

/// `reidentified`: a machine that goes by another id than before (reidentified.hpp).
enum class ChangeKind { created, kept, changed, gone, back, reidentified };

/// One element that is not simply kept. `element` is "service", "machine", "account" …
struct Change {
  ChangeKind kind = ChangeKind::created;
  std::string element;
  std::string id;
  std::string name;
  std::vector<std::string> fields;  // that differ, for `changed` and `reidentified`
  std::string was;                  // the id before, for `reidentified`
  std::optional<SameBy> by;         // what the two names share, for `reidentified`
};

struct ChangeCount {
  std::string element;
  std::int64_t created = 0;
  std::int64_t kept = 0;
  std::int64_t changed = 0;
  std::int64_t gone = 0;
  std::int64_t back = 0;
  std::int64_t reidentified = 0;
};

struct Difference {
  std::vector<ChangeCount> counts;  // services, applications, components, dependencies, zones, machines,
                                    // accounts, relations, weaknesses
  std::vector<Change> changes;      // at most 500 of each element, then counted only
};

/// Differences are stored with their import: those of older versions lack the newer members.
constexpr Rules since_0_1{.optional = true};

constexpr auto describe(ChangeKind*) {
  return Names{name(ChangeKind::created, "created"), name(ChangeKind::kept, "kept"),
               name(ChangeKind::changed, "changed"), name(ChangeKind::gone, "gone"),
               name(ChangeKind::back, "back"),       name(ChangeKind::reidentified, "reidentified")};
}

constexpr auto describe(Change*) {
  return Fields{field<&Change::kind>("what happened"),
                field<&Change::element>("kind of element"),
                field<&Change::id>("identity"),
                field<&Change::name>("name"),
                field<&Change::fields>("fields that differ"),
                field<&Change::was>("the id before, of what was re-identified", since_0_1),
                field<&Change::by>("what says that it is the same; null unless re-identified")};
}

constexpr auto describe(ChangeCount*) {
  return Fields{field<&ChangeCount::element>("kind of element"),
                field<&ChangeCount::created>("new"),
                field<&ChangeCount::kept>("the same as before"),
                field<&ChangeCount::changed>("with another value"),
                field<&ChangeCount::gone>("no longer mentioned"),
                field<&ChangeCount::back>("mentioned again after having gone"),
                field<&ChangeCount::reidentified>("known before under another id", since_0_1)};
}

constexpr auto describe(Difference*) {
  return Fields{field<&Difference::counts>("by kind of element"),
                field<&Difference::changes>("one by one, bounded")};
}

/// Where a fact came from is not a change. `ever` holds keys "element:id" of everything that some earlier
/// version knew: created becomes back. Accounts are the users and groups of the directory; the id of a
/// relation is "source>relation>target", that of a weakness "machine|weakness|port". Linear but for sorting.
Difference difference(const Cartography& before, const Cartography& after,
                      const std::vector<std::string>& ever);

/// The keys of everything that `cartography` knows, but relations and weaknesses, whose return is not worth
/// its memory: for the `ever` of later differences.
std::vector<std::string> keys_of(const Cartography& cartography);

}  // namespace releve::cartography
