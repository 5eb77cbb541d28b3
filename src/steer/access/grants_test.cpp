// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/schema.hpp"
#include "steer/access/room_for_tests.hpp"

namespace releve::access {
namespace {

using api::Right;

using grants = RoomTest;
RELEVE_ON_BOTH_ENGINES(grants);

std::set<std::string> logins(const std::vector<Person>& people) {
  std::set<std::string> names;
  for (const Person& one : people) {
    names.insert(one.login);
  }
  return names;
}

TEST_P(grants, tables_are_as_described) {
  using store::described_columns;
  using store::stored_columns;
  EXPECT_EQ(stored_columns(*database_, "account"), described_columns<Account>());
  EXPECT_EQ(stored_columns(*database_, "access_grant"), described_columns<Grant>());
  EXPECT_EQ(stored_columns(*database_, "access_session"), described_columns<SessionRow>());
  EXPECT_EQ(stored_columns(*database_, "invitation"), described_columns<Invitation>());
  EXPECT_EQ(stored_columns(*database_, "sealed_code"), described_columns<SealedCode>());
  EXPECT_EQ(stored_columns(*database_, "shared_place"), described_columns<SharedPlace>());
  EXPECT_EQ(stored_columns(*database_, "trail_entry"), described_columns<TrailEntry>());
  EXPECT_EQ(stored_columns(*database_, "trail_digest"), described_columns<TrailDigest>());
}

TEST_P(grants, a_role_gives_its_rights_at_its_place_and_nowhere_else) {
  const Member reader = member("lea", "read_only", "A");
  const auto session = session_of(reader.secret);
  EXPECT_TRUE(session.can(Right::view, "A"));
  EXPECT_FALSE(session.can(Right::edit, "A"));
  EXPECT_FALSE(session.can(Right::view, "B"));
  EXPECT_FALSE(session.can(Right::view, "ght-1"));
  EXPECT_FALSE(session.perimeter->knows("B"));
  EXPECT_EQ(session.places(Right::view), std::vector<std::string>{"A"});
  EXPECT_EQ(session.places(Right::edit), std::vector<std::string>{});
  EXPECT_EQ(owner().places(Right::view), std::nullopt);
}

TEST_P(grants, a_recursive_grant_reaches_what_is_below_in_its_hierarchy_alone) {
  const auto reach = [&](const std::string& hierarchy, bool recursive) {
    const auto made = room_->people().invite(owner(), "g" + hierarchy + (recursive ? "r" : ""), "x", "",
                                             {.role = "observer",
                                              .place = "ght-1",
                                              .hierarchy = hierarchy,
                                              .recursive = recursive,
                                              .starts = clock_.now()});
    return room_->office().grants.perimeter_of(made->first.id, false)->places(Right::indicators).value();
  };
  EXPECT_EQ(reach("ght", true), (std::vector<std::string>{"A", "B", "ght-1"}));
  EXPECT_EQ(reach("region", true), (std::vector<std::string>{"ght-1"}));
  EXPECT_EQ(reach("ght", false), (std::vector<std::string>{"ght-1"}));
}

TEST_P(grants, an_exception_takes_a_place_out_of_what_is_reached) {
  Grant given{.role = "observer",
              .place = "ght-1",
              .hierarchy = "ght",
              .recursive = true,
              .starts = clock_.now(),
              .exceptions = {"B"}};
  const auto made = room_->people().invite(owner(), "lea", "Léa", "", given);
  ASSERT_TRUE(made.ok());
  const auto perimeter = room_->office().grants.perimeter_of(made->first.id, false);
  EXPECT_EQ(perimeter->places(Right::indicators).value(), (std::vector<std::string>{"A", "ght-1"}));
  EXPECT_FALSE(perimeter->knows("B"));
  EXPECT_EQ(room_->office().grants.of(made->first.id).at(0).exceptions, std::vector<std::string>{"B"});

  given.account = made->first.id;
  const auto code = [&] {
    const auto done = room_->office().grants.give(owner(), given);
    return done.ok() ? "" : done.error().message.code;
  };
  for (const char* outside : {"C", "ght-1", "nowhere"}) {
    given.exceptions = {outside};
    EXPECT_EQ(code(), "access.exception_outside") << outside;
  }
  given.exceptions = {"B"};
  given.recursive = false;
  EXPECT_EQ(code(), "access.exception_outside") << "nothing below";
  given.place = "";
  EXPECT_EQ(code(), "access.exception_outside") << "everywhere has no exception";
  // A second role without the exception reaches it all the same.
  given.place = "B";
  given.exceptions = {};
  EXPECT_EQ(code(), "");
  EXPECT_TRUE(room_->office().grants.perimeter_of(made->first.id, false)->knows("B"));
}

TEST_P(grants, a_strong_role_gives_nothing_without_a_second_factor) {
  Member chief = member("rssi", "rssi", "A");
  EXPECT_FALSE(session_of(chief.secret).can(Right::indicators, "A"));
  EXPECT_TRUE(room_->needs_phone(session_of(chief.secret)));
  const std::string weak = chief.secret;
  give_phone(chief);
  EXPECT_FALSE(session_of(weak).known()) << "rotated when the rights grew";
  EXPECT_TRUE(session_of(chief.secret).can(Right::edit, "A"));
  EXPECT_FALSE(room_->needs_phone(session_of(chief.secret)));
}

TEST_P(grants, an_upper_level_sees_a_cartography_only_while_it_is_shared) {
  const Member officer = member("ars", "ars_officer", "ght-1", true);
  room_->office()
      .grants
      .give(owner(), {.account = officer.id,
                      .role = "ars_officer",
                      .place = "ght-1",
                      .hierarchy = "ght",
                      .recursive = true,
                      .starts = clock_.now()})
      .value();
  const auto sees = [&] {
    room_->office().sessions.changed();
    return session_of(officer.secret).places(Right::view).value();
  };
  EXPECT_EQ(session_of(officer.secret).places(Right::indicators),
            (std::vector<std::string>{"A", "B", "ght-1"}));
  EXPECT_EQ(sees(), std::vector<std::string>{});
  const auto share = [&](const std::string& place, std::optional<Instant> ends) {
    ASSERT_TRUE(
        room_->office().grants.share(owner(), {.place = place, .role = "ars_officer", .ends = ends}).ok());
  };
  share("A", clock_.now() + std::chrono::hours(1));
  share("C", {});
  EXPECT_EQ(sees(), std::vector<std::string>{"A"}) << "C is not below";
  clock_.pass(std::chrono::hours(2));
  EXPECT_EQ(sees(), std::vector<std::string>{});
  EXPECT_EQ(room_->office().grants.share(owner(), {.place = "A", .role = "samu"}).error().message.code,
            "access.no_such_role")
      << "a role that gains nothing by it";
  EXPECT_EQ(room_->trail().list({.deed = "share"}).size(), 2U);
}

TEST_P(grants, nobody_gives_what_he_has_not) {
  Member chief = member("rssi", "rssi", "A", true);
  const Member other = member("bob", "read_only", "A");
  const auto by = session_of(chief.secret);
  const auto give = [&](const std::string& account, const std::string& role, const std::string& place,
                        bool recursive = false) {
    return code_of(room_->office().grants.give(by, {.account = account,
                                                    .role = role,
                                                    .place = place,
                                                    .hierarchy = "ght",
                                                    .recursive = recursive,
                                                    .starts = clock_.now(),
                                                    .ends = clock_.now() + std::chrono::hours(8)}));
  };
  EXPECT_EQ(give(other.id, "read_only", "A"), "");
  EXPECT_EQ(give(other.id, "delegate_declare", "A"), "") << "a power of the night, decided by the director";
  EXPECT_EQ(give(other.id, "administrator", "A"), "access.more_than_own");
  EXPECT_EQ(give(other.id, "read_only", "B"), "api.no_such_place");
  EXPECT_EQ(give(other.id, "read_only", ""), "api.no_such_place");
  EXPECT_EQ(give(other.id, "read_only", "ght-1", true), "api.no_such_place");
  EXPECT_EQ(give(chief.id, "delegate_cut", "A"), "access.not_to_oneself");
  EXPECT_EQ(give(other.id, "no_such", "A"), "access.no_such_role");
  EXPECT_EQ(give(other.id, "on_call", "A"), "access.sealed_role");
  EXPECT_EQ(code_of(room_->office().grants.give(
                by, {.account = other.id, .role = "delegate_cut", .place = "A", .starts = clock_.now()})),
            "access.needs_end");
}

TEST_P(grants, a_grant_that_ran_out_stays_so_when_the_clock_goes_back) {
  const Member responder =
      member("renfort", "temporary_responder", "A", false, clock_.now() + std::chrono::hours(2));
  EXPECT_TRUE(session_of(responder.secret).can(Right::edit, "A"));
  EXPECT_FALSE(session_of(responder.secret).can(Right::adopt, "A"))
      << "a plan is the facility's own decision";
  clock_.pass(std::chrono::hours(2));
  EXPECT_FALSE(session_of(responder.secret).can(Right::edit, "A"));
  clock_.pass(-std::chrono::hours(1));
  EXPECT_FALSE(session_of(responder.secret).can(Right::edit, "A"));
  EXPECT_EQ(room_->office().grants.of(responder.id).at(0).ended_by, "time");
  EXPECT_EQ(room_->trail().list({.deed = "grant_ran_out"}).size(), 1U);
}

TEST_P(grants, a_grant_of_tomorrow_gives_nothing_today) {
  const Member later = member("demain", "observer", "A");
  room_->office()
      .grants
      .give(owner(), {.account = later.id,
                      .role = "read_only",
                      .place = "B",
                      .starts = clock_.now() + std::chrono::hours(24)})
      .value();
  EXPECT_FALSE(session_of(later.secret).can(Right::view, "B"));
  for (int hours = 0; hours < 25; hours += 5) {
    clock_.pass(std::chrono::hours(5));
    EXPECT_TRUE(session_of(later.secret).known()) << "used, so it lives on";
  }
  EXPECT_TRUE(session_of(later.secret).can(Right::view, "B"));
}

TEST_P(grants, people_are_seen_within_reach_only) {
  Member chief = member("rssi-a", "rssi", "A", true);
  const Member mine = member("lea", "read_only", "A");
  const Member theirs = member("bob", "read_only", "B");
  const auto by = session_of(chief.secret);
  EXPECT_EQ(logins(room_->people().list(by)), (std::set<std::string>{"rssi-a", "lea"}));
  EXPECT_EQ(logins(room_->people().list(owner())), (std::set<std::string>{"owner", "rssi-a", "lea", "bob"}));
  EXPECT_TRUE(room_->people().find(by, mine.id).ok());
  const auto hidden = room_->people().find(by, theirs.id);
  const auto none = room_->people().find(by, "no-such-id");
  EXPECT_EQ(code_of(hidden), "access.no_such_person");
  EXPECT_EQ(code_of(hidden), code_of(none));
  room_->office()
      .grants.give(owner(), {.account = mine.id, .role = "read_only", .place = "B", .starts = clock_.now()})
      .value();
  EXPECT_EQ(room_->people().find(by, mine.id)->grants.size(), 1U) << "the role at B is not his to see";
  EXPECT_EQ(code_of(room_->people().renew_link(by, mine.id)), "access.out_of_hand")
      << "or he would take over the role at B";
  EXPECT_EQ(code_of(room_->people().close(by, mine.id)), "access.out_of_hand");
}

TEST_P(grants, the_last_administrator_cannot_lock_himself_out) {
  const auto first = owner();
  const auto own_grant = room_->office().grants.of(first.account).at(0);
  EXPECT_EQ(code_of(room_->office().grants.take(first, first.account, own_grant.id)),
            "access.last_administrator");
  const Member second = member("adm", "administrator", "", true, clock_.now() + std::chrono::hours(24 * 30));
  EXPECT_EQ(code_of(room_->office().grants.take(first, first.account, own_grant.id)),
            "access.last_administrator")
      << "one that ends does not count";
  const Member third = member("adm2", "administrator", "", true);
  EXPECT_EQ(code_of(room_->people().close(session_of(third.secret), first.account)), "");
  EXPECT_FALSE(owner().known()) << "its session ended with it";
  EXPECT_EQ(code_of(room_->people().close(session_of(second.secret), third.id)), "access.last_administrator");
}

}  // namespace
}  // namespace releve::access
