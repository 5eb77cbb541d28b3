// SPDX-License-Identifier: EUPL-1.2
// People, what they may do, and what a facility shares.
#include "foundation/api/bind.hpp"
#include "steer/access/access.hpp"

namespace releve::access {

using api::Method;
using api::Nothing;
using api::Right;
using api::Session;

struct PersonPath {
  std::string id;
};

struct PersonRows {
  std::vector<Person> items;
};

struct InviteBody {
  std::string login;
  std::string name;
  std::string contact;
  std::string role;
  std::string place;
  std::string hierarchy;
  bool recursive = false;
  std::vector<std::string> exceptions;
  std::optional<Instant> starts;
  std::optional<Instant> ends;
};

struct GrantBody {
  std::string id;
  std::string role;
  std::string place;
  std::string hierarchy;
  bool recursive = false;
  std::vector<std::string> exceptions;
  std::optional<Instant> starts;
  std::optional<Instant> ends;
};

struct GrantPath {
  std::string id;
  std::string grant;
};

struct InvitedPerson {
  Person person;
  std::string token;
};

struct ShareBody {
  std::string facility;
  std::string role;
  std::optional<Instant> ends;
};

struct SharePath {
  std::string facility;
  std::string role;
};

struct SharesPath {
  std::string facility;
};

struct ShareRows {
  std::vector<SharedPlace> items;
};

constexpr Rules a_role{.min_length = 1, .max_length = 40};
constexpr Rules a_place{.max_length = 64};
constexpr Rules a_hierarchy{.max_length = 20, .optional = true};
constexpr Rules left_out{.optional = true};
constexpr Rules some_places{.max_length = 50, .optional = true};

constexpr auto describe(PersonPath*) {
  return Fields{field<&PersonPath::id>("person")};
}

constexpr auto describe(PersonRows*) {
  return Fields{field<&PersonRows::items>("by name")};
}

constexpr auto describe(InviteBody*) {
  return Fields{field<&InviteBody::login>("sign-in name: letters, digits, . - _ @",
                                          {.min_length = 2, .max_length = 100}),
                field<&InviteBody::name>("name", {.min_length = 1, .max_length = 200}),
                field<&InviteBody::contact>("how to reach the person", {.max_length = 300, .optional = true}),
                field<&InviteBody::role>("first role", a_role),
                field<&InviteBody::place>("where; empty: everywhere", a_place),
                field<&InviteBody::hierarchy>("in which hierarchy", a_hierarchy),
                field<&InviteBody::recursive>("also at all places below", left_out),
                field<&InviteBody::exceptions>("places below that it does not reach", some_places),
                field<&InviteBody::starts>("from; absent: now", left_out),
                field<&InviteBody::ends>("until; absent: taken back one day", left_out)};
}

constexpr auto describe(GrantBody*) {
  return Fields{field<&GrantBody::id>("person"),
                field<&GrantBody::role>("role", a_role),
                field<&GrantBody::place>("where; empty: everywhere", a_place),
                field<&GrantBody::hierarchy>("in which hierarchy", a_hierarchy),
                field<&GrantBody::recursive>("also at all places below", left_out),
                field<&GrantBody::exceptions>("places below that it does not reach", some_places),
                field<&GrantBody::starts>("from; absent: now", left_out),
                field<&GrantBody::ends>("until; absent: taken back one day", left_out)};
}

constexpr auto describe(GrantPath*) {
  return Fields{field<&GrantPath::id>("person"), field<&GrantPath::grant>("grant")};
}

constexpr auto describe(InvitedPerson*) {
  return Fields{field<&InvitedPerson::person>("the new account"),
                field<&InvitedPerson::token>("of the link to hand over; shown this once")};
}

constexpr auto describe(ShareBody*) {
  return Fields{field<&ShareBody::facility>("facility"),
                field<&ShareBody::role>("with the holders of which role", a_role),
                field<&ShareBody::ends>("until; absent: taken back one day", left_out)};
}

constexpr auto describe(SharePath*) {
  return Fields{field<&SharePath::facility>("facility"), field<&SharePath::role>("role")};
}

constexpr auto describe(SharesPath*) {
  return Fields{field<&SharesPath::facility>("facility")};
}

constexpr auto describe(ShareRows*) {
  return Fields{field<&ShareRows::items>("by role")};
}

namespace {

template <class Body>
Grant grant_of(const Office& office, const Body& given) {
  return {.role = given.role,
          .place = given.place,
          .hierarchy = given.recursive ? given.hierarchy : "",
          .recursive = given.recursive,
          .starts = given.starts.value_or(office.clock.now()),
          .ends = given.ends,
          .exceptions = given.exceptions};
}

api::Endpoint about_people(api::Endpoint row) {
  return api::with_own_trail(api::listed(std::move(row)));
}

}  // namespace

std::vector<api::Endpoint> people_endpoints(Office& office, People& people) {
  using api::on;
  const auto shares = [&office](const std::string& facility) -> Result<ShareRows> {
    return ShareRows{TRY(office.grants.shared(facility))};
  };
  return {
      on(Method::get, "/roles", Right::signed_in, "What each role allows",
         [&office](const Session&, const Nothing&) -> Result<RoleTable> { return office.roles; }),
      about_people(on(Method::get, "/people", Right::grant, "People within reach",
                      [&people](const Session& by, const Nothing&) -> Result<PersonRows> {
                        return PersonRows{people.list(by)};
                      })),
      about_people(
          on(Method::post, "/people", Right::grant, "Invite somebody",
             [&office, &people](const Session& by, const InviteBody& given) -> Result<InvitedPerson> {
               auto [person, token] =
                   TRY(people.invite(by, given.login, given.name, given.contact, grant_of(office, given)));
               return InvitedPerson{std::move(person), std::move(token)};
             })),
      about_people(on(Method::get, "/people/{id}", Right::grant, "One person",
                      [&people](const Session& by, const PersonPath& at) { return people.find(by, at.id); })),
      about_people(on(Method::post, "/people/{id}/grants", Right::grant, "Give a role",
                      [&office, &people](const Session& by, const GrantBody& given) -> Result<Person> {
                        TRY(people.find(by, given.id));
                        Grant grant = grant_of(office, given);
                        grant.account = given.id;
                        TRY(office.grants.give(by, grant));
                        office.sessions.changed();
                        return people.find(by, given.id);
                      })),
      about_people(on(Method::post, "/people/{id}/grants/{grant}/end", Right::grant, "Take a role back",
                      [&office, &people](const Session& by, const GrantPath& at) -> Result<Person> {
                        TRY(people.find(by, at.id));
                        TRY(office.grants.take(by, at.id, at.grant));
                        office.sessions.changed();
                        return people.find(by, at.id);
                      })),
      about_people(on(Method::post, "/people/{id}/link", Right::grant, "A new link to choose a password",
                      [&people](const Session& by, const PersonPath& at) -> Result<InvitedPerson> {
                        const std::string token = TRY(people.renew_link(by, at.id));
                        return InvitedPerson{TRY(people.find(by, at.id)), token};
                      })),
      about_people(on(Method::post, "/people/{id}/close", Right::grant, "Close an account",
                      [&people](const Session& by, const PersonPath& at) -> Result<Person> {
                        TRY(people.close(by, at.id));
                        return people.find(by, at.id);
                      })),
      on(Method::get, "/facilities/{facility}/shares", Right::grant,
         "With whom a facility shares its cartography",
         [shares](const Session&, const SharesPath& at) { return shares(at.facility); }),
      api::with_own_trail(on(
          Method::post, "/facilities/{facility}/shares", Right::grant, "Share it",
          [&office, shares](const Session& by, const ShareBody& given) -> Result<ShareRows> {
            TRY(office.grants.share(by, {.place = given.facility, .role = given.role, .ends = given.ends}));
            office.sessions.changed();
            return shares(given.facility);
          })),
      api::with_own_trail(on(Method::post, "/facilities/{facility}/shares/{role}/end", Right::grant,
                             "Share it no more",
                             [&office, shares](const Session& by, const SharePath& at) -> Result<ShareRows> {
                               TRY(office.grants.unshare(by, at.facility, at.role));
                               office.sessions.changed();
                               return shares(at.facility);
                             })),
  };
}

}  // namespace releve::access
