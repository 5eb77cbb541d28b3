// SPDX-License-Identifier: EUPL-1.2
#include "foundation/base/text.hpp"
#include "foundation/store/connection.hpp"
#include "foundation/store/soci_bindings.hpp"
#include "foundation/store/sql_text.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include <array>
#include <charconv>
#include <memory>

namespace releve::store {
namespace {

// Type numbers of pg_catalog.pg_type.dat, fixed for ever.
enum TypeNumber : unsigned {
  type_bool = 16,
  type_name = 19,
  type_int8 = 20,
  type_int2 = 21,
  type_int4 = 23,
  type_text = 25,
  type_float4 = 700,
  type_float8 = 701,
  type_varchar = 1043,
  type_void = 2278
};

/// SQLSTATE classes: connection, resources, operator, system, internal, serialisation.
bool is_environment(std::string_view state, Use use) {
  if (state == "25006") {
    return use == Use::writer;  // read-only: a standby for a writer, our own bug for a reader
  }
  if (state == "55P03" || state == "3D000") {
    return true;  // no turn in time; the base was dropped
  }
  for (const std::string_view group : {"08", "28", "40", "53", "57", "58", "XX"}) {
    if (state.substr(0, 2) == group) {
      return true;
    }
  }
  return false;
}

/// The first line: those below it quote values.
std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

template <class Number>
Number parsed(std::string_view text) {
  Number number{};
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  RELEVE_CHECK(end.ec == std::errc() && end.ptr == text.data() + text.size(),
               "PostgreSQL writes numbers as C does");
  return number;
}

Value cell(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column)) {
    return std::monostate{};
  }
  const std::string_view text(PQgetvalue(result, row, column),
                              static_cast<std::size_t>(PQgetlength(result, row, column)));
  switch (PQftype(result, column)) {
    case type_bool:
      return std::int64_t{text == "t"};
    case type_int2:
    case type_int4:
    case type_int8:
      return parsed<std::int64_t>(text);
    case type_float4:
    case type_float8:
      return parsed<double>(text);
    case type_text:
    case type_varchar:
    case type_name:
      return std::string(text);
    case type_void:
      return std::monostate{};
    default:
      throw Bug("column " + std::to_string(column) + " is of PostgreSQL type " +
                std::to_string(PQftype(result, column)) + ": cast it to bigint, double precision or text");
  }
}

/// One line of COPY's text format.
void append_copy_line(std::string& out, const std::vector<Value>& row) {
  for (const Value& value : row) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      out += std::to_string(*integer);
    } else if (const auto* real = std::get_if<double>(&value)) {
      std::array<char, 32> digits{};
      const auto end = std::to_chars(digits.begin(), digits.end(), *real).ptr;
      out.append(digits.begin(), end);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      for (const char c : *text) {
        const std::size_t escaped = std::string_view("\\\t\n\r").find(c);
        escaped == std::string_view::npos ? out += c : out.append(1, '\\').append(1, "\\tnr"[escaped]);
      }
    } else {
      out += "\\N";
    }
    out += &value == &row.back() ? '\n' : '\t';
  }
}

class PostgresqlConnection final : public Connection {
 public:
  PostgresqlConnection(const std::string& url, Use use) : url_(url), use_(use) { connect(); }

  void begin() override {
    if (!session_ || PQstatus(handle()) != CONNECTION_OK) {
      connect();
    }
    try {
      begin_here();
    } catch (const EnvironmentFailure&) {
      // The server may have restarted since; nothing was asked of it yet, so asking again is safe.
      if (PQstatus(handle()) == CONNECTION_OK) {
        rollback();
        throw;
      }
      connect();
      begin_here();
    }
  }

  void commit() override { run("commit", {}); }

  void rollback() noexcept override {
    try {
      if (session_ && PQtransactionStatus(handle()) != PQTRANS_IDLE) {
        run("rollback", {});
      }
    } catch (const std::exception&) {
      session_.reset();  // begin() connects anew, and the server rolls back what it has lost sight of
    }
  }

