// SPDX-License-Identifier: EUPL-1.2
#include "prepare/assessment/assessments.hpp"

#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/among.hpp"
#include "foundation/store/described_rows.hpp"

#include <algorithm>
#include <charconv>

namespace releve::assessment {

using store::bindings_of;
using store::column_list;
using store::from_row;
using store::parameter_list;
using store::Transaction;

namespace {

constexpr std::size_t most_recent = 3;  // a university hospital's model is some 100 MB

std::uint64_t seed_of(const Assessment& row) {
  std::uint64_t seed = 0;
  std::from_chars(row.seed.data(), row.seed.data() + row.seed.size(), seed);
  return seed;
}

}  // namespace

Assessments::Assessments(Parts parts) : parts_(std::move(parts)) {
  const Status marked = parts_.database.write([](Transaction& t) -> Status {
    t.execute(
        "update assessment set state = 'interrupted' where state = 'running' and not exists (select 1 from "
        "job "
        "where subject = assessment.id and job.state in ('queued', 'running'))");
    t.execute(
        "delete from assessment_preliminary where not exists (select 1 from assessment where id = "
        "assessment_preliminary.assessment and state = 'running')");
    return Done{};
  });
  RELEVE_CHECK(marked.ok(), "interrupted assessments are marked");
}

Result<std::pair<Assessment, store::Job>> Assessments::start(const std::string& facility,
                                                             const std::string& scenario,
                                                             std::uint32_t worlds, std::uint64_t seed,
                                                             const std::string& by) {
  TRY(parts_.facilities.find(facility));
  const auto tables = parts_.tables();
  const auto& ambitions = tables->tables.attack.ambitions;
  if (std::none_of(ambitions.begin(), ambitions.end(),
                   [&](const AmbitionRow& one) { return one.scenario == scenario; })) {
    return Error{ErrorKind::invalid,
                 message("assessment.unknown_scenario", {{"scenario", shorten(scenario, 80)}}), "scenario"};
  }
  Assessment row;
  row.id = mint_uuid(parts_.clock.now());
  row.facility = facility;
  row.parameters.scenario = scenario;
  row.seed = std::to_string(seed);
  row.worlds = worlds;
  row.created = parts_.clock.now();
  row.created_by = by;
  const auto insert = [&](Transaction& t) -> Status {
    t.execute("insert into assessment (" + column_list<Assessment>() + ") values (" +
                  parameter_list<Assessment>() + ")",
              bindings_of(row));
    return Done{};
  };
  const auto job =
      TRY(parts_.jobs.start_with(insert, facility, "assessment", row.id,
                                 [this, row](store::JobContext& context) { return run(row, context); }));
  return std::pair(row, job);
}

Status Assessments::run(Assessment row, store::JobContext& context) {
  const auto map = TRY(parts_.facilities.draw(row.facility));
  const auto tables = parts_.tables();
  AssessOptions options;
  options.scenario = row.parameters.scenario;
  options.seed = seed_of(row);
  options.worlds = static_cast<std::uint32_t>(row.worlds);
  options.threads = parts_.threads;
  options.stop = context.stop;
  options.progress = [&](double share) {
    context.report(share, message("job.assessing", {{"worlds", std::to_string(row.worlds)}}));
  };
  options.preliminary = [&](const Outcome& first) { show_preliminary(row, first); };
  auto assessed = TRY(assess(*map, tables->defaults, tables->tables, options));
  const Outcome& outcome = assessed->outcome;
  row.state = AssessmentState::done;
  row.model_version = outcome.model_version;
  row.input_hash = outcome.input_hash;
  row.headline = outcome.headline;
  row.outcome_file = parts_.files.put(to_json(outcome, true));
  TRY(set_state(row));
  remember(row.id, std::move(assessed));
  return Done{};
}

void Assessments::show_preliminary(const Assessment& row, const Outcome& outcome) {
  const Status shown = parts_.database.write([&](Transaction& t) -> Status {
    t.execute(
        "insert into assessment_preliminary (assessment, outcome) select id, :outcome from assessment where "
        "id "
        "= :id and state = 'running' on conflict (assessment) do nothing",
        {{"id", row.id}, {"outcome", to_json(outcome)}});
    return Done{};
  });
  RELEVE_CHECK(shown.ok(), "JSON is UTF-8 without NUL");
  if (parts_.publish) {
    parts_.publish(
        "assessment",
        R"({"id":)" + to_json(row.id) + R"(,"facility":)" + to_json(row.facility) + R"(,"preliminary":true})",
        row.facility);
  }
}

Status Assessments::set_state(const Assessment& row) {
  return parts_.database.write([&](Transaction& t) -> Status {
    t.execute(
        "update assessment set state = :state, model_version = :model_version, input_hash = :input_hash, "
        "outcome_file = :outcome_file, "
        "headline = :headline where id = :id and state = 'running'",
        {{"state", std::string(text_of(row.state))},
         {"model_version", row.model_version},
         {"input_hash", row.input_hash},
         {"outcome_file", row.outcome_file},
         {"headline", row.headline ? store::Value(to_json(*row.headline)) : store::Value()},
         {"id", row.id}});
    t.execute("delete from assessment_preliminary where assessment = :id", {{"id", row.id}});
    return Done{};
  });
}

void Assessments::follow(const store::Job& job) {
  using store::JobState;
  if (job.kind != "assessment" || job.state == JobState::queued || job.state == JobState::running ||
      job.state == JobState::done) {
    return;
  }
  auto row = find(job.facility, job.subject);
  if (row && row->state == AssessmentState::running) {
    row->state = job.state == JobState::cancelled ? AssessmentState::cancelled
                 : job.state == JobState::failed  ? AssessmentState::failed
                                                  : AssessmentState::interrupted;
    const Status written = set_state(*row);
    RELEVE_CHECK(written.ok(), "the texts of an assessment are our own");
  }
}

std::vector<Assessment> Assessments::list(const std::string& facility) const {
  std::vector<Assessment> list;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select " + column_list<Assessment>() +
                     " from assessment where facility = :facility order by created desc, id desc limit 200",
                 {{"facility", facility}})) {
      list.push_back(from_row<Assessment>(row));
    }
  });
  return list;
}

