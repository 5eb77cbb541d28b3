// SPDX-License-Identifier: EUPL-1.2
// For every row of the API and every role: a reader of one facility learns nothing of another, not even that
// it is there, not even a count. Nothing to keep up to date but what_to_ask_for(), and that fails when it is
// not.
#include "foundation/api/contract_for_tests.hpp"
#include "foundation/base/id.hpp"
#include "foundation/store/described_rows.hpp"
#include "foundation/store/test_database.hpp"
#include "main/instance_endpoints.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

namespace releve::main {
namespace {

using api::About;
using api::Endpoint;
using api::Method;
using api::Right;

constexpr const char* ours = "990000011";
constexpr const char* theirs = "990000022";
constexpr const char* their_mark = "Zwyx";  // in every name of the other facility's things

/// What there is at a facility, by the placeholder that asks for it.
struct Things {
  std::string facility;
  std::string import;
  std::string assessment;
  std::string element;
  std::string job;
  std::string person;
  std::string grant;
  std::string session;
  std::string code;
  std::string token;
  std::string identity;
  std::string passkey;
  std::string room;
  std::string attachment;
  std::string report;
  std::string paper;
  std::string called;
};

class perimeter : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = House::open(shell, {folder.path(), "", ""});
    ASSERT_TRUE(opened.ok()) << opened.error().message.code;
    house = std::move(opened).value();
    router.emplace(all_endpoints(*house),
                   api::Hooks{.log = {},
                              .mint_incident = [] { return std::string("1"); },
                              .note = [this](const api::Deed& deed) { house->access->note(deed); }});
    owner.user = "owner";
    owner.id = "owner's";
    owner.now = house->clock.now();
    owner.language = "fr";
    owner.perimeter = api::Perimeter::everything();
  }

  /// A facility with a file, an assessment, somebody who works there, a printed code and a share.
  Things furnish(const std::string& id, const std::string& mark) {
    Things made;
    made.facility = id;
    EXPECT_TRUE(house->facilities->create(id, "Hôpital " + mark, true).ok());
    const std::string file = folder.path() + "/" + mark + ".csv";
    std::ofstream(file) << "Identifiant;Nom;Lits\n" << mark << "-1;Service " << mark << ";12\n";
    made.import = import_now(*house, id, mark + ".csv", file).value().id;
    made.element = mark + "-1";
    const auto [assessment, job] = house->assessments->start(id, "crisis", 3, 1, mark).value();
    house->jobs->wait(job.id);
    made.assessment = assessment.id;
    made.job = job.id;
    const auto [person, link] = house->access->people()
                                    .invite(owner, to_lower(mark) + ".person", mark, mark,
                                            {.role = "read_only", .place = id, .starts = house->clock.now()})
                                    .value();
    made.person = person.id;
    made.grant = person.grants.at(0).id;
    api::Session from;
    from.peer = mark;
    const std::string secret =
        house->access->entrance().accept(from, link, "une phrase assez longue").value();
    const api::Session session = house->access->who(secret);
    made.session = session.id;
    made.token = house->access->tokens()
                     .make(session, "une phrase assez longue", {"Jeton " + mark, {Right::view}, id, 90})
                     .value()
                     .first.id;
    made.identity = "identity of " + mark;
    const access::LinkedIdentity identity{
        .id = made.identity, .account = person.id, .provider = mark, .subject = mark};
    EXPECT_TRUE(house->database
                    ->write([&](store::Transaction& t) -> Status {
                      t.execute(store::insert_into<access::LinkedIdentity>("identity"),
                                store::bindings_of(identity));
                      return Done{};
                    })
                    .ok());
    made.code = house->access->night().print(owner, "Garde " + mark, "on_call", id).value().first.id;
    made.passkey = mark + "'s passkey";
    EXPECT_TRUE(house->database
                    ->write([&](store::Transaction& t) -> Status {
                      t.execute(store::insert_into<access::Passkey>("passkey"),
                                store::bindings_of(access::Passkey{.id = made.passkey,
                                                                   .account = made.person,
                                                                   .credential = mark,
                                                                   .name = mark,
                                                                   .created = house->clock.now()}));
                      return Done{};
                    })
                    .ok());
    adopt_a_plan(id, mark);
    open_a_room(made, mark);
    made.paper = house->paper_sets->keep(id, 1, pack::Language::fr, "%PDF " + mark, mark).value().id;
    EXPECT_TRUE(house->access->office().grants.share(owner, {.place = id, .role = "ars_officer"}).ok());
    return made;
  }

