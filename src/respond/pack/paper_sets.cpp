// SPDX-License-Identifier: EUPL-1.2
#include "respond/pack/paper_sets.hpp"

#include "foundation/base/day.hpp"
#include "foundation/base/id.hpp"
#include "foundation/report/pdf.hpp"
#include "foundation/store/described_rows.hpp"

#include <algorithm>
#include <set>

namespace releve::pack {

using store::bindings_of;
using store::column_list;
using store::from_row;
using store::insert_into;
using store::Transaction;

namespace {

constexpr const char* job_kind = "paper";
constexpr std::size_t jobs_looked_at = 100;
constexpr const char* nobody_asked = "schedule";

/// A facility makes one set in a language at a time.
std::string subject_of(const std::string& facility, Language language) {
  return "paper/" + std::string(text_of(language)) + "/" + facility;
}

std::string seal_of(const std::string& id) {
  return "paper:" + id;
}

}  // namespace

Reprint reprint(const std::optional<PaperSet>& in_place, std::int64_t number_in_force,
                const std::string& today) {
  if (!in_place || !in_place->placed) {
    return Reprint::none_in_place;
  }
  if (in_place->number != number_in_force) {
    return Reprint::newer_plan;
  }
  return days_between(in_place->placed->day, today) > days_in_place ? Reprint::too_old : Reprint::no;
}

store::Past past_paper_sets() {
  return {"replaced_paper_sets",
          {"delete from paper_set where exists (select 1 from paper_set as later where later.facility = "
           "paper_set.facility and later.language = paper_set.language and later.made > paper_set.made and "
           "later.made < :before and (paper_set.placed is null or later.placed is not null))"}};
}

Result<std::string> pdf_of(const plan::OpenPlan& plan, const PaperSettings& settings,
                           const Catalogue& catalogue, const std::string& folder,
                           const std::stop_token& stop) {
  return report::pdf_of(paper(plan, settings, catalogue), folder, stop);
}

std::optional<std::int64_t> PaperSets::number_in_force(const std::string& facility) const {
  const auto versions = parts_.plans.versions(facility);
  const auto states = plan::states_of(versions, today(facility));
  const auto place = std::find(states.begin(), states.end(), plan::VersionState::in_force);
  return place == states.end()
             ? std::nullopt
             : std::optional(versions[static_cast<std::size_t>(place - states.begin())].number);
}

// -- making --------------------------------------------------------------------------------------------

Result<store::Job> PaperSets::make(const std::string& facility, Language language, const std::string& by) {
  TRY(parts_.facilities.find(facility));
  if (!number_in_force(facility)) {
    return Error{ErrorKind::not_found, message("plan.none_in_force"), {}};
  }
  const std::string subject = subject_of(facility, language);
  const auto started = parts_.jobs.take_up(facility, job_kind, subject,
                                           [this, facility, language, by](store::JobContext& context) {
                                             return work(facility, language, by, context);
                                           });
  if (started) {
    return *started;
  }
  if (auto working = parts_.jobs.working_for(subject)) {
    return std::move(*working);
  }
  return Error{ErrorKind::conflict, message("pack.being_made"), {}};  // it ended between the two looks
}

Status PaperSets::work(const std::string& facility, Language language, const std::string& by,
                       store::JobContext& context) {
  const auto known = TRY(parts_.facilities.find(facility));
  const auto plan = TRY(parts_.plans.in_force(facility));
  context.report(0, message("job.paper", {{"number", std::to_string(plan.version.number)}}));
  const std::string pdf = TRY(pdf_of(
      plan,
      {facility, known.name, today(facility), std::string(text_of(language)), parts_.origin, parts_.letters},
      parts_.catalogue, parts_.files.spool(), context.stop));
  TRY(keep(facility, plan.version.number, language, pdf, by));
  return Done{};
}

Result<PaperSet> PaperSets::keep(const std::string& facility, std::int64_t number, Language language,
                                 const std::string& pdf, const std::string& by) {
  const Instant now = parts_.clock.now();
  PaperSet set{.id = mint_uuid(now),
               .facility = facility,
               .number = number,
               .language = language,
               .pdf_file = {},
               .size = static_cast<std::int64_t>(pdf.size()),
               .made = now,
               .made_by = by,
               .placed = {}};
  set.pdf_file = parts_.files.put(parts_.key.seal(pdf, seal_of(set.id)));
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    t.execute(insert_into<PaperSet>("paper_set"), bindings_of(set));
    return Done{};
  }));
  return set;
}

void PaperSets::refresh() {
  std::set<std::pair<std::string, Language>> seen;
  std::vector<PaperSet> newest;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select " + column_list<PaperSet>() + " from paper_set order by made desc, id desc")) {
      auto set = from_row<PaperSet>(row);
      if (seen.emplace(set.facility, set.language).second) {
        newest.push_back(std::move(set));
      }
    }
  });
  for (const PaperSet& set : newest) {
    const auto number = number_in_force(set.facility);
    const bool old = days_between(day_of(set.made), today(set.facility)) >= days_in_place;
    if (number && (*number != set.number || old)) {
      (void)make(set.facility, set.language, nobody_asked);  // what becomes of it stands in the job
    }
  }
}

// -- reading and saying that it is in place -------------------------------------------------------------

std::vector<PaperSet> PaperSets::list(const std::string& facility) const {
  std::vector<PaperSet> sets;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select " + column_list<PaperSet>() +
                     " from paper_set where facility = :facility order by made desc, id desc",
                 {{"facility", facility}})) {
      sets.push_back(from_row<PaperSet>(row));
    }
  });
  return sets;
}

Result<PaperSet> PaperSets::find(const std::string& facility, const std::string& id) const {
  for (PaperSet& one : list(facility)) {
    if (one.id == id) {
      return std::move(one);
    }
  }
  return Error{ErrorKind::not_found, message("pack.no_such_set"), {}};
}

std::optional<PaperSet> PaperSets::in_place(const std::string& facility) const {
  std::optional<PaperSet> last;
  for (PaperSet& one : list(facility)) {
    if (one.placed && (!last || last->placed->written < one.placed->written)) {
      last = std::move(one);
    }
  }
  return last;
}

std::optional<store::Job> PaperSets::last_job(const std::string& facility) const {
  for (store::Job& one : parts_.jobs.list(facility, jobs_looked_at)) {
    if (one.kind == job_kind) {
      return std::move(one);
    }
  }
  return std::nullopt;
}

Result<std::string> PaperSets::pdf(const PaperSet& set) const {
  const auto bytes = parts_.key.unseal(TRY(parts_.files.get(set.pdf_file)), seal_of(set.id));
  RELEVE_CHECK(bytes, "a paper set was sealed with the key of this instance");
  return *bytes;
}

Status PaperSets::place(const std::string& facility, const std::string& id, Placing placing,
                        const std::string& by) {
  const auto set = TRY(find(facility, id));
  // Whoever records it from further east may have begun the next day.
  if (!is_day(placing.day) || placing.day > days_after(today(facility), 1)) {
    return Error{ErrorKind::invalid, message("plan.bad_day", {{"day", placing.day}}), "day"};
  }
  placing.written_by = by;
  placing.written = parts_.clock.now();
  return parts_.database.write([&](Transaction& t) -> Status {
    t.execute("update paper_set set placed = :placed where id = :id",
              {{"placed", to_json(placing)}, {"id", set.id}});
    return Done{};
  });
}

}  // namespace releve::pack
