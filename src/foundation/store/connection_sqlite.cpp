// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/connection.hpp"
#include "foundation/store/soci_bindings.hpp"
#include "foundation/store/sql_text.hpp"

#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <thread>

namespace releve::store {
namespace {

using namespace sqlite_api;

constexpr int primary(int code) {
  return code & 0xFF;
}

bool is_environment(int code, Use use) {
  switch (primary(code)) {
    case SQLITE_READONLY:
      return use == Use::writer;  // a reader that writes is our own bug
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
    case SQLITE_INTERRUPT:
    case SQLITE_NOLFS:
    case SQLITE_AUTH:
      return true;
    default:
      return false;
  }
}

/// The file, made for its owner alone. O_EXCL: an existing database is never opened and closed here, for
/// closing any descriptor of a file drops all locks that SQLite holds on it in this process.
void create_private(const std::string& path) {
  const int file = open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) {
    close(file);
  }
}

Value cell(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return std::monostate{};
    case SQLITE_INTEGER:
      return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE3_TEXT: {
      const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    }
    default:
      throw Bug("an answer holds bytes: keep them as files or hex text");
  }
}

/// A statement of SQLite's own, for many rows in turn.
class Prepared {
 public:
  Prepared(sqlite_api::sqlite3* handle, const std::string& sql) : handle_(handle) {
    check(sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement_, nullptr));
  }

  ~Prepared() { sqlite3_finalize(statement_); }

  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  void run(const std::vector<Value>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      bind(static_cast<int>(i) + 1, values[i]);
    }
    const int code = sqlite3_step(statement_);
    check(code == SQLITE_DONE ? SQLITE_OK : code);
    check(sqlite3_reset(statement_));
  }

 private:
  void bind(int place, const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      check(sqlite3_bind_int64(statement_, place, *integer));
    } else if (const auto* real = std::get_if<double>(&value)) {
      check(sqlite3_bind_double(statement_, place, *real));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      // Static: the value outlives the step that reads it.
      check(
          sqlite3_bind_text(statement_, place, text->data(), static_cast<int>(text->size()), SQLITE_STATIC));
    } else {
      check(sqlite3_bind_null(statement_, place));
    }
  }

  void check(int code) const {
    if (code != SQLITE_OK) {
      throw soci::sqlite3_soci_error(sqlite3_errmsg(handle_), code);
    }
  }

  sqlite_api::sqlite3* handle_;
  sqlite_api::sqlite3_stmt* statement_ = nullptr;
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const std::string& path, Use use) : use_(use) {
    if (path.empty() || path.find('"') != std::string::npos) {
      throw EnvironmentFailure("SQLite: not a usable path");
    }
    create_private(path);
    guarded([&] { session_.open(soci::sqlite3, "dbname=\"" + path + "\""); });
    sqlite3_extended_result_codes(handle(), 1);
    sqlite3_busy_timeout(handle(), static_cast<int>(std::chrono::milliseconds(turn_limit).count()));
    switch_to_wal();
    for (const char* pragma : {"pragma synchronous = full", "pragma foreign_keys = on",
                               "pragma temp_store = memory", "pragma journal_size_limit = 67108864",
                               "pragma cache_size = -16384", "pragma trusted_schema = off"}) {
      run(pragma, {});
    }
    if (use_ == Use::reader) {
      run("pragma query_only = on", {});
    }
  }

  void begin() override { run(use_ == Use::writer ? "begin immediate" : "begin", {}); }

  void commit() override { run("commit", {}); }

  void rollback() noexcept override {
    // A full disk makes SQLite roll back by itself.
    if (sqlite3_get_autocommit(handle()) == 0) {
      sqlite3_exec(handle(), "rollback", nullptr, nullptr, nullptr);
    }
  }

  Answer run(std::string_view sql, const std::vector<Binding>& bindings) override {
    Answer answer;
    guarded([&] {
      BoundValues bound;
      soci::statement statement(session_);
      statement.alloc();
      statement.prepare(std::string(sql));
      bound.bind(statement, bindings);
      statement.define_and_bind();
      auto* backend = static_cast<soci::sqlite3_statement_backend*>(statement.get_backend());
      const auto before = sqlite3_total_changes64(handle());
      // Cells are read from SQLite itself: SOCI goes by declared types and would cut integers to 32 bits.
      bool more = statement.execute(true);
      while (more) {
        std::vector<Value> cells;
        cells.reserve(static_cast<std::size_t>(sqlite3_column_count(backend->stmt_)));
        for (int column = 0; column < sqlite3_column_count(backend->stmt_); ++column) {
          cells.push_back(cell(backend->stmt_, column));
        }
        answer.rows.emplace_back(std::move(cells));
        more = backend->fetch(1) == soci::details::statement_backend::ef_success;
      }
      // sqlite3_changes() alone would repeat the count of an earlier statement.
      answer.changed = sqlite3_total_changes64(handle()) == before ? 0 : sqlite3_changes64(handle());
    });
    return answer;
  }

  void insert(std::string_view table, const std::vector<std::string_view>& columns,
              const std::vector<std::vector<Value>>& rows) override {
    guarded([&] {
      std::string places(columns.size() * 2, ',');
      for (std::size_t i = 0; i < columns.size(); ++i) {
        places[2 * i] = '?';
      }
      places.pop_back();
      Prepared statement(handle(), "insert into " + std::string(table) + " (" + joined(columns) +
                                       ") values (" + places + ")");
      for (const std::vector<Value>& row : rows) {
        statement.run(row);
      }
    });
  }

 private:
  sqlite_api::sqlite3* handle() {
    return static_cast<soci::sqlite3_session_backend*>(session_.get_backend())->conn_;
  }

  template <class Work>
  void guarded(Work work) {
    try {
      work();
    } catch (const soci::sqlite3_soci_error& error) {
      const std::string text = "SQLite: " + error.get_error_message();
      // SOCI keeps no code for a statement that fails to open; the connection has it.
      const int code = session_.get_backend() ? sqlite3_extended_errcode(handle()) : error.result();
      if (is_environment(code, use_) || is_environment(error.result(), use_)) {
        throw EnvironmentFailure(text);
      }
      throw Bug(text);
    } catch (const soci::soci_error& error) {
      throw Bug("SOCI: " + error.get_error_message());
    }
  }

  /// Two processes that both open a new file collide here, where SQLite does not wait by itself.
  void switch_to_wal() {
    const auto pause = std::chrono::milliseconds(10);
    for (auto waited = std::chrono::milliseconds(0);; waited += pause) {
      try {
        if (run("pragma journal_mode = wal", {}).rows.at(0).text(0) != "wal") {
          throw EnvironmentFailure("SQLite: this place cannot hold a write-ahead log");
        }
        return;
      } catch (const EnvironmentFailure&) {
        if (primary(sqlite3_errcode(handle())) != SQLITE_BUSY || waited >= turn_limit) {
          throw;
        }
      }
      std::this_thread::sleep_for(pause);
    }
  }

  Use use_;
  soci::session session_;
};

}  // namespace

std::unique_ptr<Connection> connect_sqlite(const std::string& path, Use use) {
  return std::make_unique<SqliteConnection>(path, use);
}

}  // namespace releve::store
