// SPDX-License-Identifier: EUPL-1.2
// releve move: all facts from one database to another, of either engine. Nobody may serve them meanwhile.
#include "foundation/store/lock.hpp"
#include "foundation/store/process.hpp"
#include "foundation/store/tables.hpp"
#include "main/commands.hpp"

#include <iostream>

namespace releve::main {

namespace {

/// A database that nobody serves: its lock for SQLite; for PostgreSQL nobody who is alive.
struct Quiet {
  store::Lock lock;
  std::unique_ptr<store::Database> database;

  static Result<Quiet> open(const std::string& url) {
    Quiet quiet;
    quiet.lock = TRY(store::lock_database(url));
    quiet.database = TRY(store::open_database({url, 1}, SystemClock().now()));
    if (url.starts_with("sqlite:")) {
      return quiet;
    }
    std::size_t alive = 0;
    const Status looked = quiet.database->write([&](store::Transaction& t) -> Status {
      const store::Process onlooker{.alone = false};
      store::remove_dead(t, onlooker);
      alive = store::present(t, onlooker).ids.size();
      return Done{};
    });
    RELEVE_CHECK(looked.ok(), "looking changes nothing");
    if (alive > 0) {
      return Error{ErrorKind::conflict, message("move.in_use", {{"count", std::to_string(alive)}}), {}};
    }
    return quiet;
  }
};

Result<std::vector<store::TableContent>> move(const MoveCommand& command) {
  const Quiet from = TRY(Quiet::open(command.from));
  const Quiet to = TRY(Quiet::open(command.to));
  return store::carry_over(*from.database, *to.database);
}

}  // namespace

int run_move(const Shell& shell, const MoveCommand& command) {
  const auto arrived = move(command);
  if (!arrived) {
    return shell.fail(arrived.error());
  }
  std::int64_t rows = 0;
  for (const store::TableContent& one : *arrived) {
    std::cout << one.hash << "  " << one.rows << "  " << one.table << "\n";
    rows += one.rows;
  }
  std::cout << shell.say(message("move.done", {{"tables", std::to_string(arrived->size())},
                                               {"rows", std::to_string(rows)}}))
            << "\n";
  return 0;
}

}  // namespace releve::main
