// SPDX-License-Identifier: EUPL-1.2
// What people answered or overrode: the rows that lie over the imports.
#include "foundation/base/edited.hpp"
#include "foundation/store/described_rows.hpp"
#include "prepare/cartography/facilities.hpp"

namespace releve::cartography {

using store::bindings_of;
using store::column_list;
using store::from_row;
using store::parameter_list;
using store::Transaction;

std::vector<AnswerRow> Facilities::answers(const std::string& facility) const {
  std::vector<AnswerRow> list;
  parts_.database.read([&](Transaction& t) {
    for (const auto& row :
         t.query("select " + column_list<AnswerRow>() +
                     " from answer where facility = :facility order by answered desc, element, field",
                 {{"facility", facility}})) {
      list.push_back(from_row<AnswerRow>(row));
    }
  });
  return list;
}

Status Facilities::answer(const std::string& facility, const std::string& element, const std::string& field,
                          const std::string& json, const std::string& by,
                          const std::optional<std::string>& seen) {
  TRY(find(facility));
  const auto value = JsonDocument::parse(json);
  if (!value || value->root().kind() == JsonValue::Kind::object || json.size() > 4000) {
    return Error{ErrorKind::invalid, message("answer.bad_value"), "value"};
  }
  const AnswerRow row{facility, element, field, json, parts_.clock.now(), by};
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    const auto there =
        t.query("select " + column_list<AnswerRow>() +
                    " from answer where facility = :facility and element = :element and field = :field",
                {{"facility", facility}, {"element", element}, {"field", field}});
    if (seen) {
      const auto now = there.empty() ? AnswerRow{} : from_row<AnswerRow>(there.front());
      const std::string given = there.empty() ? "" : to_rfc3339(now.answered);
      if (given != *seen && now.value != json) {
        return changed_meanwhile(now.value, json);
      }
    }
    t.execute("delete from answer where facility = :facility and element = :element and field = :field",
              {{"facility", facility}, {"element", element}, {"field", field}});
    t.execute(
        "insert into answer (" + column_list<AnswerRow>() + ") values (" + parameter_list<AnswerRow>() + ")",
        bindings_of(row));
    t.execute("update facility set version = version + 1 where id = :facility", {{"facility", facility}});
    return Done{};
  }));
  publish_facility(facility);
  return Done{};
}

Status Facilities::remove_answer(const std::string& facility, const std::string& element,
                                 const std::string& field) {
  TRY(find(facility));
  TRY(parts_.database.write([&](Transaction& t) -> Status {
    if (t.execute("delete from answer where facility = :facility and element = :element and field = :field",
                  {{"facility", facility}, {"element", element}, {"field", field}}) != 1) {
      return Error{ErrorKind::not_found, message("answer.not_found"), {}};
    }
    t.execute("update facility set version = version + 1 where id = :facility", {{"facility", facility}});
    return Done{};
  }));
  publish_facility(facility);
  return Done{};
}

}  // namespace releve::cartography
