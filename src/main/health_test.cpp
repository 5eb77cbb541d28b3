// SPDX-License-Identifier: EUPL-1.2
// What a proxy and a supervisor are told by the real program, and what nobody is told.
#include "foundation/store/test_database.hpp"
#include "main/house.hpp"
#include "main/process_for_tests.hpp"

#include <filesystem>

namespace releve::main {
namespace {

using std::chrono::milliseconds;

class health : public store::DatabaseTest {
 protected:
  std::string data() const { return folder_.path() + "/data"; }

  std::string err() const { return folder_.path() + "/err"; }

  std::string database() const { return sqlite() ? "sqlite:" + data() + "/releve.db" : url(); }

  std::unique_ptr<Served> serve(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"--data", data(), "--database", database(), "--port", "0"};
    words.insert(words.end(), more.begin(), more.end());
    auto served = std::make_unique<Served>(std::move(words), folder_.path() + "/out", err());
    EXPECT_NE(served->port, 0) << bytes_of(err());
    return served;
  }

  static http::Answer get(std::uint16_t port, const std::string& path, const std::string& headers = "") {
    http::Client client(port);
    return client.get(path, headers);
  }

  /// What is said about being ready, once that is no longer remembered.
  static std::string becomes(std::uint16_t port, const std::string& wanted) {
    std::string said;
    within(milliseconds(10'000), [&] {
      const auto answer = get(port, "/health/ready");
      said = std::to_string(answer.status) + " " + answer.body;
      return said == wanted;
    });
    return said;
  }

