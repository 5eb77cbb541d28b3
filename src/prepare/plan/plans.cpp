// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/plans.hpp"

#include "foundation/base/day.hpp"
#include "foundation/base/id.hpp"
#include "foundation/base/local_time.hpp"
#include "foundation/store/described_rows.hpp"
#include "prepare/plan/difference.hpp"
#include "prepare/plan/parts.hpp"

#include <algorithm>
#include <array>

namespace releve::plan {

using store::bindings_of;
using store::column_list;
using store::from_row;
using store::insert_into;
using store::Transaction;

namespace {

/// Whom one calls and what one keeps: brought up to date more often than a body meets.
constexpr std::array<std::string_view, 6> inventories = {"contacts", "calls",  "forms",
                                                         "kits",     "stocks", "trainings"};

Error no_draft() {
  return {ErrorKind::not_found, message("plan.no_draft"), {}};
}

Error draft_moved() {
  return {ErrorKind::conflict, message("plan.draft_moved"), {}};
}

Error bad_day(const std::string& day, std::string where) {
  return {ErrorKind::invalid, message("plan.bad_day", {{"day", day}}), std::move(where)};
}

}  // namespace

std::vector<VersionState> states_of(const std::vector<PlanVersion>& versions, const std::string& today) {
  std::vector<VersionState> states;
  bool found = false;
  for (const PlanVersion& one : versions) {
    if (!one.adoption) {
      states.push_back(VersionState::draft);
    } else if (found) {
      states.push_back(VersionState::past);
    } else {
      found = one.adoption->in_force <= today;
      states.push_back(found ? VersionState::in_force : VersionState::adopted);
    }
  }
  return states;
}

std::vector<Body> bodies_to_hear(const OpenPlan& draft, const std::optional<OpenPlan>& before) {
  if (before) {
    const auto changes = difference(before->document, draft.document);
    if (std::all_of(changes.begin(), changes.end(), [](const PlanChange& one) {
          return std::find(inventories.begin(), inventories.end(), one.part) != inventories.end();
        })) {
      return {};
    }
  }
  std::vector<Body> missing;
  for (const auto& body : describe(static_cast<Body*>(nullptr)).entries) {
    if (std::none_of(draft.version.opinions.begin(), draft.version.opinions.end(),
                     [&](const Opinion& one) { return one.body == body.value; })) {
      missing.push_back(body.value);
    }
  }
  return missing;
}

store::Past past_plans(std::string_view engine) {
  const bool sqlite = engine == "sqlite";
  const std::string first_day =
      sqlite ? "json_extract(later.adoption, '$.in_force')" : "(cast(later.adoption as json) ->> 'in_force')";
  const std::string seconds = "cast(:before as bigint) / 1000";
  const std::string day = sqlite ? "strftime('%Y-%m-%d', " + seconds + ", 'unixepoch')"
                                 : "to_char(to_timestamp(" + seconds + ") at time zone 'UTC', 'YYYY-MM-DD')";
  return {
      "superseded_plans",
      {"delete from plan_version where adoption is not null and exists (select 1 from plan_version as later "
       "where later.facility = plan_version.facility and later.number > plan_version.number and "
       "later.adoption is not null and " +
       first_day + " < " + day + ")"}};
}

// -- reading -------------------------------------------------------------------------------------------

std::vector<PlanVersion> Plans::rows(Transaction& t, const std::string& facility) const {
  std::vector<PlanVersion> list;
  for (const auto& row : t.query("select " + column_list<PlanVersion>() +
                                     " from plan_version where facility = :facility order by number desc",
                                 {{"facility", facility}})) {
    list.push_back(from_row<PlanVersion>(row));
  }
  return list;
}

Result<std::string> Plans::sealed(const OpenPlan& plan) const {
  const std::string text = to_json(plan.document);
  TRY(from_json<PlanDocument>(text));  // each item keeps its rules; together they may be too many
  return parts_.key.seal(text, "plan:" + plan.version.id);
}

OpenPlan Plans::unsealed(PlanVersion row) const {
  const auto text = parts_.key.unseal(row.document, "plan:" + row.id);
  RELEVE_CHECK(text, "a plan was sealed with the key of this instance");
  auto document = from_json<PlanDocument>(*text);
  RELEVE_CHECK(document.ok(), "a stored plan reads back");
  row.document.clear();
  return {std::move(row), std::move(document).value()};
}

std::vector<PlanVersion> Plans::versions(const std::string& facility) const {
  std::vector<PlanVersion> list;
  parts_.database.read([&](Transaction& t) { list = rows(t, facility); });
  for (PlanVersion& one : list) {
    one.document.clear();
  }
  return list;
}

Result<OpenPlan> Plans::version(const std::string& facility, std::int64_t number) const {
  std::optional<PlanVersion> found;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row : t.query("select " + column_list<PlanVersion>() +
                                       " from plan_version where facility = :facility and number = :number",
                                   {{"facility", facility}, {"number", number}})) {
      found = from_row<PlanVersion>(row);
    }
  });
  if (!found) {
    return Error{ErrorKind::not_found, message("plan.no_such_version"), {}};
  }
  return unsealed(std::move(*found));
}

