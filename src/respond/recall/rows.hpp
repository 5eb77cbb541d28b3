// SPDX-License-Identifier: EUPL-1.2
// Reading the rows behind call-outs. Private to this room.
#pragma once

#include "foundation/store/described_rows.hpp"
#include "respond/recall/stored.hpp"

#include <optional>
#include <string>
#include <vector>

namespace releve::recall {

template <Described T>
std::vector<T> rows_where(store::Transaction& t, std::string_view table, std::string_view condition,
                          const std::vector<store::Binding>& bindings) {
  std::vector<T> list;
  for (const auto& row : t.query("select " + store::column_list<T>() + " from " + std::string(table) +
                                     " where " + std::string(condition),
                                 bindings)) {
    list.push_back(store::from_row<T>(row));
  }
  return list;
}

inline std::optional<StoredCallout> callout_called(store::Transaction& t, const std::string& id) {
  auto found = rows_where<StoredCallout>(t, "callout", "id = :id", {{"id", id}});
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

/// Newest first.
inline std::vector<StoredCallout> callouts_of(store::Transaction& t, const std::string& room) {
  return rows_where<StoredCallout>(t, "callout", "room = :room order by begun desc, id desc",
                                   {{"room", room}});
}

/// As they were called.
inline std::vector<StoredCalled> called_from(store::Transaction& t, const std::string& room) {
  return rows_where<StoredCalled>(
      t, "called", "callout in (select id from callout where room = :room) order by place", {{"room", room}});
}

inline std::vector<StoredCalled> calls_of(store::Transaction& t, const std::string& room,
                                          const std::string& person) {
  return rows_where<StoredCalled>(
      t, "called", "person = :person and callout in (select id from callout where room = :room)",
      {{"person", person}, {"room", room}});
}

inline std::vector<StoredSending> sendings_from(store::Transaction& t, const std::string& room) {
  return rows_where<StoredSending>(
      t, "call_sending",
      "called in (select id from called where callout in (select id from callout "
      "where room = :room)) order by due, id",
      {{"room", room}});
}

inline std::int64_t milliseconds(Instant at) {
  return at.time_since_epoch().count();
}

}  // namespace releve::recall
