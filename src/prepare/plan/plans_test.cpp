// SPDX-License-Identifier: EUPL-1.2
#include "prepare/plan/plans.hpp"

#include "foundation/api/router.hpp"
#include "foundation/store/described_rows.hpp"
#include "foundation/store/schema.hpp"
#include "prepare/cartography/facilities_for_tests.hpp"
#include "prepare/plan/endpoints.hpp"
#include "prepare/plan/parts.hpp"

#include <fstream>

namespace releve::plan {
namespace {

const Adoption adoption{.director = "Mme Roche",
                        .day = "2026-11-18",
                        .reference = "Décision 2026-114",
                        .in_force = "2026-11-18",
                        .written_by = {},
                        .written = {}};

class plans : public cartography::FacilityTest {
 protected:
  void begin() override {
    own =
        std::make_unique<Plans>(Plans::Parts{*database, clock, InstanceKey(std::array<unsigned char, 32>{7}),
                                             [](const auto&) { return "Europe/Paris"; },
                                             [this](const std::string& facility) {
                                               EXPECT_EQ(facility, id);
                                               ++told;
                                             }});
    first.frame.title = "Plan blanc numérique";
    first.contacts.push_back({.id = "lea", .revision = 1, .name = "Léa Martin", .phone = "06 12 34 56 78"});
  }

  void TearDown() override {
    own.reset();
    FacilityTest::TearDown();
  }

  /// Of somebody who has these rights everywhere.
  api::Request request_for(api::Method method, const std::string& path,
                           const std::vector<api::Right>& rights) const {
    auto perimeter = std::make_shared<api::Perimeter>();
    for (const api::Right right : rights) {
      perimeter->add_everywhere(right);
    }
    api::Request request;
    request.method = method;
    request.path = std::string(api::api_root) + "/facilities/" + id + "/plan" + path;
    request.session.user = "RSSI";
    request.session.now = clock.now();
    request.session.language = "fr";
    request.session.perimeter = perimeter;
    return request;
  }

  Result<OpenPlan> put_contact(const CrisisContact& contact) {
    PlanEdit edit;
    edit.facility = id;
    edit.contact = contact;
    return own->put(edit, "RSSI");
  }

  Result<OpenPlan> put_criterion(const std::string& text) {
    PlanEdit edit;
    edit.facility = id;
    edit.criterion = Criterion{.text = text};
    return own->put(edit, "RSSI");
  }

  void hear_everybody() {
    for (const auto& body : describe(static_cast<Body*>(nullptr)).entries) {
      ASSERT_TRUE(own->hear(id, {.body = body.value, .day = "2026-11-10", .reference = "PV 12"}, "DG").ok());
    }
  }

  Result<OpenPlan> adopt(const Adoption& wanted = adoption) {
    return own->adopt(id, wanted, own->draft(id)->version.revision, "secrétaire");
  }

  template <class T>
  static std::string code(const Result<T>& result) {
    return result.ok() ? "" : result.error().message.code;
  }

