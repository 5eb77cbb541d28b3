// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/access.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>
#include <iterator>

namespace releve::access {

Access::Access(Parts parts)
    : parts_(std::move(parts)),
      trail_(parts_.database, parts_.clock, parts_.key),
      grants_({parts_.database, parts_.clock, trail_, parts_.roles, parts_.exists, parts_.below}),
      sessions_({parts_.database, parts_.clock, parts_.key, grants_, parts_.changed}),
      office_{parts_.database, parts_.clock, parts_.key, parts_.roles, trail_,
              grants_,         sessions_,    passwords_, parts_.warn},
      entrance_(office_),
      own_(office_, entrance_),
      passkeys_(office_, entrance_, own_),
      people_(office_, entrance_),
      identities_(office_, entrance_, own_, parts_.providers),
      tokens_(office_, own_),
      night_(office_) {}

void Access::note(const api::Deed& deed) {
  using api::Right;
  const api::Endpoint& row = deed.endpoint;
  const bool reads = row.method == api::Method::get;
  const bool sensitive = row.right == Right::view || row.right == Right::crisis;
  const bool seen = reads && row.about == api::About::place && sensitive && deed.status < 400;
  const bool changed = !reads && row.right > Right::signed_in && deed.status < 400;
  if (!deed.refused && !seen && (!changed || row.own_trail)) {
    return;
  }
  TrailEntry entry{.actor = deed.session.user,
                   .peer = deed.session.peer,
                   .deed = deed.refused ? "refused"
                           : seen       ? "read"
                                        : "change",
                   .place = deed.place,
                   .subject = to_upper(text_of(row.method)) + " " + row.path};
  if (!deed.session.token.empty()) {
    entry.detail.push_back({"token", deed.session.token});
  }
  for (const auto& [name, value] : deed.values) {
    if (name != "facility") {
      entry.detail.push_back({name, shorten(value, 80)});
    }
  }
  if (changed) {
    trail_.note(std::move(entry));
    return;
  }
  if (deed.refused) {  // whoever tries the names of all places fills no disk
    if (!refusals_.may_try(deed.session.id, deed.session.now)) {
      return;
    }
    refusals_.failed(deed.session.id, deed.session.now);
  }
  const std::string once = deed.session.id + " " + entry.deed + " " + entry.subject + " " + entry.place;
  trail_.note_once(once, std::move(entry));
}

bool Access::needs_phone(const api::Session& session) const {
  if (session.strong || session.account.empty()) {
    return false;
  }
  const auto grants = grants_.of(session.account);
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& one) {
    const Role* role = parts_.roles.find(one.role);
    return !one.ended && role != nullptr && role->strong;
  });
}

std::vector<api::Endpoint> Access::endpoints() {
  std::vector<api::Endpoint> rows = door_endpoints(office_, entrance_, own_, identities_);
  for (auto& more :
       {account_door_endpoints(own_, people_, identities_, tokens_), passkey_endpoints(own_, passkeys_),
        people_endpoints(office_, people_), night_endpoints(night_), trail_endpoints(office_)}) {
    rows.insert(rows.end(), more.begin(), more.end());
  }
  return rows;
}

}  // namespace releve::access
