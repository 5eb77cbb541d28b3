// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/role.hpp"

#include "foundation/base/embedded.hpp"
#include "foundation/describe/json.hpp"

#include <algorithm>
#include <set>
#include <span>

namespace releve::access {

std::span<const EmbeddedFile> embedded_files();  // made by releve_embed()

const Role* RoleTable::find(std::string_view id) const {
  const auto found = std::find_if(roles.begin(), roles.end(), [&](const Role& one) { return one.id == id; });
  return found == roles.end() ? nullptr : &*found;
}

Result<RoleTable> read_roles(std::string_view json) {
  RoleTable table = TRY(from_json<RoleTable>(json));
  const auto bad = [](const std::string& role) {
    return Error{ErrorKind::invalid, message("roles.bad_table", {{"role", role}}), "roles.json"};
  };
  std::set<std::string> seen;
  for (const Role& role : table.roles) {
    const auto needs_no_role = [](api::Right right) { return right <= api::Right::signed_in; };
    if (!seen.insert(role.id).second || std::any_of(role.rights.begin(), role.rights.end(), needs_no_role) ||
        std::any_of(role.if_shared.begin(), role.if_shared.end(), needs_no_role)) {
      return bad(role.id);
    }
  }
  const auto administrator = std::find_if(table.roles.begin(), table.roles.end(),
                                          [](const Role& one) { return one.id == administrator_role; });
  if (administrator == table.roles.end() || administrator->held != Held::lasting) {
    return bad(std::string(administrator_role));
  }
  // An operator's table from before this right was known: somebody must be able to adopt a plan.
  const auto adopts = [](const Role& one) {
    return std::find(one.rights.begin(), one.rights.end(), api::Right::adopt) != one.rights.end();
  };
  if (std::none_of(table.roles.begin(), table.roles.end(), adopts)) {
    administrator->rights.push_back(api::Right::adopt);
  }
  return table;
}

RoleTable built_in_roles() {
  auto table = read_roles(embedded_files().front().bytes);
  RELEVE_CHECK(table.ok(), "the built-in roles read");
  return std::move(table).value();
}

}  // namespace releve::access