  std::unique_ptr<Plans> own;
  PlanDocument first;
  int told = 0;
};

RELEVE_ON_BOTH_ENGINES(plans);

TEST_P(plans, table_has_the_described_columns) {
  EXPECT_EQ(store::stored_columns(*database, "plan_version"), store::described_columns<PlanVersion>());
}

TEST_P(plans, from_draft_to_adopted_and_the_next_version_begins_from_it) {
  EXPECT_EQ(code(own->draft(id)), "plan.no_draft");
  EXPECT_EQ(code(own->in_force(id)), "plan.none_in_force");
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  EXPECT_EQ(code(own->begin(id, first, "DSI")), "plan.draft_exists");
  EXPECT_EQ(own->draft(id)->document, first);
  EXPECT_EQ(code(adopt()), "plan.opinion_missing");
  hear_everybody();
  ASSERT_TRUE(adopt().ok());
  const OpenPlan adopted = own->in_force(id).value();
  EXPECT_EQ(adopted.version.number, 1);
  EXPECT_EQ(adopted.version.adoption->director, "Mme Roche");
  EXPECT_EQ(adopted.version.adoption->written_by, "secrétaire");
  EXPECT_EQ(code(put_criterion("trop tard")), "plan.no_draft") << "an adopted version never changes";
  EXPECT_EQ(code(own->discard(id, 1, true)), "plan.no_draft");

  const OpenPlan next = own->begin(id, PlanDocument{}, "RSSI").value();
  EXPECT_EQ(next.version.number, 2);
  PlanDocument copy = first;
  begin_revisions(copy);
  EXPECT_EQ(next.document, copy) << "not the library";
  ASSERT_TRUE(put_criterion("nouveau").ok());
  EXPECT_EQ(own->version(id, 1)->document, first) << "untouched";
  EXPECT_EQ(own->in_force(id)->version.number, 1) << "as long as the next one is not adopted";
  EXPECT_EQ(told, 7);
}

TEST_P(plans, the_directory_may_change_without_hearing_the_bodies_again_and_nothing_else) {
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  hear_everybody();
  ASSERT_TRUE(adopt().ok());
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  CrisisContact lea = first.contacts[0];
  lea.phone = "07";
  ASSERT_TRUE(put_contact(lea).ok());
  const auto missing = [&] { return bodies_to_hear(own->draft(id).value(), own->adopted_before(id, 2)); };
  EXPECT_EQ(missing(), std::vector<Body>());
  ASSERT_TRUE(put_criterion("nouveau").ok());
  EXPECT_EQ(missing(), (std::vector<Body>{Body::directoire, Body::cme, Body::cse}));
  ASSERT_TRUE(own->hear(id, {.body = Body::cme, .day = "2026-11-10", .reference = "PV"}, "DG").ok());
  EXPECT_EQ(missing(), (std::vector<Body>{Body::directoire, Body::cse}));
}

TEST_P(plans, an_opinion_is_about_the_words_of_its_own_day) {
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  const std::string today = own->today(id);
  const auto heard = [&](Body body, const std::string& day) {
    const auto draft = own->hear(id, {.body = body, .day = day, .reference = "PV"}, "DG");
    EXPECT_TRUE(draft.ok());
    for (const Opinion& one : draft->version.opinions) {
      if (one.body == body) {
        return one.revision == draft->version.revision;
      }
    }
    return false;
  };
  EXPECT_TRUE(heard(Body::cme, today));
  EXPECT_FALSE(heard(Body::cse, "2026-01-10")) << "reworded since, though recorded only now";
  EXPECT_TRUE(heard(Body::directoire, today)) << "an opinion changes no word";
}

TEST_P(plans, an_adoption_is_a_change_by_whoever_wrote_it_down) {
  const auto begun = own->begin(id, first, "RSSI");
  hear_everybody();
  const auto adopted = adopt();
  ASSERT_TRUE(adopted.ok());
  EXPECT_GT(adopted->version.changed, begun->version.changed);
  EXPECT_EQ(adopted->version.changed_by, "secrétaire");
}

TEST_P(plans, a_version_comes_into_force_on_its_day) {
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  hear_everybody();
  ASSERT_TRUE(adopt().ok());
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  Adoption later = adoption;
  later.in_force = "2027-01-01";
  ASSERT_TRUE(adopt(later).ok());
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  EXPECT_EQ(own->in_force(id)->version.number, 1);
  using enum VersionState;
  EXPECT_EQ(states_of(own->versions(id), "2026-12-31"), (std::vector{draft, adopted, in_force}));
  EXPECT_EQ(states_of(own->versions(id), "2027-01-01"), (std::vector{draft, in_force, past}));
}

TEST_P(plans, adoption_is_of_what_was_seen_and_on_days_that_can_be) {
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  hear_everybody();
  const auto seen = own->draft(id)->version.revision;
  ASSERT_TRUE(put_criterion("entre-temps").ok());
  EXPECT_EQ(code(own->adopt(id, adoption, seen, "RSSI")), "plan.draft_moved");
  EXPECT_EQ(code(own->discard(id, seen, true)), "plan.draft_moved");
  for (const auto& [day, in_force] :
       std::vector<std::pair<std::string, std::string>>{{"hier", "2026-11-18"},
                                                        {"2026-11-18", ""},
                                                        {"2026-11-18", "2026-11-17"},
                                                        {"2027-11-18", "2027-11-18"}}) {
    Adoption wrong = adoption;
    wrong.day = day;
    wrong.in_force = in_force;
    EXPECT_EQ(code(adopt(wrong)), "plan.bad_day") << day << " " << in_force;
  }
  EXPECT_EQ(code(own->hear(id, {.body = Body::cme, .day = "31/12", .reference = "PV"}, "DG")),
            "plan.bad_day");
  EXPECT_TRUE(own->discard(id, own->draft(id)->version.revision, true).ok());
  EXPECT_TRUE(own->versions(id).empty());
}

TEST_P(plans, what_a_later_version_followed_long_ago_can_be_let_go_of) {
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
    hear_everybody();
    ASSERT_TRUE(adopt().ok());
  }
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  const auto forget = [&](Instant before) {
    std::int64_t rows = 0;
    EXPECT_TRUE(database
                    ->write([&](store::Transaction& t) -> Status {
                      rows = store::forget(t, past_plans(database->engine()), before);
                      return Done{};
                    })
                    .ok());
    return rows;
  };
  const auto of_adoption = [](int days) {
    return Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 18) + std::chrono::days(days));
  };
  EXPECT_EQ(forget(of_adoption(0)), 0) << "the second is in force since this day";
  EXPECT_EQ(forget(of_adoption(1)), 1);
  EXPECT_EQ(own->versions(id).size(), 2U) << "the one in force and the draft";
  EXPECT_EQ(own->in_force(id)->version.number, 2);
}