Result<OpenPlan> Plans::draft(const std::string& facility) const {
  for (PlanVersion& one : versions(facility)) {
    if (!one.adoption) {
      return version(facility, one.number);
    }
  }
  return no_draft();
}

std::string Plans::today(const std::string& facility) const {
  return local_day(parts_.clock.now(), parts_.zone(facility));
}

Result<OpenPlan> Plans::in_force(const std::string& facility) const {
  const auto list = versions(facility);
  const auto states = states_of(list, today(facility));
  const auto place = std::find(states.begin(), states.end(), VersionState::in_force);
  if (place == states.end()) {
    return Error{ErrorKind::not_found, message("plan.none_in_force"), {}};
  }
  return version(facility, list[static_cast<std::size_t>(place - states.begin())].number);
}

std::optional<OpenPlan> Plans::adopted_below(Transaction& t, const std::string& facility,
                                             std::int64_t number) const {
  for (PlanVersion& one : rows(t, facility)) {
    if (one.adoption && one.number < number) {
      return unsealed(std::move(one));
    }
  }
  return std::nullopt;
}

std::optional<OpenPlan> Plans::adopted_before(const std::string& facility, std::int64_t number) const {
  std::optional<OpenPlan> found;
  parts_.database.read([&](Transaction& t) { found = adopted_below(t, facility, number); });
  return found;
}

// -- changing ------------------------------------------------------------------------------------------

Result<OpenPlan> Plans::begin(const std::string& facility, const PlanDocument& first, const std::string& by) {
  const Instant now = parts_.clock.now();
  OpenPlan plan;
  plan.document = first;
  PlanVersion& row = plan.version;
  row = {.id = mint_uuid(now),
         .facility = facility,
         .number = 1,
         .revision = 1,
         .document = {},
         .opinions = {},
         .adoption = {},
         .created = now,
         .created_by = by,
         .changed = now,
         .changed_by = by};
  const Status written = parts_.database.write([&](Transaction& t) -> Status {
    const auto known = rows(t, facility);
    if (!known.empty() && !known.front().adoption) {
      return Error{ErrorKind::conflict, message("plan.draft_exists"), {}};
    }
    if (!known.empty()) {
      row.number = known.front().number + 1;
      plan.document = unsealed(known.front()).document;
      begin_revisions(plan.document);
    }
    row.document = TRY(sealed(plan));
    t.execute(insert_into<PlanVersion>("plan_version"), bindings_of(row));
    return Done{};
  });
  TRY(written);
  row.document.clear();
  parts_.changed(facility);
  return plan;
}

Result<OpenPlan> Plans::change(const std::string& facility, const std::string& by, const Work& work) {
  OpenPlan plan;
  const Status written = parts_.database.write([&](Transaction& t) -> Status {
    auto known = rows(t, facility);
    if (known.empty() || known.front().adoption) {  // a draft is always the newest
      return no_draft();
    }
    plan = unsealed(std::move(known.front()));
    PlanVersion& row = plan.version;
    const std::int64_t before = row.revision;
    TRY(work(plan, t));
    if (row.revision != before || row.adoption) {  // an opinion changes no word
      row.changed = parts_.clock.now();
      row.changed_by = by;
    }
    row.document = TRY(sealed(plan));
    t.execute(
        "update plan_version set revision = :revision, document = :document, opinions = :opinions, adoption "
        "= "
        ":adoption, changed = :changed, changed_by = :changed_by where id = :id",
        {{"revision", row.revision},
         {"document", row.document},
         {"opinions", to_json(row.opinions)},
         {"adoption", row.adoption ? store::Value(to_json(*row.adoption)) : store::Value()},
         {"changed", std::int64_t{row.changed.time_since_epoch().count()}},
         {"changed_by", row.changed_by},
         {"id", row.id}});
    row.document.clear();
    return Done{};
  });
  TRY(written);
  parts_.changed(facility);
  return plan;
}

Result<OpenPlan> Plans::put(const PlanEdit& edit, const std::string& by) {
  return change(edit.facility, by, [&](OpenPlan& draft, Transaction&) {
    return plan::put(draft.document, edit, ++draft.version.revision, mint_uuid(parts_.clock.now()));
  });
}

Result<OpenPlan> Plans::remove(const PlanRemoval& removal, const std::string& by) {
  return change(removal.facility, by, [&](OpenPlan& draft, Transaction&) {
    ++draft.version.revision;
    return plan::remove(draft.document, removal);
  });
}