  /// A crisis with a line and a file.
  void open_a_room(Things& made, const std::string& mark) {
    const auto id = [&] { return mint_uuid(house->clock.now()); };
    const auto room =
        house->rooms
            ->activate({.facility = made.facility, .room = id(), .line = id(), .name = mark}, mark, "fr")
            .value();
    made.room = room.id;
    EXPECT_TRUE(house->rooms->write(room, {.id = id(), .text = "Ligne " + mark}, mark, "fr").ok());
    crisis::Line report{.id = id()};
    report.deed.emplace().report = crisis::Report{0, mark, "Point " + mark, ""};
    made.report = house->rooms->write(room, report, mark, "fr").value().line.id;
    const std::string path = house->files->new_spool_path();
    std::ofstream(path) << mark;
    made.attachment = house->rooms->attach(room, path, mark + ".txt", "text/plain", mark)->hash;
    call_somebody(made, room, mark);
  }

  /// Somebody of the directory, called from the room.
  void call_somebody(Things& made, const crisis::Room& room, const std::string& mark) {
    const std::string file = folder.path() + "/staff.csv";
    std::ofstream(file) << "Nom;Service;Mobile\n" << mark << ";Unité " << mark << ";0611111111\n";
    const auto seen = house->staff->preview(made.facility, mark, file);
    EXPECT_TRUE(house->staff->accept(made.facility, mark, file, seen.hash, mark).ok());
    recall::CalloutOrder order{made.facility, room.id, mint_uuid(house->clock.now()), mark, {}, {}, {}};
    order.selection.groups.push_back({.q = mark});
    EXPECT_TRUE(house->callouts->call(room, order, {mark, "fr", "http://localhost"}).ok());
    made.called = house->callouts->view(room).people.at(0).id;
  }

  /// A version in force, and the draft of the next one.
  void adopt_a_plan(const std::string& facility, const std::string& mark) {
    plan::PlanDocument document;
    document.frame.title = "Plan " + mark;
    EXPECT_TRUE(house->plans->begin(facility, document, mark).ok());
    for (const auto& body : describe(static_cast<plan::Body*>(nullptr)).entries) {
      EXPECT_TRUE(
          house->plans->hear(facility, {.body = body.value, .day = "2026-01-02", .reference = mark}, mark)
              .ok());
    }
    const plan::Adoption adoption{mark, "2026-01-03", mark, "2026-01-03", {}, {}};
    EXPECT_TRUE(house->plans->adopt(facility, adoption, 1, mark).ok());
    EXPECT_TRUE(house->plans->begin(facility, {}, mark).ok());
  }

  /// A reader who holds this role at our facility, with every second factor.
  api::Session reader(const access::Role& role) {
    access::Grants& grants = house->access->office().grants;
    api::Session session = owner;
    session.user = "reader." + role.id;
    session.id = "session of " + role.id;
    if (role.held == access::Held::sealed) {
      session.account.clear();
      session.perimeter = grants.perimeter_of(access::SealedCode{.role = role.id, .place = ours});
      return session;
    }
    const auto person = house->access->people().invite(
        owner, session.user, role.id, "",
        {.role = role.id, .place = ours, .starts = owner.now, .ends = owner.now + std::chrono::hours(8)});
    session.account = person->first.id;
    session.perimeter = grants.perimeter_of(session.account, true);
    return session;
  }

  /// The value of a placeholder; nothing: this table does not know the row.
  static std::optional<std::string> what_to_ask_for(const Endpoint& row, std::string_view name,
                                                    const Things& at) {
    const std::map<std::string_view, std::string> named = {
        {"facility", at.facility}, {"world", "0"},          {"role", "ars_officer"},   {"number", "1"},
        {"grant", at.grant},       {"token", at.token},     {"identity", at.identity}, {"room", at.room},
        {"document", "situation"}, {"hash", at.attachment}, {"paper", at.paper},       {"called", at.called},
        {"line", at.report}};
    if (const auto found = named.find(name); found != named.end()) {
      return found->second;
    }
    if (name != "id") {
      return std::nullopt;
    }
    const auto in = [&](std::string_view part) { return row.path.find(part) != std::string::npos; };
    if (in("/registry/")) {
      return in("/places/") ? "FR" : "none";
    }
    const std::array<std::pair<std::string_view, std::string>, 10> things{{{"/imports/", at.import},
                                                                           {"/assessments/", at.assessment},
                                                                           {"/elements/", at.element},
                                                                           {"/jobs/", at.job},
                                                                           {"/people/", at.person},
                                                                           {"/sessions/", at.session},
                                                                           {"/tokens/", at.token},
                                                                           {"/identities/", at.identity},
                                                                           {"/sealed-codes/", at.code},
                                                                           {"/passkeys/", at.passkey}}};
    const auto thing =
        std::find_if(things.begin(), things.end(), [&](const auto& one) { return in(one.first); });
    return thing == things.end() ? std::nullopt : std::optional(thing->second);
  }