TEST_P(plans, a_version_is_kept_until_the_next_one_is_in_force) {
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  hear_everybody();
  ASSERT_TRUE(adopt().ok());
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  hear_everybody();
  Adoption later = adoption;
  later.in_force = "2027-01-01";
  ASSERT_TRUE(adopt(later).ok());
  ASSERT_TRUE(
      database
          ->write([&](store::Transaction& t) -> Status {
            EXPECT_EQ(
                store::forget(t, past_plans(database->engine()), store::test_now + std::chrono::hours(1)), 0);
            return Done{};
          })
          .ok());
  EXPECT_EQ(own->in_force(id)->version.number, 1);
}

TEST_P(plans, two_editors_of_a_next_version_see_each_other_also_at_its_first_change) {
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  CrisisContact lea = first.contacts[0];
  ASSERT_TRUE(put_contact(lea).ok());  // revision 2 of the first version
  hear_everybody();
  ASSERT_TRUE(adopt().ok());
  const OpenPlan next = own->begin(id, first, "RSSI").value();
  CrisisContact seen_by_a = next.document.contacts[0];
  CrisisContact seen_by_b = seen_by_a;
  seen_by_b.phone = "07 00 00 00 00";
  ASSERT_TRUE(put_contact(seen_by_b).ok());
  seen_by_a.note = "de nuit";
  EXPECT_EQ(code(put_contact(seen_by_a)), "edit.changed_meanwhile");
  EXPECT_EQ(own->draft(id)->document.contacts[0].phone, "07 00 00 00 00");
}

TEST_P(plans, numbers_of_people_are_sealed_in_the_database) {
  const OpenPlan begun = own->begin(id, first, "RSSI").value();
  std::string stored;
  database->read(
      [&](store::Transaction& t) { stored = t.query("select document from plan_version").at(0).text(0); });
  EXPECT_EQ(stored.find("06 12"), std::string::npos);
  EXPECT_EQ(stored.find("Martin"), std::string::npos);
  Plans another(Plans::Parts{*database, clock, InstanceKey(std::array<unsigned char, 32>{8}), {}, {}});
  EXPECT_THROW((void)another.draft(id), Bug);
}

