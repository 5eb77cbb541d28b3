// SPDX-License-Identifier: EUPL-1.2
// One database, two engines: an embedded SQLite file or a PostgreSQL server. One SQL text serves both.
//
// Rules for SQL text, each a Bug when broken:
//   - parameters are written :name; the bindings name exactly those of the text;
//   - one statement, no comments;
//   - an answer's columns are whole numbers, reals or texts: PostgreSQL's sum() of whole numbers is a
//     "numeric", so write cast(sum(x) as bigint);
//   - a value keeps its kind: a text bound where a whole number belongs is refused, never converted. A
//     nothing has no kind: where the text around it does not give one, write cast(:name as text).
// Facts are texts, 64-bit integers and finite doubles; bytes are files or hex text.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/base/time.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace releve::store {

/// A cell: nothing, a whole number, a real number or a text.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

struct Binding {
  std::string_view name;
  Value value;
};

/// One row of an answer, in the order of the columns asked for. Asking for a column that is not there, is
/// null or is of another kind is a Bug.
class Row {
 public:
  explicit Row(std::vector<Value> cells) : cells_(std::move(cells)) {}

  bool is_null(std::size_t column) const;
  std::int64_t integer(std::size_t column) const;
  double real(std::size_t column) const;
  const std::string& text(std::size_t column) const;
  std::optional<std::int64_t> maybe_integer(std::size_t column) const;
  std::optional<double> maybe_real(std::size_t column) const;
  std::optional<std::string> maybe_text(std::size_t column) const;

  std::size_t size() const { return cells_.size(); }

 private:
  std::vector<Value> cells_;
};

/// A transaction in progress: reads see one state, writes are all kept or none. Not thread-safe; dies with
/// the work it was given to. A failed statement ends it, even when the work hides the exception: every
/// later call is a Bug and nothing is kept. A broken constraint is a Bug: look first (writers come one at
/// a time, so what was seen stays true), or say `on conflict`.
class Transaction {
 public:
  virtual ~Transaction() = default;
  virtual std::vector<Row> query(std::string_view sql, const std::vector<Binding>& bindings = {}) = 0;
  /// The number of rows changed.
  virtual std::int64_t execute(std::string_view sql, const std::vector<Binding>& bindings = {}) = 0;
};

class Database {
 public:
  virtual ~Database() = default;
  /// Runs work in a write transaction and commits when it returns an ok result; an error result or an
  /// exception rolls back. Thread-safe: writers come one at a time, over all processes that share the
  /// database, and wait up to 30 s for their turn. A write inside a write is a Bug.
  /// Error "store.refused_text": a text with a NUL character or that is not UTF-8 (in read(): a Bug).
  /// EnvironmentFailure: disk full, server gone, no turn in time.
  virtual Status write(const std::function<Status(Transaction&)>& work) = 0;
  /// Runs work in a read-only transaction. Thread-safe; readers wait for no writer, only, when all
  /// connections are taken, for one another.
  virtual void read(const std::function<void(Transaction&)>& work) = 0;
  virtual std::string_view engine() const = 0;  // "sqlite" or "postgresql"
};

struct OpenOptions {
  std::string url;       // "sqlite:/path/to/releve.db" or "postgresql://user@host/base"
  unsigned readers = 4;  // connections for read(), at least 1
};

/// Opens, and brings the schema up to date by the embedded migrations (see migrations.hpp). A new SQLite
/// file is readable by its owner alone. Errors: a newer schema than this binary knows
/// ("store.newer_schema"), a changed migration ("store.migration_changed"), an address of neither engine
/// ("store.bad_address"), an unusable place ("store.cannot_open").
Result<std::unique_ptr<Database>> open_database(const OpenOptions& options, Instant now);

}  // namespace releve::store