  api::Request request(const Endpoint& row, const Things& at, const api::Session& by) {
    api::Request made;
    made.method = row.method;
    made.path = api::api_root;
    for (const auto segment : split(std::string_view(row.path).substr(1), '/')) {
      if (!segment.starts_with('{')) {
        made.path.append("/").append(segment);
        continue;
      }
      const auto value = what_to_ask_for(row, segment.substr(1, segment.size() - 2), at);
      EXPECT_TRUE(value) << row.path
                         << ": say in what_to_ask_for() which thing of the other facility this is";
      made.path.append("/").append(value.value_or("x"));
    }
    if (row.path.ends_with("/elements") || (row.path.ends_with("/export") && !published(row))) {
      made.query["layer"] = "care";
    }
    if (row.path == "/registry/compare") {
      made.query["ids"] = "FR";
    }
    if (row.path == "/trail/export") {
      made.query.clear();
    }
    if (row.method == Method::post && row.path == "/people") {
      made.body = R"({"login":"intrus","name":"x","role":"observer","place":")" + at.facility + "\"}";
    } else if (row.method == Method::post && row.path == "/sealed-codes") {
      made.body = R"({"post":"x","role":"on_call","place":")" + at.facility + "\"}";
    } else if (row.method == Method::post && row.path == "/people/{id}/grants") {
      made.body = R"({"role":"observer","place":")" + at.facility + "\"}";
    } else if (row.path == "/account/passkeys/{id}/remove") {
      made.body = R"({"password":""})";
    }
    made.session = by;
    return made;
  }

  api::Reply ask(const Endpoint& row, const Things& at, const api::Session& by) {
    return router->dispatch(request(row, at, by));
  }

  static Things nothing() {
    return {"000000000", "none", "none", "none", "none", "none", "none", "none", "none",
            "none",      "none", "none", "none", "none", "none", "none", "none"};
  }

  /// What the national registries publish: the same for whoever is signed in.
  static bool published(const Endpoint& row) {
    return row.path.starts_with("/registry/") && row.right == Right::signed_in;
  }

  /// Rows that tell of whatever is within reach.
  static bool lists(const Endpoint& row) {
    return row.method == Method::get && (row.about == About::listed || row.about == About::own) &&
           row.right != Right::anyone && row.path.find('{') == std::string::npos;
  }

  store::TestFolder folder;
  const Shell shell{load_catalogue(), "fr", ""};
  std::unique_ptr<House> house;
  std::optional<api::Router> router;
  api::Session owner;
};

TEST_F(perimeter, a_reader_of_one_facility_learns_nothing_of_another) {
  furnish(ours, "Abcd");
  std::vector<std::pair<access::Role, api::Session>> readers;
  for (const access::Role& role : house->access->office().roles.roles) {
    readers.emplace_back(role, reader(role));
  }
  const auto name = [](const access::Role& role, const Endpoint& row) {
    return role.id + ": " + to_upper(text_of(row.method)) + " " + row.path;
  };
  std::map<std::string, std::string> before;
  for (const auto& [role, session] : readers) {
    for (const Endpoint& row : router->endpoints()) {
      if (lists(row)) {
        before[name(role, row)] = ask(row, nothing(), session).body;
      }
    }
  }

  const Things other = furnish(theirs, their_mark);
  const auto state = [&] {
    return to_json(house->facilities->find(theirs).value()) + to_json(house->facilities->imports(theirs)) +
           std::to_string(house->assessments->list(theirs).size()) +
           to_json(house->access->office().grants.of(other.person)) +
           std::to_string(house->access->night().list(owner).size()) +
           std::to_string(house->access->people().list(owner).size()) +
           std::to_string(house->access->office().sessions.of(other.person).size()) +
           to_json(house->access->tokens().of(other.person)) +
           to_json(house->access->identities().of(other.person)) + to_json(house->plans->versions(theirs)) +
           to_json(house->rooms->list(theirs)) +
           to_json(house->callouts->view(house->rooms->list(theirs).at(0))) +
           to_json(house->staff->search(theirs, {}, 0, 10)) +
           std::to_string(house->rooms->ends(house->rooms->list(theirs).at(0)).at(0).head.number) +
           std::to_string(house->access->passkeys().of(other.person).size()) +
           to_json(house->paper_sets->list(theirs));
  };
  const std::string untouched = state();

  int places = 0;
  int things = 0;
  int lists_read = 0;
  for (const auto& [role, session] : readers) {
    for (const Endpoint& row : router->endpoints()) {
      if (row.right == Right::anyone) {
        continue;
      }
      const std::string what = name(role, row);
      const api::Reply reply = ask(row, lists(row) ? nothing() : other, session);
      EXPECT_EQ(reply.body.find(their_mark), std::string::npos) << what << "\n" << reply.body;
      EXPECT_EQ(reply.body.find(theirs), std::string::npos) << what << "\n" << reply.body;
      if (published(row)) {
        EXPECT_EQ(reply.body, ask(row, other, owner).body) << what << ": as for everybody";
      } else if (row.about == About::place) {
        EXPECT_EQ(reply.status, 404) << what;
        EXPECT_EQ(reply.body, ask(row, nothing(), session).body) << what << ": as if it did not exist";
        ++places;
      } else if (lists(row)) {
        EXPECT_EQ(reply.body, before[what]) << what << ": as before the other facility was there";
        lists_read += reply.status == 200 ? 1 : 0;
      } else if (row.about == About::instance) {
        EXPECT_EQ(reply.status, 403) << what;
      } else if (row.about == About::listed || row.path.find('{') != std::string::npos) {
        EXPECT_TRUE(reply.status == 403 || reply.status == 404) << what << " " << reply.status;
        EXPECT_EQ(reply.body, ask(row, nothing(), session).body) << what << ": as if it did not exist";
        ++things;
      }
    }
  }
  EXPECT_EQ(state(), untouched);
  EXPECT_GT(places, 23 * 20);
  EXPECT_GT(things, 23 * 8);
  EXPECT_GT(lists_read, 23 * 2);
  std::cout << "perimeter: " << readers.size() << " roles, " << router->endpoints().size() << " rows, "
            << places << " about a place, " << things << " about a thing, " << lists_read << " lists read\n";
}

