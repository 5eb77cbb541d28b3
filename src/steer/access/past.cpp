// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/access.hpp"

namespace releve::access {

std::vector<store::Past> past() {
  const std::string long_closed = "active = 0 and coalesce(last_seen, created) < :before";
  const std::string of_long_closed = " where account in (select id from account where " + long_closed + ")";
  return {
      {"ended_sessions",
       {"delete from access_session where ends < :before",
        "delete from provider_session where session not in (select id from access_session)"}},
      {"unused_links", {"delete from invitation where ends < :before"}},
      {"spent_codes", {"delete from sealed_code where coalesce(used, revoked, ends) < :before"}},
      {"ended_tokens", {"delete from api_token where coalesce(ended, ends) < :before"}},
      {"ended_rights",
       {"delete from access_grant where coalesce(ended, ends) < :before",
        "delete from shared_place where ends < :before"}},
      // The sign-in name stays: the trail names its deeds by it.
      {"closed_accounts",
       {"update account set name = login, contact = '', password = '', totp = '' where " + long_closed +
            " and (name <> login or contact <> '' or password <> '' or totp <> '')",
        "delete from passkey" + of_long_closed, "delete from identity" + of_long_closed,
        "delete from recovery_code" + of_long_closed}},
      {std::string(past_trail),
       {"delete from trail_entry where number <= (select max(last) from trail_digest join trail_entry as e "
        "on "
        "e.number = last where e.at < :before)"}},
  };
}

}  // namespace releve::access
