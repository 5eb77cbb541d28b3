// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/database.hpp"

#include "foundation/store/bulk.hpp"
#include "foundation/store/connection.hpp"
#include "foundation/store/failures.hpp"
#include "foundation/store/migrations.hpp"
#include "foundation/store/sql_text.hpp"

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace releve::store {
namespace {

template <class Kind>
const Kind& cell(const std::vector<Value>& cells, std::size_t column) {
  RELEVE_CHECK(column < cells.size(), "no column " + std::to_string(column));
  const auto* value = std::get_if<Kind>(&cells[column]);
  RELEVE_CHECK(value, "column " + std::to_string(column) + " is null or of another kind");
  return *value;
}

template <class Kind>
std::optional<Kind> maybe(const Row& row, const std::vector<Value>& cells, std::size_t column) {
  return row.is_null(column) ? std::nullopt : std::optional<Kind>(cell<Kind>(cells, column));
}

}  // namespace

bool Row::is_null(std::size_t column) const {
  RELEVE_CHECK(column < cells_.size(), "no column " + std::to_string(column));
  return std::holds_alternative<std::monostate>(cells_[column]);
}

std::int64_t Row::integer(std::size_t column) const {
  return cell<std::int64_t>(cells_, column);
}

double Row::real(std::size_t column) const {
  return cell<double>(cells_, column);
}

const std::string& Row::text(std::size_t column) const {
  return cell<std::string>(cells_, column);
}

std::optional<std::int64_t> Row::maybe_integer(std::size_t column) const {
  return maybe<std::int64_t>(*this, cells_, column);
}

std::optional<double> Row::maybe_real(std::size_t column) const {
  return maybe<double>(*this, cells_, column);
}

std::optional<std::string> Row::maybe_text(std::size_t column) const {
  return maybe<std::string>(*this, cells_, column);
}

namespace {

class ConnectionTransaction final : public Transaction {
 public:
  explicit ConnectionTransaction(Connection& connection) : connection_(connection) {}

  std::vector<Row> query(std::string_view sql, const std::vector<Binding>& bindings) override {
    return run(sql, bindings).rows;
  }

  std::int64_t execute(std::string_view sql, const std::vector<Binding>& bindings) override {
    return run(sql, bindings).changed;
  }

  void insert(std::string_view table, const std::vector<std::string_view>& columns,
              const std::vector<std::vector<Value>>& rows) {
    guarded([&] {
      check_rows(table, columns, rows);
      if (!rows.empty()) {
        connection_.insert(table, columns, rows);
      }
    });
  }

  /// For work that hid the exception of a failed statement.
  void rethrow_failure() const {
    if (failure_) {
      std::rethrow_exception(failure_);
    }
  }

 private:
  Answer run(std::string_view sql, const std::vector<Binding>& bindings) {
    Answer answer;
    guarded([&] {
      check_statement(sql, bindings);
      answer = connection_.run(sql, bindings);
    });
    return answer;
  }

  template <class Work>
  void guarded(Work work) {
    RELEVE_CHECK(!failure_, "a failed statement ends its transaction");
    try {
      work();
    } catch (...) {
      failure_ = std::current_exception();
      throw;
    }
  }

  Connection& connection_;
  std::exception_ptr failure_;
};

}  // namespace

void insert_rows(Transaction& t, std::string_view table, const std::vector<std::string_view>& columns,
                 const std::vector<std::vector<Value>>& rows) {
  auto* own = dynamic_cast<ConnectionTransaction*>(&t);
  RELEVE_CHECK(own != nullptr, "a transaction of open_database()");
  own->insert(table, columns, rows);
}

namespace {

/// Connections lent to one reader at a time.
class Readers {
 public:
  void add(std::unique_ptr<Connection> connection) { idle_.push_back(std::move(connection)); }

  std::unique_ptr<Connection> take() {
    std::unique_lock lock(mutex_);
    // A limit: reads inside reads could otherwise wait for one another for ever.
    if (!returned_.wait_for(lock, turn_limit, [&] { return !idle_.empty(); })) {
      throw EnvironmentFailure("all reading connections were busy for too long");
    }
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }

  void give_back(std::unique_ptr<Connection> connection) {
    {
      const std::lock_guard lock(mutex_);
      idle_.push_back(std::move(connection));
    }
    returned_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

/// Rolls back unless it was committed, whatever way its scope is left.
class Bracket {
 public:
  explicit Bracket(Connection& connection) : connection_(connection) { connection_.begin(); }

  ~Bracket() {
    if (!committed_) {
      connection_.rollback();
    }
  }

  Bracket(const Bracket&) = delete;
  Bracket& operator=(const Bracket&) = delete;

  void commit() {
    connection_.commit();
    committed_ = true;
  }

 private:
  Connection& connection_;
  bool committed_ = false;
};

class ConnectionDatabase final : public Database {
 public:
  ConnectionDatabase(std::string_view engine, const std::function<std::unique_ptr<Connection>(Use)>& connect,
                     unsigned readers)
      : engine_(engine), writer_(connect(Use::writer)) {
    for (unsigned i = 0; i < readers; ++i) {
      readers_.add(connect(Use::reader));
    }
  }

  Status write(const std::function<Status(Transaction&)>& work) override {
    RELEVE_CHECK(writing_ != std::this_thread::get_id(), "a write inside a write would wait for itself");
    const std::lock_guard lock(writer_mutex_);
    writing_ = std::this_thread::get_id();
    const Release release{writing_};
    const CountFailure count{failures_};
    try {
      Bracket bracket(*writer_);
      ConnectionTransaction transaction(*writer_);
      Status status = work(transaction);
      if (status.ok()) {
        transaction.rethrow_failure();
        bracket.commit();
      }
      return status;
    } catch (const RefusedText& refused) {
      return refused.error();
    }
  }

  void read(const std::function<void(Transaction&)>& work) override {
    const CountFailure count{failures_};
    const Lease lease(readers_);
    Bracket bracket(lease.connection());
    ConnectionTransaction transaction(lease.connection());
    work(transaction);
    transaction.rethrow_failure();
  }

  std::string_view engine() const override { return engine_; }

  std::uint64_t failures() const { return failures_; }

 private:
  /// Counts its scope when an exception leaves it.
  struct CountFailure {
    std::atomic<std::uint64_t>& failures;
    int before = std::uncaught_exceptions();

    ~CountFailure() {
      if (std::uncaught_exceptions() > before) {
        ++failures;
      }
    }
  };

  struct Release {
    std::atomic<std::thread::id>& writing;

    ~Release() { writing = std::thread::id(); }
  };

  class Lease {
   public:
    explicit Lease(Readers& readers) : readers_(readers), connection_(readers.take()) {}

    ~Lease() { readers_.give_back(std::move(connection_)); }

    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    Connection& connection() const { return *connection_; }

   private:
    Readers& readers_;
    std::unique_ptr<Connection> connection_;
  };

  std::string_view engine_;
  std::unique_ptr<Connection> writer_;
  std::mutex writer_mutex_;
  std::atomic<std::thread::id> writing_;
  Readers readers_;
  std::atomic<std::uint64_t> failures_ = 0;
};

/// The address as it may be shown: what stands between the user's name and the @ is a password.
std::string without_password(std::string url) {
  const auto start = url.find("//");
  const auto at = url.rfind('@');
  const auto colon = url.find(':', start == std::string::npos ? 0 : start);
  if (start != std::string::npos && at != std::string::npos && colon < at) {
    url.replace(colon + 1, at - colon - 1, "***");
  }
  const auto named = url.find("password=");
  if (named != std::string::npos) {
    url.replace(named + 9, url.find_first_of("& ", named) - named - 9, "***");
  }
  return url;
}

Error cannot_open(const std::string& url, const std::string& reason) {
  // libpq repeats the address when it cannot read it.
  const bool repeats = url != without_password(url) && reason.find(url) != std::string::npos;
  return Error{
      ErrorKind::unavailable,
      message("store.cannot_open", {{"place", without_password(url)}, {"reason", repeats ? "?" : reason}}),
      {}};
}

}  // namespace

std::uint64_t failures_of(const Database& database) {
  const auto* own = dynamic_cast<const ConnectionDatabase*>(&database);
  RELEVE_CHECK(own != nullptr, "a database of open_database()");
  return own->failures();
}

Result<std::unique_ptr<Database>> open_database(const OpenOptions& options, Instant now) {
  RELEVE_CHECK(options.readers >= 1, "a database needs a reader");
  const std::string& url = options.url;
  const bool sqlite = url.starts_with("sqlite:");
  if (!sqlite && !url.starts_with("postgresql://") && !url.starts_with("postgres://")) {
    return Error{ErrorKind::invalid, message("store.bad_address", {{"place", without_password(url)}}), {}};
  }
  const auto connect = [&](Use use) {
    return sqlite ? connect_sqlite(url.substr(7), use) : connect_postgresql(url, use);
  };
  try {
    std::unique_ptr<Database> database =
        std::make_unique<ConnectionDatabase>(sqlite ? "sqlite" : "postgresql", connect, options.readers);
    TRY(migrate(*database, embedded_files(), now));
    return database;
  } catch (const EnvironmentFailure& failure) {
    return cannot_open(url, failure.what());
  }
}

}  // namespace releve::store