std::vector<LatestIndicators> Assessments::indicators(
    const std::optional<std::vector<std::string>>& places) const {
  std::vector<LatestIndicators> list;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select " + column_list<Assessment>("a.") +
                     " from assessment a where a.state = 'done' and " + store::among("a.facility", "places") +
                     " and not exists (select 1 from assessment later where later.facility = a.facility and "
                     "later.state = 'done' and (later.created > a.created or (later.created = a.created and "
                     "later.id > a.id))) order by a.facility",
                 {{"places", store::one_text(places)}})) {
      auto latest = from_row<Assessment>(row);
      if (latest.headline && latest.headline->indicators) {
        list.push_back({std::move(latest.facility), latest.created, std::move(latest.model_version),
                        *latest.headline->indicators});
      }
    }
  });
  return list;
}

Result<Assessment> Assessments::find(const std::string& facility, const std::string& id) const {
  std::optional<Assessment> found;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row : t.query("select " + column_list<Assessment>() +
                                       " from assessment where id = :id and facility = :facility",
                                   {{"id", id}, {"facility", facility}})) {
      found = from_row<Assessment>(row);
    }
  });
  if (!found) {
    return Error{ErrorKind::not_found, message("assessment.not_found", {{"id", shorten(id, 80)}}), {}};
  }
  return *found;
}

std::optional<std::string> Assessments::latest_done(const std::string& facility) const {
  std::optional<std::string> latest;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select id from assessment where facility = :facility and state = 'done' order by created "
                 "desc, id desc limit 1",
                 {{"facility", facility}})) {
      latest = row.text(0);
    }
  });
  return latest;
}

std::string Assessments::job_of(const Assessment& row) const {
  const auto job = row.state == AssessmentState::running ? parts_.jobs.working_for(row.id) : std::nullopt;
  return job ? job->id : "";
}

Result<std::string> Assessments::outcome(const std::string& facility, const std::string& id) const {
  const Assessment row = TRY(find(facility, id));
  if (row.outcome_file.empty()) {
    return Error{ErrorKind::conflict, message("assessment.not_done"), {}};
  }
  return parts_.files.get(row.outcome_file);
}

Result<Outcome> Assessments::preliminary(const std::string& facility, const std::string& id) const {
  TRY(find(facility, id));
  std::optional<std::string> shown;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select outcome from assessment_preliminary where assessment = :id", {{"id", id}})) {
      shown = row.text(0);
    }
  });
  if (!shown) {
    return Error{ErrorKind::not_found, message("assessment.no_preliminary"), {}};
  }
  auto outcome = from_json<Outcome>(*shown);
  RELEVE_CHECK(outcome.ok(), "the stored outcome reads back");
  return outcome;
}

void Assessments::remember(const std::string& id, std::shared_ptr<const Assessed> assessed) {
  const std::lock_guard lock(mutex_);
  recent_.remove_if([&](const auto& entry) { return entry.first == id; });
  recent_.emplace_front(id, std::move(assessed));
  if (recent_.size() > most_recent) {
    recent_.pop_back();
  }
}

Result<std::shared_ptr<const Assessed>> Assessments::recall(const std::string& facility,
                                                            const std::string& id) {
  const Assessment row = TRY(find(facility, id));
  if (row.state != AssessmentState::done) {
    return Error{ErrorKind::conflict, message("assessment.not_done"), {}};
  }
  {
    const std::lock_guard lock(mutex_);
    const auto known =
        std::find_if(recent_.begin(), recent_.end(), [&](const auto& entry) { return entry.first == id; });
    if (known != recent_.end()) {
      recent_.splice(recent_.begin(), recent_, known);
      return recent_.front().second;
    }
  }
  const auto map = TRY(parts_.facilities.draw(facility));
  const auto tables = parts_.tables();
  if (input_hash(*map, tables->defaults, tables->tables, row.parameters.scenario) != row.input_hash) {
    return Error{ErrorKind::conflict, message("assessment.input_changed"), {}};
  }
  AssessOptions options;
  options.scenario = row.parameters.scenario;
  options.seed = seed_of(row);
  options.worlds = static_cast<std::uint32_t>(row.worlds);
  options.threads = parts_.threads;
  auto assessed = TRY(assess(*map, tables->defaults, tables->tables, options));
  if (assessed->outcome.input_hash != row.input_hash ||
      assessed->outcome.model_version != row.model_version) {
    return Error{ErrorKind::conflict, message("assessment.input_changed"), {}};
  }
  remember(id, assessed);
  return assessed;
}

store::Past past_assessments() {
  return {"superseded_assessments",
          {"delete from assessment where state <> 'running' and created < :before and exists (select 1 from "
           "assessment as later where later.facility = assessment.facility and later.state = 'done' and "
           "later.created > assessment.created)"}};
}

}  // namespace releve::assessment
