// SPDX-License-Identifier: EUPL-1.2
// The server against clients that are slow, greedy, broken or sent by somebody else's page.
#include "foundation/http/server_for_tests.hpp"

#include <gtest/gtest.h>

namespace releve::http {
namespace {

using namespace std::chrono_literals;

std::string code_of(const Answer& answer) {
  const auto start = answer.body.find("\"code\":\"");
  return start == std::string::npos
             ? ""
             : answer.body.substr(start + 8, answer.body.find('"', start + 8) - start - 8);
}

// Slow clients: time limits are short here, far shorter than the waits that prove them.

TEST(http_slow, head_that_never_ends_is_cut_however_fast_it_drips) {
  ServerOptions options;
  options.head_time = 300ms;
  TestServer server(options);
  const auto start = std::chrono::steady_clock::now();
  Client drips(server.port());
  drips.send("GET /a HTTP/1.1\r\nX: ");
  while (drips.send("a") && !drips.ended() && std::chrono::steady_clock::now() - start < 10s) {
    drips.receive(10ms);
  }
  EXPECT_TRUE(drips.ended());
  EXPECT_GT(std::chrono::steady_clock::now() - start, 250ms);
  Client silent(server.port());
  EXPECT_TRUE(silent.closes_within(10s));
  EXPECT_TRUE(soon([&] { return server->load().connections == 0; }));
}

TEST(http_slow, second_head_has_its_own_limit) {
  ServerOptions options;
  options.head_time = 300ms;
  options.idle_time = 60s;
  TestServer server(options);
  Client client(server.port());
  EXPECT_EQ(client.get("/a").status, 200);
  EXPECT_FALSE(client.closes_within(500ms)) << "between requests it may wait";
  client.send("GET /a HTTP/1.1\r\nX: ");
  EXPECT_TRUE(client.closes_within(10s));
}

TEST(http_slow, idle_connection_is_closed) {
  ServerOptions options;
  options.idle_time = 200ms;
  TestServer server(options);
  Client client(server.port());
  EXPECT_EQ(client.get("/a").status, 200);
  EXPECT_TRUE(client.closes_within(10s));
}

TEST(http_slow, body_that_stalls_or_drips_is_cut_and_leaves_no_file) {
  ServerOptions options;
  options.body_stall = 300ms;
  TestServer server(options);
  Client stalls(server.port());
  stalls.request("POST", "/echo", "Content-Length: 100\r\n");
  stalls.send("abc");
  EXPECT_TRUE(stalls.closes_within(10s));
  Client drips(server.port());
  drips.request("POST", "/upload", "Content-Length: 100000000\r\n");
  drips.send(std::string(400'000, 'x'));
  const auto start = std::chrono::steady_clock::now();
  while (drips.send("a") && !drips.ended() && std::chrono::steady_clock::now() - start < 10s) {
    drips.receive(10ms);
  }
  EXPECT_TRUE(drips.ended());
  EXPECT_TRUE(soon([&] { return server->load().uploads == 0 && server.spooled_files() == 0; }));
  EXPECT_EQ(server.handled, 0);
}

TEST(http_slow, steady_body_may_take_longer_than_the_stall_limit) {
  ServerOptions options;
  options.body_stall = 1s;
  TestServer server(options);
  Client client(server.port());
  client.request("POST", "/upload", "Content-Length: 300000\r\n");
  for (int i = 0; i < 15; ++i) {
    ASSERT_TRUE(client.send(std::string(20'000, 'x')));
    std::this_thread::sleep_for(100ms);
  }
  EXPECT_EQ(client.answer().body, "300000 300000");
}

TEST(http_slow, reader_that_does_not_read_its_reply_is_cut) {
  ServerOptions options;
  options.reply_stall = 200ms;
  options.slowest_reply = 1'000'000'000;
  TestServer server(options);
  Client client(server.port(), 4'096);
  client.request("GET", "/big");
  ASSERT_TRUE(client.receives("HTTP/1.1 200"));
  EXPECT_TRUE(soon([&] { return server->load().connections == 0; }));
  EXPECT_TRUE(client.closes_within(10s));
  EXPECT_LT(client.received().size(), 5'000'000u);
  Client reads(server.port());
  EXPECT_EQ(reads.get("/big").body.size(), 5'000'000u);
}

TEST(http_slow, upload_aborted_midway_leaves_no_file) {
  TestServer server;
  Client client(server.port());
  client.request("POST", "/upload", "Content-Length: 10000000\r\n");
  client.send(std::string(1'000'000, 'x'));
  ASSERT_TRUE(soon([&] { return server.spooled_files() == 1; }));
  client.leave();
  EXPECT_TRUE(soon([&] { return server.spooled_files() == 0 && server->load().uploads == 0; }));
  EXPECT_EQ(server.handled, 0);
}

// Greedy clients.

TEST(http_greedy, announced_body_too_large_is_refused_before_it_is_read) {
  TestServer server;
  Client client(server.port());
  client.request("POST", "/echo", "Content-Length: 100001\r\n");
  const Answer got = client.answer();
  EXPECT_EQ(got.status, 413);
  EXPECT_EQ(code_of(got), "http.body_too_large");
  EXPECT_TRUE(client.closes_within(10s));
  Client fits(server.port());
  fits.request("POST", "/echo", {}, std::string(100'000, 'x'));
  EXPECT_EQ(fits.answer().status, 200);
}

TEST(http_greedy, refused_client_that_keeps_sending_can_still_read_why) {
  TestServer server;
  for (int i = 0; i < 20; ++i) {
    Client client(server.port());
    client.request("POST", "/echo", "Content-Length: 3000000\r\n");
    client.send(std::string(3'000'000, 'x'));  // all of it before reading anything
    EXPECT_EQ(client.answer().status, 413);
  }
}

TEST(http_greedy, chunked_body_too_large_is_refused_while_counting) {
  TestServer server;
  Client client(server.port());
  client.request("POST", "/echo", "Transfer-Encoding: chunked\r\n");
  const std::string chunk = "2710\r\n" + std::string(10'000, 'x') + "\r\n";
  for (int i = 0; i < 50 && client.send(chunk); ++i) {
  }
  const Answer got = client.answer();
  EXPECT_EQ(got.status, 413);
  EXPECT_EQ(code_of(got), "http.body_too_large");
  EXPECT_EQ(got.headers.at("x-content-type-options"), "nosniff");
  EXPECT_TRUE(client.closes_within(10s));
  EXPECT_EQ(server.handled, 0);
}

TEST(http_greedy, bodies_in_memory_have_one_budget) {
  ServerOptions options;
  options.max_bodies = 150'000;
  TestServer server(options);
  Client first(server.port());
  first.request("POST", "/echo", "Content-Length: 90001\r\n");
  first.send(std::string(90'000, 'x'));
  ASSERT_TRUE(soon([&] { return server->load().bodies == 90'000; }));
  Client second(server.port());
  second.request("POST", "/echo", {}, std::string(90'000, 'x'));
  EXPECT_EQ(code_of(second.answer()), "http.busy");
  first.send("x");
  EXPECT_EQ(first.answer().status, 200);
  ASSERT_TRUE(soon([&] { return server->load().bodies == 0; }));
  Client third(server.port());
  third.request("POST", "/echo", {}, std::string(90'000, 'x'));
  EXPECT_EQ(third.answer().status, 200);
}

TEST(http_greedy, uploads_at_the_same_time_are_limited) {
  ServerOptions options;
  options.max_uploads = 1;
  TestServer server(options);
  Client first(server.port());
  first.request("POST", "/upload", "Content-Length: 10\r\n");
  ASSERT_TRUE(soon([&] { return server->load().uploads == 1; }));
  Client second(server.port());
  second.request("POST", "/upload", {}, "abc");
  EXPECT_EQ(code_of(second.answer()), "http.too_many_uploads");
  first.send("0123456789");
  EXPECT_EQ(first.answer().body, "10 10");
}

TEST(http_greedy, long_heads_are_refused) {
  TestServer server;
  for (const std::size_t size : {17'000u, 200'000u}) {
    Client header(server.port());
    header.request("GET", "/a", "X: " + std::string(size, 'x') + "\r\n");
    EXPECT_EQ(header.answer().status, 431) << size;
    EXPECT_TRUE(header.closes_within(10s));
  }
  Client many(server.port());
  std::string names;
  for (int i = 0; i < 5'000; ++i) {
    names += "x:\r\n";
  }
  many.request("GET", "/a", names);
  EXPECT_EQ(many.answer().status, 431);
  Client line(server.port());
  line.request("GET", "/" + std::string(200'000, 'x'));
  EXPECT_EQ(line.answer().status, 414);
  Client fits(server.port());
  EXPECT_EQ(fits.get("/a", "X: " + std::string(15'000, 'x') + "\r\n").status, 200);
}

TEST(http_greedy, endless_first_line_costs_bounded_memory) {
  TestServer server;
  Client client(server.port());
  const std::string piece(100'000, 'x');
  int sent = 0;
  while (sent < 1'000 && client.send(piece)) {
    ++sent;
  }
  EXPECT_LT(sent, 1'000);
}

TEST(http_greedy, connections_of_one_address_are_limited) {
  ServerOptions options;
  options.max_per_address = 3;
  TestServer server(options);
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<Client>(server.port()));
    EXPECT_EQ(clients.back()->get("/a").status, 200);
  }
  Client fourth(server.port());
  EXPECT_TRUE(fourth.closes_within(10s));
  clients.pop_back();
  EXPECT_TRUE(soon([&] {
    Client again(server.port());
    return again.get("/a").status == 200;
  }));
}

TEST(http_greedy, all_connections_are_limited_and_the_rest_waits) {
  ServerOptions options;
  options.max_connections = 2;
  TestServer server(options);
  Client first(server.port());
  auto second = std::make_unique<Client>(server.port());
  EXPECT_EQ(first.get("/a").status, 200);
  EXPECT_EQ(second->get("/a").status, 200);
  Client third(server.port());
  third.request("GET", "/a");
  EXPECT_FALSE(third.receive(200ms));
  second.reset();
  EXPECT_EQ(third.answer().status, 200);
}

// Broken or ambiguous requests.

TEST(http_broken, ambiguous_requests_are_refused_and_the_connection_ends) {
  TestServer server;
  const std::string host = "Host: 127.0.0.1:" + std::to_string(server.port()) + "\r\n";
  const std::string get = "GET /a HTTP/1.1\r\n";
  const std::vector<std::pair<const char*, std::string>> cases{
      {"length and chunks",
       "POST /echo HTTP/1.1\r\n" + host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc"},
      {"two lengths", "POST /echo HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"},
      {"list of lengths", "POST /echo HTTP/1.1\r\n" + host + "Content-Length: 3, 3\r\n\r\nabc"},
      {"signed length", "POST /echo HTTP/1.1\r\n" + host + "Content-Length: +3\r\n\r\nabc"},
      {"blank before colon", "POST /echo HTTP/1.1\r\n" + host + "Content-Length : 3\r\n\r\nabc"},
      {"other encoding",
       "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
      {"two encodings",
       "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"},
      {"chunks in HTTP/1.0", "POST /echo HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n"},
      {"two hosts", get + host + host + "\r\n"},
      {"no host", get + "\r\n"},
      {"header without colon", get + host + "nonsense\r\n\r\n"},
      {"control in a value", get + host +
                                 "X: a\x01"
                                 "b\r\n\r\n"},
      {"bad percent", "GET /%zz HTTP/1.1\r\n" + host + "\r\n"},
      {"cut percent", "GET /%4 HTTP/1.1\r\n" + host + "\r\n"},
      {"percent NUL", "GET /a%00b HTTP/1.1\r\n" + host + "\r\n"},
      {"bare NUL", std::string("GET /a\0b HTTP/1.1\r\n", 19) + host + "\r\n"},
      {"no UTF-8", "GET /%ff%fe HTTP/1.1\r\n" + host + "\r\n"},
      {"overlong UTF-8", "GET /%c0%ae HTTP/1.1\r\n" + host + "\r\n"},
      {"blank in the path", "GET /a b HTTP/1.1\r\n" + host + "\r\n"},
      {"fragment", "GET /a#b HTTP/1.1\r\n" + host + "\r\n"},
      {"line break in the path", "GET /a%0d%0ab HTTP/1.1\r\n" + host + "\r\n"},
      {"parent segment", "GET /a/../b HTTP/1.1\r\n" + host + "\r\n"},
      {"encoded parent segment", "GET /a/%2e%2e/b HTTP/1.1\r\n" + host + "\r\n"},
      {"whole address", "GET http://127.0.0.1/a HTTP/1.1\r\n" + host + "\r\n"},
      {"repeated query name", "GET /a?x=1&x=2 HTTP/1.1\r\n" + host + "\r\n"},
      {"repeated name, encoded", "GET /a?x=1&%78=2 HTTP/1.1\r\n" + host + "\r\n"},
      {"NUL in a query", "GET /a?x=%00 HTTP/1.1\r\n" + host + "\r\n"},
      {"no UTF-8 in a query", "GET /a?x=%ff HTTP/1.1\r\n" + host + "\r\n"},
      {"empty query name", "GET /a?=1 HTTP/1.1\r\n" + host + "\r\n"},
      {"bad chunk size", "POST /echo HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"},
  };
  for (const auto& [name, bytes] : cases) {
    Client client(server.port());
    // What follows would be a second request to a program that reads the first one otherwise.
    client.send(bytes + "GET /smuggled HTTP/1.1\r\n" + host + "\r\n");
    EXPECT_EQ(client.answer().status, 400) << name;
    EXPECT_TRUE(client.closes_within(10s)) << name;
    EXPECT_EQ(client.received().find("HTTP/1.1 200"), std::string::npos) << name;
  }
  EXPECT_EQ(server.handled, 0);
}

TEST(http_broken, other_methods_and_versions_are_refused) {
  TestServer server;
  for (const char* method : {"PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW", "get"}) {
    Client client(server.port());
    client.request(method, "/a");
    const Answer got = client.answer();
    EXPECT_EQ(got.status, 405) << method;
    EXPECT_EQ(got.headers.at("allow"), "GET, HEAD, POST, PUT, DELETE");
  }
  Client old(server.port());
  old.send("GET /a HTTP/3.0\r\nHost: x\r\n\r\n");
  EXPECT_GE(old.answer().status, 400);
  EXPECT_EQ(server.handled, 0);
}

TEST(http_broken, random_bytes_do_no_harm) {
  TestServer server;
  std::uint32_t state = 12'345;
  const auto next = [&] { return state = state * 1'664'525U + 1'013'904'223U; };
  const std::string good = "POST /echo?a=b HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                           "\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  for (int i = 0; i < 300; ++i) {
    std::string bytes = good;
    for (int change = 0; change < 3; ++change) {
      bytes[(next() >> 8) % bytes.size()] = static_cast<char>(next() >> 16);
    }
    Client client(server.port());
    client.send(bytes);
    client.receive(20ms);
  }
  Client client(server.port());
  EXPECT_EQ(client.get("/a").status, 200);
}

// Other people's pages.

TEST(http_neighbours, host_must_be_ours) {
  ServerOptions options;
  options.hosts = {"Releve.chu.example"};
  TestServer server(options);
  const std::string port = ":" + std::to_string(server.port());
  const auto status_for = [&](const std::string& host) {
    Client client(server.port());
    client.send("GET /a HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    return client.answer().status;
  };
  for (const std::string& host : {"127.0.0.1" + port, "localhost" + port, "LOCALHOST" + port, "[::1]" + port,
                                  std::string("releve.chu.example")}) {
    EXPECT_EQ(status_for(host), 200) << host;
  }
  for (const std::string& host :
       {std::string("evil.example"), "evil.example" + port, std::string("127.0.0.1"),
        std::string("127.0.0.1:1"), "127.0.0.1" + port + ".evil.example", std::string("")}) {
    EXPECT_EQ(status_for(host), 421) << host;
  }
}

TEST(http_neighbours, changes_come_from_our_own_page) {
  ServerOptions options;
  options.origins = {"https://releve.chu.example"};
  TestServer server(options);
  const std::string own = "http://127.0.0.1:" + std::to_string(server.port());

  struct Case {
    const char* method;
    std::string headers;
    int status;
  };

  for (const auto& c : std::vector<Case>{
           {"POST", "", 200},  // no browser
           {"POST", "Origin: " + own + "\r\nSec-Fetch-Site: same-origin\r\n", 200},
           {"POST", "Origin: https://releve.chu.example\r\n", 200},
           {"POST", "Origin: http://evil.example\r\n", 403},
           {"PUT", "Origin: null\r\n", 403},
           {"DELETE", "Origin: http://127.0.0.1:1\r\n", 403},
           {"POST", "Origin: " + own + ".evil.example\r\n", 403},
           {"POST", "Origin: " + own + "\r\nOrigin: " + own + "\r\n", 403},
           {"POST", "Sec-Fetch-Site: cross-site\r\n", 403},
           {"POST", "Sec-Fetch-Site: same-site\r\n", 403},
           {"POST", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n", 403},
           {"GET", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n", 200},
           {"GET", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n", 403},
           {"GET", "Sec-Fetch-Site: none\r\n", 200},
       }) {
    Client client(server.port());
    client.request(c.method, "/a", c.headers);
    EXPECT_EQ(client.answer().status, c.status) << c.method << " " << c.headers;
  }
}

TEST(http_neighbours, refusals_without_a_body_keep_the_connection) {
  TestServer server;
  Client client(server.port());
  EXPECT_EQ(client.get("/refused").status, 404);
  EXPECT_EQ(client.get("/a", "Sec-Fetch-Site: cross-site\r\n").status, 403);
  EXPECT_EQ(client.get("/a").status, 200);
  EXPECT_EQ(server.handled, 1);
}

}  // namespace
}  // namespace releve::http