TEST_P(plans, services_are_added_once_and_a_draft_too_large_is_refused_whole) {
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  ServiceSheet written{.id = "SAU", .name = "Urgences"};
  ASSERT_TRUE(own->add_services(id, {written}, "RSSI").ok());
  written.name = "autre nom";
  const auto again = own->add_services(id, {written, {.id = "LABO", .name = "Laboratoire"}}, "RSSI");
  ASSERT_EQ(again->document.services.size(), 2U);
  EXPECT_EQ(again->document.services[0].name, "Urgences") << "what was written stays";
  const std::vector<ServiceSheet> many = [] {
    std::vector<ServiceSheet> list;
    for (int i = 0; i < 5'001; ++i) {
      list.push_back({.id = "S" + std::to_string(i), .name = "S"});
    }
    return list;
  }();
  EXPECT_EQ(code(own->add_services(id, many, "RSSI")), "json.too_long");
  EXPECT_EQ(own->draft(id)->document.services.size(), 2U);
}

TEST_P(plans, rows_give_numbers_to_whoever_is_called_and_not_to_whoever_looks) {
  const Library library = read_library("").value();
  auto defaults = std::make_shared<const cartography::Defaults>(cartography::repository_defaults());
  const api::Router router(
      endpoints({*own, *room, library, [&] { return defaults; }}),
      api::Hooks{.log = {}, .mint_incident = [] { return std::string("1"); }, .note = {}});
  const auto ask = [&](api::Method method, const std::string& path, const std::string& body,
                       const std::vector<api::Right>& rights) {
    api::Request request = request_for(method, path, rights);
    request.body = body;
    return router.dispatch(request);
  };
  using api::Method;
  using api::Right;
  const std::vector<Right> editor = {Right::view, Right::edit};
  const std::vector<Right> director = {Right::view, Right::adopt};
  committed("inventaire.xlsx", template_of({{"MED", 30}}));
  const auto begun = ask(Method::post, "/draft", "", editor);
  ASSERT_EQ(begun.status, 200) << begun.body;
  EXPECT_NE(begun.body.find("Service MED"), std::string::npos) << "from the cartography";
  EXPECT_NE(begun.body.find("09 72 43 91 25"), std::string::npos);
  const auto looked = ask(Method::get, "/versions/1", "", {Right::view});
  EXPECT_EQ(looked.status, 200);
  EXPECT_EQ(looked.body.find("09 72 43 91 25"), std::string::npos);
  EXPECT_NE(looked.body.find("\"withheld\":true"), std::string::npos);

  const auto put = ask(Method::post, "/draft/items",
                       R"({"contact": {"group": "staff", "name": "Léa", "phone": "06 00"}})", editor);
  ASSERT_EQ(put.status, 200) << put.body;
  EXPECT_EQ(ask(Method::post, "/draft/items", R"({"contact": {"group": "staff"}})", editor).status, 400);
  EXPECT_EQ(
      ask(Method::post, "/draft/items", R"({"contact": {"group": "staff", "name": "x"}})", {Right::view})
          .status,
      403);
  EXPECT_EQ(ask(Method::get, "/versions/1/difference", "", {Right::view}).body.find("06 00"),
            std::string::npos);
  EXPECT_EQ(ask(Method::get, "/in-force", "", {Right::crisis}).status, 404);
  for (const char* body : {"directoire", "cme", "cse"}) {
    const auto heard = ask(Method::post, "/draft/opinions",
                           std::string(R"({"opinion": {"body": ")") + body +
                               R"(", "opinion": "favourable", "day": "2026-11-10", "reference": "PV"}})",
                           director);
    ASSERT_EQ(heard.status, 200) << heard.body;
  }
  const std::string decision =
      R"({"director": "Mme Roche", "day": "2026-11-18", "reference": "D 1", "in_force": "2026-11-18", "seen": 2})";
  EXPECT_EQ(ask(Method::post, "/draft/discard", R"({"seen": 2})", editor).status, 403)
      << "what the bodies said is not his to drop";
  EXPECT_EQ(ask(Method::post, "/draft/adopt", decision, editor).status, 403)
      << "who writes it does not adopt it";
  const auto adopted = ask(Method::post, "/draft/adopt", decision, director);
  ASSERT_EQ(adopted.status, 200) << adopted.body;
  const auto night = ask(Method::get, "/in-force", "", {Right::crisis});
  EXPECT_EQ(night.status, 200);
  EXPECT_NE(night.body.find("06 00"), std::string::npos);
  EXPECT_NE(night.body.find("\"state\":\"in_force\""), std::string::npos);
  EXPECT_EQ(ask(Method::get, "", "", {Right::crisis}).status, 403);
}