  Answer run(std::string_view sql, const std::vector<Binding>& bindings) override {
    Answer answer;
    guarded([&] {
      BoundValues bound;
      soci::statement statement(*session_);
      statement.alloc();
      statement.prepare(with_casts(sql, bindings), soci::details::st_one_time_query);
      bound.bind(statement, bindings);
      statement.define_and_bind();
      statement.execute(true);
      auto* backend = static_cast<soci::postgresql_statement_backend*>(statement.get_backend());
      PGresult* result = backend->result_.get_result();
      const int rows = PQntuples(result);
      answer.rows.reserve(static_cast<std::size_t>(rows));
      for (int row = 0; row < rows; ++row) {
        std::vector<Value> cells;
        cells.reserve(static_cast<std::size_t>(PQnfields(result)));
        for (int column = 0; column < PQnfields(result); ++column) {
          cells.push_back(cell(result, row, column));
        }
        answer.rows.emplace_back(std::move(cells));
      }
      if (!std::string_view(PQcmdStatus(result)).starts_with("SELECT")) {
        answer.changed = parse_int(PQcmdTuples(result)).value_or(0);
      }
    });
    return answer;
  }

  void insert(std::string_view table, const std::vector<std::string_view>& columns,
              const std::vector<std::vector<Value>>& rows) override {
    guarded([&] {
      const std::string copy = "copy " + std::string(table) + " (" + joined(columns) + ") from stdin";
      const Reply started(PQexec(handle(), copy.c_str()));
      check(started, PGRES_COPY_IN);
      std::string block;
      for (const std::vector<Value>& row : rows) {
        append_copy_line(block, row);
        if (block.size() > copy_block || &row == &rows.back()) {
          send(block);
        }
      }
      if (PQputCopyEnd(handle(), nullptr) != 1) {
        refuse();
      }
      const Reply ended(PQgetResult(handle()));
      const Reply last(PQgetResult(handle()));  // nothing, and the connection is free again
      check(ended, PGRES_COMMAND_OK);
    });
  }

 private:
  static constexpr std::size_t copy_block = 1 << 16;

  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };

  using Reply = std::unique_ptr<PGresult, Clear>;

  void send(std::string& block) {
    if (PQputCopyData(handle(), block.data(), static_cast<int>(block.size())) != 1) {
      refuse();
    }
    block.clear();
  }

  void check(const Reply& reply, ExecStatusType wanted) {
    if (!reply || PQresultStatus(reply.get()) != wanted) {
      const char* state = reply ? PQresultErrorField(reply.get(), PG_DIAG_SQLSTATE) : nullptr;
      throw soci::postgresql_soci_error(PQerrorMessage(handle()), state != nullptr ? state : "     ");
    }
  }

  [[noreturn]] void refuse() { throw soci::postgresql_soci_error(PQerrorMessage(handle()), "08000"); }

  PGconn* handle() { return static_cast<soci::postgresql_session_backend*>(session_->get_backend())->conn_; }

  void connect() {
    session_.reset();
    guarded([&] { session_ = std::make_unique<soci::session>(soci::postgresql, url_); });
    // A server set to acknowledge before its disk has the data would break "nothing acknowledged is lost".
    run("select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = "
        "'off'",
        {});
    run("set client_min_messages = warning", {});
    run("set client_encoding = 'UTF8'", {});
    run("set lock_timeout = '" + std::to_string(turn_limit.count()) + "s'", {});
    if (run("select current_setting('server_encoding')", {}).rows.at(0).text(0) != "UTF8") {
      throw EnvironmentFailure("PostgreSQL: the base must be created with encoding UTF8");
    }
  }

  void begin_here() {
    if (use_ == Use::reader) {
      run("begin isolation level repeatable read read only", {});
      return;
    }
    // Writers come one at a time, as in SQLite, so that what a writer has read stays true until it commits;
    // the lock ends with the transaction. Read committed: the state is that of after the wait.
    run("begin isolation level read committed read write", {});
    run("select pg_advisory_xact_lock(7310594286)", {});
  }

  template <class Work>
  void guarded(Work work) {
    try {
      work();
    } catch (const soci::postgresql_soci_error& error) {
      const std::string text = "PostgreSQL: " + first_line(error.get_error_message());
      const bool cut = !session_ || PQstatus(handle()) != CONNECTION_OK;
      if (cut || is_environment(error.sqlstate(), use_)) {
        throw EnvironmentFailure(text);
      }
      throw Bug(text);
    } catch (const soci::soci_error& error) {
      // Without a session the address itself was not understood.
      const std::string text = "SOCI: " + first_line(error.get_error_message());
      if (!session_ || PQstatus(handle()) != CONNECTION_OK) {
        throw EnvironmentFailure(text);
      }
      throw Bug(text);
    }
  }

  std::string url_;
  Use use_;
  std::unique_ptr<soci::session> session_;
};

}  // namespace

std::unique_ptr<Connection> connect_postgresql(const std::string& url, Use use) {
  return std::make_unique<PostgresqlConnection>(url, use);
}

}  // namespace releve::store
