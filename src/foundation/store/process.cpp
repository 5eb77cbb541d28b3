// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/process.hpp"

#include <limits>

namespace releve::store {
namespace {

std::string milliseconds_of(const std::string& time) {
  return "cast(extract(epoch from " + time + ") * 1000 as bigint)";
}

/// The condition under which a row of "process" is of somebody who is gone, and what it asks for.
struct Dead {
  explicit Dead(const Process& self) {
    if (self.alone) {
      where = "id <> :self";
      bindings = {{"self", self.id}};
      return;
    }
    where = "greatest(alive_until, " + milliseconds_of("pg_postmaster_start_time()") + " + :lease) < " +
            milliseconds_of("clock_timestamp()");
    bindings = {{"lease", std::int64_t{lease.count()}}};
  }

  std::string where;
  std::vector<Binding> bindings;
};

}  // namespace

void appear(Transaction& transaction, const Process& self) {
  const std::string until =
      self.alone ? "cast(:time as bigint)" : milliseconds_of("clock_timestamp()") + " + :time";
  const std::int64_t time = self.alone ? std::numeric_limits<std::int64_t>::max() : lease.count();
  transaction.execute("insert into process (id, alive_until) values (:id, " + until +
                          ") on conflict (id) do update set alive_until = excluded.alive_until",
                      {{"id", self.id}, {"time", time}});
}

void leave(Transaction& transaction, const Process& self) {
  transaction.execute("delete from process where id = :id", {{"id", self.id}});
}

void remove_dead(Transaction& transaction, const Process& self) {
  const Dead dead(self);
  transaction.execute("delete from process where " + dead.where, dead.bindings);
}

Present present(Transaction& transaction, const Process& self) {
  Present now;
  const Dead dead(self);
  for (const Row& row :
       transaction.query("select id, case when " + dead.where + " then 1 else 0 end from process order by id",
                         dead.bindings)) {
    now.ids.push_back(row.text(0));
    now.some_dead = now.some_dead || row.integer(1) != 0;
  }
  return now;
}

}  // namespace releve::store