  store::TestFolder folder_;
};

RELEVE_ON_BOTH_ENGINES(health);

TEST_P(health, says_what_stands_in_the_way) {
  const auto served = serve();
  EXPECT_EQ(get(served->port, "/health/live").body, "live\n");
  EXPECT_EQ(becomes(served->port, "200 ready\n"), "200 ready\n");
  const std::string spool = data() + "/spool";
  std::filesystem::rename(spool, spool + ".gone");
  EXPECT_EQ(becomes(served->port, "503 not ready: disk\n"), "503 not ready: disk\n");
  std::filesystem::rename(spool + ".gone", spool);
  EXPECT_EQ(becomes(served->port, "200 ready\n"), "200 ready\n");
  {
    const auto other = store::open_database({database(), 1}, store::test_now).value();
    EXPECT_TRUE(
        other
            ->write([](store::Transaction& t) -> Status {
              t.execute(
                  "insert into schema_version (number, name, checksum, applied) select max(number) + 1, "
                  "'later', '', 1 from schema_version");
              return Done{};
            })
            .ok());
  }
  EXPECT_EQ(becomes(served->port, "503 not ready: schema\n"), "503 not ready: schema\n");
  EXPECT_EQ(get(served->port, "/health/live").status, 200) << "it lives all the same";
}

TEST_P(health, a_database_that_is_away_is_told_and_found_again) {
  if (sqlite()) {
    GTEST_SKIP() << "a file is not away";
  }
  const auto served = serve();
  EXPECT_EQ(becomes(served->port, "200 ready\n"), "200 ready\n");
  as_administrator("alter database " + base_name() + " with allow_connections false");
  as_administrator("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + base_name() +
                   "'");
  EXPECT_EQ(becomes(served->port, "503 not ready: database\n"), "503 not ready: database\n");
  EXPECT_NE(get(served->port, "/metrics").body.find("\nreleve_database_up 0\n"), std::string::npos);
  as_administrator("alter database " + base_name() + " with allow_connections true");
  EXPECT_EQ(becomes(served->port, "200 ready\n"), "200 ready\n");
  const std::string metrics = get(served->port, "/metrics").body;
  EXPECT_NE(metrics.find("\nreleve_database_up 1\n"), std::string::npos);
  EXPECT_EQ(metrics.find("\nreleve_database_failures_total 0\n"), std::string::npos);
}

TEST_P(health, metrics_name_rows_and_never_places_or_people) {
  const auto served = serve();
  const std::string cookie = "Cookie: " + served->enter() + "\r\n";
  EXPECT_EQ(get(served->port, "/api/v1/facilities/CH-SECRET", cookie).status, 404);
  EXPECT_EQ(get(served->port, "/api/v1/no-such-thing/DUPONT", cookie).status, 404);
  get(served->port, "/made-up-by-a-client");
  http::Client odd(served->port);
  odd.request("DELETE", "/api/v1/facilities/CH-SECRET", cookie);
  odd.answer();
  const auto answer = get(served->port, "/metrics");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  for (
      const std::string part :
      {R"(releve_http_requests_total{method="GET",route="/api/v1/facilities/{facility}",status="404"} 1)",
       R"(releve_http_requests_total{method="GET",route="unknown",status="404"} 1)",
       R"(releve_http_request_seconds_count{method="GET",route="/api/v1/facilities/{facility}"} 1)",
       R"(releve_http_request_seconds_bucket{method="GET",route="/api/v1/facilities/{facility}",le="+Inf"} 1)",
       R"(releve_jobs{state="running"} 0)", "releve_http_streams 0", "releve_processes 1",
       "# TYPE releve_http_request_seconds histogram", "releve_build_info{version="}) {
    EXPECT_NE(answer.body.find(part), std::string::npos) << part << "\n" << answer.body;
  }
  for (const char* secret : {"SECRET", "DUPONT", "made-up"}) {
    EXPECT_EQ(answer.body.find(secret), std::string::npos) << secret;
  }
  EXPECT_EQ(get(served->port, "/metrics", "X-Forwarded-For: 203.0.113.9\r\n").body.find("releve_"),
            std::string::npos)
      << "what a proxy hands on is not from here";
}

TEST_P(health, behind_a_proxy_metrics_have_an_address_of_their_own) {
  const auto own = std::to_string(free_port());
  const auto served =
      serve({"--origin", "https://releve.chu.example", "--metrics-address", "127.0.0.1:" + own});
  EXPECT_EQ(get(served->port, "/metrics").body.find("releve_"), std::string::npos);
  http::Client scraper(static_cast<std::uint16_t>(std::stoi(own)));
  scraper.send("GET /metrics HTTP/1.1\r\nHost: releve-1.chu.example:9420\r\n\r\n");
  EXPECT_NE(scraper.answer().body.find("releve_build_info"), std::string::npos) << "under any name";
  scraper.send("GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(scraper.answer().body, "ready\n");
  scraper.send("GET /api/v1/facilities HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(scraper.answer().status, 404) << "and nothing else";
}

TEST_P(health, an_address_for_metrics_that_is_none_is_refused) {
  for (const char* address : {"127.0.0.1", "127.0.0.1:99999", "nowhere:1"}) {
    Program program(
        {"serve", "--data", data(), "--database", database(), "--port", "0", "--metrics-address", address},
        "/dev/null", err());
    EXPECT_EQ(program.wait(), 1) << address;
    const std::string_view name = std::string_view(address).substr(0, std::string_view(address).find(':'));
    EXPECT_NE(bytes_of(err()).find(name), std::string::npos) << bytes_of(err());
  }
}

TEST_P(health, a_second_process_is_let_in_only_where_it_may) {
  const auto served = serve();
  // The same database from another folder, and so with another key.
  const std::string elsewhere = folder_.path() + "/elsewhere";
  Program other({"serve", "--data", elsewhere, "--database", database(), "--port", "0"}, "/dev/null", err());
  EXPECT_EQ(other.wait(), 1);
  EXPECT_NE(bytes_of(err()).find(sqlite() ? "SQLite" : "--key-file"), std::string::npos) << bytes_of(err());
  EXPECT_EQ(get(served->port, "/health/ready").status, 200) << "the first one has not noticed";
  if (sqlite()) {
    Program same({"serve", "--data", data(), "--port", "0"}, "/dev/null", err());
    EXPECT_EQ(same.wait(), 1);
  }
}

}  // namespace
}  // namespace releve::main