/// The test above would also pass if nothing worked: the same questions, asked by somebody who may.
TEST_F(perimeter, the_same_questions_are_answered_to_whoever_may_ask) {
  const Things other = furnish(theirs, their_mark);
  int answered = 0;
  int told = 0;
  for (const Endpoint& row : router->endpoints()) {
    if (row.method != Method::get || row.right == Right::anyone || row.path.ends_with("/preliminary")) {
      continue;
    }
    const api::Reply reply = ask(row, other, owner);
    // Of the instance's own things none is there: the right comes before the thing.
    const bool none = row.about == About::instance && row.path.find('{') != std::string::npos;
    EXPECT_TRUE(reply.status == 200 || row.path.starts_with("/account") || none)
        << row.path << " " << reply.body;
    ++answered;
    told += reply.body.find(their_mark) != std::string::npos || reply.body.find(theirs) != std::string::npos
                ? 1
                : 0;
  }
  EXPECT_GT(answered, 25);
  EXPECT_GT(told, 12);
}

TEST_F(perimeter, a_role_opens_at_its_own_facility_what_it_says) {
  const Things own = furnish(ours, "Abcd");
  for (const access::Role& role : house->access->office().roles.roles) {
    const api::Session session = reader(role);
    for (const Endpoint& row : router->endpoints()) {
      if (row.about != About::place || row.method != Method::get || row.path.ends_with("/preliminary")) {
        continue;
      }
      const bool has = std::find(role.rights.begin(), role.rights.end(), row.right) != role.rights.end() ||
                       (role.id == "ars_officer" && row.right == Right::view);  // shared with it by furnish()
      EXPECT_EQ(ask(row, own, session).status, has ? 200 : 403) << role.id << " " << row.path;
    }
  }
}

TEST_F(perimeter, reads_and_refusals_leave_a_trail) {
  const Things own = furnish(ours, "Abcd");
  const Things other = furnish(theirs, their_mark);
  const api::Session rssi = reader(*house->access->office().roles.find("rssi"));
  for (const Endpoint& row : router->endpoints()) {
    if (row.path == "/facilities/{facility}/elements") {
      EXPECT_EQ(ask(row, own, rssi).status, 200);
      EXPECT_EQ(ask(row, own, rssi).status, 200);
      EXPECT_EQ(ask(row, other, rssi).status, 404);
    }
    if (row.path == "/facilities/{facility}/rename") {
      api::Request rename = request(row, own, rssi);
      rename.body = R"({"name":"Autre nom"})";
      EXPECT_EQ(router->dispatch(rename).status, 200);
    }
  }
  const auto count = [&](const std::string& place, const std::string& deed) {
    return house->access->trail().list({.place = place, .actor = rssi.user, .deed = deed}).size();
  };
  EXPECT_EQ(count(ours, "read"), 1U) << "the page asks again and again: once in ten minutes";
  EXPECT_EQ(count(ours, "change"), 1U);
  EXPECT_EQ(count(theirs, "refused"), 1U);
  EXPECT_FALSE(house->access->trail().check().fault);
}

}  // namespace
}  // namespace releve::main
