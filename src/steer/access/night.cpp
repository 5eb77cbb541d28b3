// SPDX-License-Identifier: EUPL-1.2
#include "steer/access/night.hpp"

#include "foundation/base/id.hpp"
#include "foundation/base/text.hpp"
#include "foundation/store/among.hpp"
#include "foundation/store/described_rows.hpp"

namespace releve::access {

using store::Transaction;

namespace {

constexpr std::size_t code_letters = 16;  // 80 bits, each letter of 5

}  // namespace

std::vector<SealedCode> Night::list(const api::Session& by) const {
  std::vector<SealedCode> codes;
  office_.database.read([&](Transaction& t) {
    for (const auto& row : t.query("select " + store::column_list<SealedCode>() + " from sealed_code where " +
                                       store::among("place", "places") + " order by created desc, id desc",
                                   {{"places", store::one_text(by.places(api::Right::grant))}})) {
      codes.push_back(store::from_row<SealedCode>(row));
    }
  });
  return codes;
}

Result<std::pair<SealedCode, std::string>> Night::print(const api::Session& by, const std::string& post,
                                                        const std::string& role, const std::string& place) {
  TRY(office_.grants.may_give(by, {.role = role, .place = place}));
  if (office_.roles.find(role)->held != Held::sealed) {
    return refused(ErrorKind::invalid, "access.sealed_role", "role");
  }
  const std::string letters = random_letters(code_letters);
  const Instant now = office_.clock.now();
  const SealedCode code{.id = mint_uuid(now),
                        .secret = office_.key.tag("sealed:" + letters),
                        .post = std::string(trim(post)),
                        .role = role,
                        .place = place,
                        .created = now,
                        .created_by = by.user,
                        .ends = now + code_lasts};
  TRY(office_.database.write([&](Transaction& t) -> Status {
    t.execute(store::insert_into<SealedCode>("sealed_code"), store::bindings_of(code));
    office_.trail.append(t, {.actor = by.user,
                             .peer = by.peer,
                             .deed = "code_printed",
                             .place = place,
                             .subject = code.post,
                             .detail = {{"role", role}}});
    return Done{};
  }));
  return std::pair(code, letters);
}

Status Night::revoke(const api::Session& by, const std::string& id) {
  TRY(office_.database.write([&](Transaction& t) -> Status {
    const auto rows = t.query("select " + store::column_list<SealedCode>() +
                                  " from sealed_code where id = :id and " + store::among("place", "places"),
                              {{"id", id}, {"places", store::one_text(by.places(api::Right::grant))}});
    if (rows.empty()) {
      return refused(ErrorKind::not_found, "access.no_such_code");
    }
    const auto code = store::from_row<SealedCode>(rows[0]);
    t.execute("update sealed_code set revoked = :now, revoked_by = :by where id = :id and revoked is null",
              {{"now", store::detail::to_value(office_.clock.now())}, {"by", by.user}, {"id", id}});
    office_.sessions.end_all(t, "", id, "");
    office_.trail.append(t, {.actor = by.user,
                             .peer = by.peer,
                             .deed = "code_revoked",
                             .place = code.place,
                             .subject = code.post});
    return Done{};
  }));
  office_.sessions.changed();
  return Done{};
}

}  // namespace releve::access
