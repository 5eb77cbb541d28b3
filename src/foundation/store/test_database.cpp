// SPDX-License-Identifier: EUPL-1.2
#include "foundation/store/test_database.hpp"

#include "foundation/base/hash.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include <cstdlib>
#include <filesystem>

namespace releve::store {
namespace {

std::string server_url() {
  const char* url = std::getenv("RELEVE_TEST_POSTGRES");
  return url ? url : "";
}

/// "postgresql://user@host/postgres?x=y" with another base.
std::string with_base(const std::string& url, const std::string& base) {
  const auto start = url.find('/', url.find("//") + 2) + 1;
  return url.substr(0, start) + base + url.substr(std::min(url.find('?'), url.size()));
}

}  // namespace

TestFolder::TestFolder() {
  std::string name = std::filesystem::temp_directory_path() / "releve-test-XXXXXX";
  if (!mkdtemp(name.data())) {
    throw EnvironmentFailure("no temporary folder");
  }
  path_ = name;
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void DatabaseTest::SetUp() {
  if (sqlite()) {
    url_ = "sqlite:" + sqlite_file();
    return;
  }
  if (server_url().empty()) {
    GTEST_SKIP() << "no PostgreSQL: run through tools/with_postgres";
  }
  base_ = "releve_" + random_hex(8);
  as_administrator("create database " + base_ + " template template0 encoding 'UTF8'");
  url_ = with_base(server_url(), base_);
}

void DatabaseTest::TearDown() {
  if (!base_.empty()) {
    as_administrator("drop database " + base_ + " with (force)");
  }
}

std::unique_ptr<Database> DatabaseTest::open(unsigned readers) const {
  auto database = open_database({url_, readers}, test_now);
  if (!database) {
    throw EnvironmentFailure(database.error().message.code + " " +
                             database.error().message.params.back().value);
  }
  return std::move(database).value();
}

void DatabaseTest::as_administrator(const std::string& sql) const {
  soci::session session(soci::postgresql, server_url());
  session << sql;
}

}  // namespace releve::store