TEST_P(plans, a_day_begins_when_the_facility_s_own_does) {
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  hear_everybody();
  Adoption of_tomorrow = adoption;
  of_tomorrow.in_force = "2026-11-19";
  ASSERT_TRUE(adopt(of_tomorrow).ok());

  struct Night final : Clock {
    Instant now() const override { return parse_rfc3339("2026-11-18T23:10:00Z").value(); }
  } const night;

  const auto at_night = [&](const char* zone) {
    return Plans({*database,
                  night,
                  InstanceKey(std::array<unsigned char, 32>{7}),
                  [zone](const auto&) { return zone; },
                  {}})
        .in_force(id)
        .ok();
  };
  EXPECT_TRUE(at_night("Europe/Paris"));
  EXPECT_FALSE(at_night("America/Martinique"));
}

TEST_P(plans, a_crisis_directory_in_a_file_is_looked_at_before_it_is_taken) {
  const api::Router router(
      contact_endpoints({*own, *room, words}),
      api::Hooks{.log = {}, .mint_incident = [] { return std::string("1"); }, .note = {}});
  const std::string path = folder.path() + "/contacts.csv";
  const auto send = [&](const std::string& row, std::map<std::string, std::string> query,
                        const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
    api::Request request = request_for(api::Method::post, "/draft/contacts" + row, {api::Right::edit});
    query["name"] = "annuaire.csv";
    for (auto& [name, value] : query) {
      request.query[name] = value;
    }
    request.upload_path = path;
    return router.dispatch(request);
  };
  const std::string text = "Nom;Téléphone\nMartin Léa;0700000000\nPetit Anne;0600000002\n";
  EXPECT_EQ(send("/preview", {}, text).status, 404) << "there is no draft";
  ASSERT_TRUE(own->begin(id, first, "RSSI").ok());
  const auto looked = send("/preview", {}, text);
  ASSERT_EQ(looked.status, 200) << looked.body;
  const auto preview = from_json<ContactsPreview>(looked.body);
  ASSERT_TRUE(preview.ok());
  EXPECT_TRUE(preview->usable);
  ASSERT_EQ(preview->changes.size(), 2U);
  EXPECT_EQ(preview->changes[0].id, "lea");
  EXPECT_EQ(preview->changes[0].fields,
            (std::vector<PlanFieldChange>{{"phone", "06 12 34 56 78", "07 00 00 00 00"}}));
  EXPECT_EQ(preview->changes[1].kind, PlanChangeKind::added);
  EXPECT_EQ(own->draft(id)->document, first) << "nothing is kept of a file that was only looked at";

  std::map<std::string, std::string> seen = {{"hash", preview->hash},
                                             {"seen", std::to_string(preview->revision)}};
  EXPECT_EQ(send("", seen, text + "Autre;0600000003\n").status, 409) << "another file";
  const auto taken = send("", seen, text);
  ASSERT_EQ(taken.status, 200) << taken.body;
  const auto draft = own->draft(id);
  ASSERT_EQ(draft->document.contacts.size(), 2U);
  EXPECT_EQ(draft->document.contacts[0].id, "lea");
  EXPECT_EQ(draft->document.contacts[1].id.size(), 36U);
  EXPECT_EQ(draft->version.revision, 2);
  EXPECT_EQ(send("", seen, text).status, 409) << "the draft is another by now";

  const auto useless = send("/preview", {}, "Actif;Version\nSIL;3\n");
  EXPECT_NE(useless.body.find("people.no_title_line"), std::string::npos);
  const auto nothing = from_json<ContactsPreview>(useless.body);
  seen = {{"hash", nothing->hash}, {"seen", "2"}};
  EXPECT_EQ(send("", seen, "Actif;Version\nSIL;3\n").status, 400);
  EXPECT_EQ(own->draft(id)->version.revision, 2);
}

}  // namespace
}  // namespace releve::plan
