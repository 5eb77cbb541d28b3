// SPDX-License-Identifier: EUPL-1.2
// For tests: every test has an empty database of its own, on SQLite and on a real PostgreSQL.
#pragma once

#include "foundation/store/database.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace releve::store {

inline constexpr Instant test_now{std::chrono::milliseconds(1'795'000'000'000)};

/// A folder that goes with its object.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Parametrised by engine. url() is that of an empty database; open() opens it with all migrations.
class DatabaseTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override;
  void TearDown() override;

  bool sqlite() const { return GetParam() == "sqlite"; }

  const std::string& url() const { return url_; }

  std::string sqlite_file() const { return folder_.path() + "/releve.db"; }

  std::unique_ptr<Database> open(unsigned readers = 4) const;
  /// A statement as the server's administrator, over PostgreSQL.
  void as_administrator(const std::string& sql) const;

  const std::string& base_name() const { return base_; }

 private:
  TestFolder folder_;
  std::string base_;  // PostgreSQL
  std::string url_;
};

/// Instantiates a suite over both engines.
#define RELEVE_ON_BOTH_ENGINES(suite)                                               \
  INSTANTIATE_TEST_SUITE_P(engines, suite, testing::Values("sqlite", "postgresql"), \
                           [](const auto& given) { return given.param; })

}  // namespace releve::store
