// SPDX-License-Identifier: EUPL-1.2
#include "foundation/api/bind.hpp"
#include "foundation/base/hash.hpp"
#include "prepare/assessment/assessments.hpp"
#include "prepare/assessment/fall.hpp"

#include <charconv>

namespace releve::assessment {

using api::Method;
using api::Right;
using api::Session;

struct AssessmentsPath {
  std::string facility;
};

struct AssessmentPath {
  std::string facility;
  std::string id;
};

struct NewAssessment {
  std::string facility;
  std::string scenario = "crisis";
  std::int64_t worlds = 1000;
  std::optional<std::string> seed;
};

struct AssessmentView {
  std::string id;
  AssessmentState state = AssessmentState::running;
  std::string scenario;
  std::int64_t worlds = 0;
  std::string seed;
  std::string model_version;
  std::string input_hash;
  Instant created{};
  std::string created_by;
  std::optional<Headline> headline;
  std::string job;
};

struct AssessmentViews {
  std::vector<AssessmentView> items;
};

struct WhatIfBody {
  std::string facility;
  std::string id;
  std::vector<std::string> measures;
  std::vector<CostChoice> costs;
};

struct StoryPath {
  std::string facility;
  std::string id;
  std::int64_t world = 0;
};

struct FallPath {
  std::string facility;
  std::string id;
};

constexpr auto describe(AssessmentsPath*) {
  return Fields{field<&AssessmentsPath::facility>("facility")};
}

constexpr auto describe(AssessmentPath*) {
  return Fields{field<&AssessmentPath::facility>("facility"), field<&AssessmentPath::id>("assessment")};
}

constexpr auto describe(NewAssessment*) {
  return Fields{
      field<&NewAssessment::facility>("facility"),
      field<&NewAssessment::scenario>("scenario", {.max_length = 40, .optional = true}),
      field<&NewAssessment::worlds>("simulated attacks", {.minimum = 1, .maximum = 100000, .optional = true}),
      field<&NewAssessment::seed>("decimal; drawn when absent", {.max_length = 20})};
}

constexpr auto describe(AssessmentView*) {
  return Fields{field<&AssessmentView::id>("identity"),
                field<&AssessmentView::state>("where it stands"),
                field<&AssessmentView::scenario>("scenario"),
                field<&AssessmentView::worlds>("simulated attacks"),
                field<&AssessmentView::seed>("seed"),
                field<&AssessmentView::model_version>("engine and tables"),
                field<&AssessmentView::input_hash>("everything that went in"),
                field<&AssessmentView::created>("asked for at"),
                field<&AssessmentView::created_by>("by whom"),
                field<&AssessmentView::headline>("the overview; null until done"),
                field<&AssessmentView::job>("job that runs it; empty: none")};
}

constexpr auto describe(AssessmentViews*) {
  return Fields{field<&AssessmentViews::items>("newest first")};
}

constexpr auto describe(WhatIfBody*) {
  return Fields{field<&WhatIfBody::facility>("facility"), field<&WhatIfBody::id>("assessment"),
                field<&WhatIfBody::measures>("measures taken together", {.max_length = 200}),
                field<&WhatIfBody::costs>("own costs", {.max_length = 200, .optional = true})};
}

constexpr auto describe(StoryPath*) {
  return Fields{field<&StoryPath::facility>("facility"), field<&StoryPath::id>("assessment"),
                field<&StoryPath::world>("number of the world", {.minimum = 0})};
}

constexpr auto describe(FallPath*) {
  return Fields{field<&FallPath::facility>("facility"), field<&FallPath::id>("element")};
}

namespace {

AssessmentView view_of(const Assessment& row, std::string job = {}) {
  return {row.id,         row.state,         row.parameters.scenario, row.worlds,
          row.seed,       row.model_version, row.input_hash,          row.created,
          row.created_by, row.headline,      std::move(job)};
}

Result<AssessmentView> start(Assessments& assessments, const Session& session, const NewAssessment& in) {
  std::uint64_t seed = 0;
  const std::string text = in.seed.value_or("");
  if (text.empty()) {
    seed = std::stoull(random_hex(6), nullptr, 16);
  } else if (const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seed);
             fault != std::errc() || end != text.data() + text.size()) {
    return Error{ErrorKind::invalid, message("assessment.bad_seed"), "seed"};
  }
  const auto [row, job] = TRY(
      assessments.start(in.facility, in.scenario, static_cast<std::uint32_t>(in.worlds), seed, session.user));
  return view_of(row, job.id);
}

}  // namespace