Result<OpenPlan> Plans::move(const PlanMove& move, const std::string& by) {
  return change(move.facility, by, [&](OpenPlan& draft, Transaction&) {
    ++draft.version.revision;
    return plan::move(draft.document, move);
  });
}

Result<OpenPlan> Plans::add_services(const std::string& facility, const std::vector<ServiceSheet>& sheets,
                                     const std::string& by) {
  return change(facility, by, [&](OpenPlan& draft, Transaction&) -> Status {
    ++draft.version.revision;
    auto& list = draft.document.services;
    for (const ServiceSheet& sheet : sheets) {
      if (std::none_of(list.begin(), list.end(), [&](const auto& one) { return one.id == sheet.id; })) {
        list.push_back(sheet);
        list.back().revision = draft.version.revision;
      }
    }
    return Done{};
  });
}

Result<OpenPlan> Plans::take_contacts(const std::string& facility, const std::vector<ListedContact>& listed,
                                      std::int64_t seen, const std::string& by) {
  return change(facility, by, [&](OpenPlan& draft, Transaction&) -> Status {
    if (draft.version.revision != seen) {
      return draft_moved();
    }
    ++draft.version.revision;
    const auto taken =
        plan::take_contacts(draft.document.contacts, listed, draft.version.revision,
                            [&](const ListedContact&) { return mint_uuid(parts_.clock.now()); });
    for (const Finding& one : taken.findings) {
      if (one.severity == Severity::error) {
        return Error{ErrorKind::limit, one.message, {}};
      }
    }
    return Done{};
  });
}

Result<OpenPlan> Plans::hear(const std::string& facility, Opinion opinion, const std::string& by) {
  if (!is_day(opinion.day)) {
    return bad_day(opinion.day, "day");
  }
  return change(facility, by, [&](OpenPlan& draft, Transaction&) -> Status {
    auto& list = draft.version.opinions;
    std::erase_if(list, [&](const Opinion& one) { return one.body == opinion.body; });
    // A body had the words of its own day before it, whenever its opinion is recorded.
    const bool reworded = local_day(draft.version.changed, parts_.zone(facility)) > opinion.day;
    opinion.revision = draft.version.revision - (reworded ? 1 : 0);
    list.push_back(opinion);
    std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.body < b.body; });
    return Done{};
  });
}

Result<OpenPlan> Plans::adopt(const std::string& facility, Adoption adoption, std::int64_t seen,
                              const std::string& by) {
  const Instant now = parts_.clock.now();
  // Whoever records it from further east may have begun the next day.
  if (!is_day(adoption.day) || adoption.day > days_after(today(facility), 1)) {
    return bad_day(adoption.day, "day");
  }
  if (!is_day(adoption.in_force) || adoption.in_force < adoption.day) {
    return bad_day(adoption.in_force, "in_force");
  }
  adoption.written_by = by;
  adoption.written = now;
  return change(facility, by, [&](OpenPlan& draft, Transaction& t) -> Status {
    if (draft.version.revision != seen) {
      return draft_moved();
    }
    const auto missing = bodies_to_hear(draft, adopted_below(t, facility, draft.version.number));
    if (!missing.empty()) {
      return Error{ErrorKind::conflict,
                   message("plan.opinion_missing", {{"body", std::string(text_of(missing.front()))}}),
                   {}};
    }
    draft.version.adoption = adoption;
    return Done{};
  });
}

Status Plans::take_in(const std::string& facility, std::int64_t number, const PlanDocument& document,
                      const Adoption& adoption, const std::string& by) {
  const Instant now = parts_.clock.now();
  OpenPlan plan;
  plan.document = document;
  plan.version = {mint_uuid(now), facility, number, 1, {}, {}, adoption, now, by, now, by};
  plan.version.document = TRY(sealed(plan));
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    const auto known = rows(t, facility);
    if (std::any_of(known.begin(), known.end(), [&](const auto& one) { return one.number == number; })) {
      return Error{
          ErrorKind::conflict, message("plan.version_exists", {{"number", std::to_string(number)}}), {}};
    }
    t.execute(insert_into<PlanVersion>("plan_version"), bindings_of(plan.version));
    return Done{};
  }));
  parts_.changed(facility);
  return Done{};
}

Status Plans::discard(const std::string& facility, std::int64_t seen, bool also_heard) {
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    const auto known = rows(t, facility);
    if (known.empty() || known.front().adoption) {
      return no_draft();
    }
    if (known.front().revision != seen) {
      return draft_moved();
    }
    if (!also_heard && !known.front().opinions.empty()) {
      return Error{ErrorKind::forbidden, message("plan.heard_already"), {}};
    }
    t.execute("delete from plan_version where id = :id", {{"id", known.front().id}});
    return Done{};
  }));
  parts_.changed(facility);
  return Done{};
}

}  // namespace releve::plan
