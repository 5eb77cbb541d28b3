// SPDX-License-Identifier: EUPL-1.2
// One database, two engines: an embedded SQLite file or a PostgreSQL server. One SQL text serves both;
// parameters are written :name. Facts are text, 64-bit integers and doubles; bytes are files or hex text,
// and a NUL character in a text is refused.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "foundation/base/result.hpp"
#include "foundation/base/time.hpp"

namespace releve::store {

/// A cell: nothing, a whole number, a real number or a text.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

struct Binding {
  std::string_view name;
  Value value;
};

/// One row of an answer, in the order of the columns asked for.
class Row {
 public:
  explicit Row(std::vector<Value> cells) : cells_(std::move(cells)) {}
  bool is_null(std::size_t column) const;
  std::int64_t integer(std::size_t column) const;   // Bug when the cell is null or of another type
  double real(std::size_t column) const;
  const std::string& text(std::size_t column) const;
  std::optional<std::int64_t> maybe_integer(std::size_t column) const;
  std::optional<std::string> maybe_text(std::size_t column) const;
  std::size_t size() const { return cells_.size(); }

 private:
  std::vector<Value> cells_;
};

/// A transaction in progress: reads see one state, writes are all kept or none. Not thread-safe. A failed
/// statement ends it: every later call is a Bug.
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
  /// Runs work in a write transaction (SQLite: BEGIN IMMEDIATE) and commits when it returns an ok result;
  /// an error result or an exception rolls back. Thread-safe. EnvironmentFailure: disk full, server gone.
  virtual Status write(const std::function<Status(Transaction&)>& work) = 0;
  /// Runs work in a read transaction. Thread-safe; readers do not wait for the writer.
  virtual void read(const std::function<void(Transaction&)>& work) = 0;
  virtual std::string_view engine() const = 0;  // "sqlite" or "postgresql"
};

struct OpenOptions {
  std::string url;      // "sqlite:/path/to/releve.db" or "postgresql://user@host/base"
  unsigned readers = 4; // connections for read()
};

/// Opens, and brings the schema up to date by the embedded migrations (forward only; each in a transaction
/// with its checksum; under an advisory lock on PostgreSQL). Errors: a newer schema than this binary knows
/// ("store.newer_schema"), a changed migration ("store.migration_changed"), an unusable place ("store.cannot_open").
Result<std::unique_ptr<Database>> open_database(const OpenOptions& options, Instant now);

}  // namespace releve::store
