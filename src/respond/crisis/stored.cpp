// SPDX-License-Identifier: EUPL-1.2
#include "respond/crisis/stored.hpp"

#include "foundation/store/described_rows.hpp"

namespace releve::crisis {

using store::column_list;
using store::from_row;
using store::Transaction;

std::string context_of(const std::string& chain, std::int64_t number) {
  return "journal:" + chain + ":" + std::to_string(number);
}

Head head_of(const StoredChain& chain) {
  return {chain.number, chain.head};
}

Chain chain_of(const StoredChain& chain) {
  return {chain.id, chain.begun_in, chain.node};
}

std::vector<Room> rooms_where(Transaction& t, std::string_view condition,
                              const std::vector<store::Binding>& bindings) {
  std::vector<Room> list;
  for (const auto& row :
       t.query("select " + column_list<Room>() + " from room where " + std::string(condition) +
                   " order by closed is not null, opened desc, id desc",
               bindings)) {
    list.push_back(from_row<Room>(row));
  }
  return list;
}

std::vector<StoredChain> chains_of(Transaction& t, const std::string& room) {
  std::vector<StoredChain> list;
  for (const auto& row : t.query("select " + column_list<StoredChain>() +
                                     " from journal_chain where room = :room order by own desc, id",
                                 {{"room", room}})) {
    list.push_back(from_row<StoredChain>(row));
  }
  return list;
}

std::optional<StoredLine> line_called(Transaction& t, const std::string& id) {
  for (const auto& row :
       t.query("select " + column_list<StoredLine>() + " from journal_line where id = :id", {{"id", id}})) {
    return from_row<StoredLine>(row);
  }
  return std::nullopt;
}

std::int64_t last_arrival(Transaction& t, const std::string& room) {
  return t.query("select coalesce(max(arrived), 0) from journal_line where room = :room", {{"room", room}})
      .at(0)
      .integer(0);
}

}  // namespace releve::crisis
