// SPDX-License-Identifier: EUPL-1.2
// Roles are data: a name and the rights it gives. data/access/roles.json, which an operator's folder may
// replace; nobody changes it from the page, or whoever may change settings could give himself every right.
#pragma once

#include "foundation/api/perimeter.hpp"
#include "foundation/base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::access {

/// How a role is held.
enum class Held {
  lasting,  // by an account, until it is taken back
  dated,    // by an account, with an end from the start: people from outside, delegations of a night
  sealed,   // by whoever opens a printed code
};

constexpr auto describe(Held*) {
  return Names{name(Held::lasting, "lasting"), name(Held::dated, "dated"), name(Held::sealed, "sealed")};
}

struct Role {
  std::string id;
  std::vector<api::Right> rights;
  std::vector<api::Right> if_shared;  // only where the facility shares its cartography with this role
  bool strong = false;                // gives nothing to a session without a second factor
  Held held = Held::lasting;
};

constexpr auto describe(Role*) {
  return Fields{field<&Role::id>("identity; its name is the text access.role.<id> of the catalogue",
                                 {.min_length = 1, .max_length = 40}),
                field<&Role::rights>("what it allows"),
                field<&Role::if_shared>("what it allows where the facility shares", {.optional = true}),
                field<&Role::strong>("only with a second factor", {.optional = true}),
                field<&Role::held>("how it is held", {.optional = true})};
}

struct RoleTable {
  std::string version;
  std::string source;
  std::vector<Role> roles;

  const Role* find(std::string_view id) const;
};

constexpr auto describe(RoleTable*) {
  return Fields{field<&RoleTable::version>("of the table"), field<&RoleTable::source>("where it comes from"),
                field<&RoleTable::roles>("each role once")};
}

/// The lasting role of whoever runs the instance: one account at least must keep it everywhere.
inline constexpr std::string_view administrator_role = "administrator";

/// Errors: those of the JSON reader; roles.bad_table (a role twice, a right that needs no role, no
/// administrator).
Result<RoleTable> read_roles(std::string_view json);
/// The table of this program.
RoleTable built_in_roles();

}  // namespace releve::access
