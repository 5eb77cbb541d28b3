// SPDX-License-Identifier: EUPL-1.2
// What database.cpp needs of an engine: one connection, used by one thread at a time. Inside this room only.
// Failures: EnvironmentFailure for disk, server and busy; Bug for a wrong statement or a broken constraint.
// Neither names the values that were bound: they describe a hospital's weaknesses and end in logs.
#pragma once

#include "foundation/store/database.hpp"

#include <chrono>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace soci {
class statement;
}

namespace releve::store {

/// How long a writer waits for another process to finish.
inline constexpr std::chrono::seconds turn_limit{30};

struct Answer {
  std::vector<Row> rows;
  std::int64_t changed = 0;
};

enum class Use { writer, reader };

class Connection {
 public:
  virtual ~Connection() = default;
  /// A writer's transaction waits for its turn; a reader's sees one state and can change nothing.
  virtual void begin() = 0;
  virtual void commit() = 0;
  /// Always leaves the connection ready for begin().
  virtual void rollback() noexcept = 0;
  /// The statement has passed check_statement().
  virtual Answer run(std::string_view sql, const std::vector<Binding>& bindings) = 0;
  /// The names and values have passed check_rows().
  virtual void insert(std::string_view table, const std::vector<std::string_view>& columns,
                      const std::vector<std::vector<Value>>& rows) = 0;
};

std::unique_ptr<Connection> connect_sqlite(const std::string& path, Use use);
std::unique_ptr<Connection> connect_postgresql(const std::string& url, Use use);

}  // namespace releve::store