std::vector<api::Endpoint> endpoints(Assessments& assessments, cartography::Facilities& facilities) {
  using api::on;
  return {
      on(Method::post, "/facilities/{facility}/assessments", Right::run, "Start an assessment",
         [&assessments](const Session& session, const NewAssessment& in) {
           return start(assessments, session, in);
         }),
      on(Method::get, "/facilities/{facility}/assessments", Right::view, "Assessments",
         [&assessments, &facilities](const Session&, const AssessmentsPath& in) -> Result<AssessmentViews> {
           TRY(facilities.find(in.facility));
           AssessmentViews views;
           for (const Assessment& row : assessments.list(in.facility)) {
             views.items.push_back(view_of(row, assessments.job_of(row)));
           }
           return views;
         }),
      on(Method::get, "/facilities/{facility}/assessments/{id}", Right::view, "One assessment",
         [&assessments](const Session&, const AssessmentPath& in) -> Result<AssessmentView> {
           const Assessment row = TRY(assessments.find(in.facility, in.id));
           return view_of(row, assessments.job_of(row));
         }),
      on(Method::get, "/facilities/{facility}/assessments/{id}/outcome", Right::view, "Its results",
         [&assessments](const Session&, const AssessmentPath& in) -> Result<Outcome> {
           return from_json<Outcome>(TRY(assessments.outcome(in.facility, in.id)));
         }),
      on(Method::get, "/facilities/{facility}/assessments/{id}/preliminary", Right::view,
         "A first answer while it runs",
         [&assessments](const Session&, const AssessmentPath& in) -> Result<Outcome> {
           return assessments.preliminary(in.facility, in.id);
         }),
      on(Method::post, "/facilities/{facility}/assessments/{id}/what-if", Right::run,
         "Measures taken together",
         [&assessments](const Session&, const WhatIfBody& in) -> Result<WhatIfResult> {
           return what_if(*TRY(assessments.recall(in.facility, in.id)), in.measures, in.costs,
                          assessments.threads(), {});
         }),
      on(Method::get, "/facilities/{facility}/assessments/{id}/frontier", Right::run, "What each budget buys",
         [&assessments](const Session&, const AssessmentPath& in) -> Result<Frontier> {
           return frontier(*TRY(assessments.recall(in.facility, in.id)), assessments.threads(), {});
         }),
      on(Method::get, "/facilities/{facility}/elements/{id}/fall", Right::view, "What if this element falls",
         [&assessments, &facilities](const Session&, const FallPath& in) -> Result<Fall> {
           const auto map = TRY(facilities.draw(in.facility));
           const auto tables = assessments.tables();
           return fall_of(*map, tables->defaults, tables->tables, in.id);
         }),
      on(Method::get, "/facilities/{facility}/assessments/{id}/stories/{world}", Right::view,
         "The story of a world",
         [&assessments](const Session&, const StoryPath& in) -> Result<Story> {
           const auto assessed = TRY(assessments.recall(in.facility, in.id));
           if (in.world >= assessed->options.worlds) {
             return Error{
                 ErrorKind::not_found,
                 message("assessment.no_such_world", {{"worlds", std::to_string(assessed->options.worlds)}}),
                 "world"};
           }
           return story_of(assessed->compiled, assessed->options.seed, static_cast<std::uint32_t>(in.world),
                           "world:" + std::to_string(in.world));
         }),
  };
}

}  // namespace releve::assessment
