// SPDX-License-Identifier: EUPL-1.2
// Against a real listener on this machine.
#include "foundation/oidc/fetch.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace releve::oidc {
namespace {

/// Gives one answer to one client, then closes; with none, lets the client wait.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket_ < 0 || ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(socket_, 1) != 0) {
      throw EnvironmentFailure("no port on this machine");
    }
    socklen_t size = sizeof address;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, answer = std::move(answer)] { serve(answer); });
  }

  ~OneAnswer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }

  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/x"; }

  std::string heard;  // valid once the answer has come

 private:
  void serve(const std::string& answer) {
    const int client = ::accept(socket_, nullptr, nullptr);
    if (client < 0) {
      return;
    }
    std::string bytes(4096, '\0');
    const auto size = ::recv(client, bytes.data(), bytes.size(), 0);
    heard = bytes.substr(0, size < 0 ? 0 : static_cast<std::size_t>(size));
    std::size_t sent = 0;
    while (sent < answer.size()) {
      const auto more = ::send(client, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
      if (more <= 0) {
        break;
      }
      sent += static_cast<std::size_t>(more);
    }
    if (answer.empty()) {
      (void)::recv(client, bytes.data(), bytes.size(), 0);  // until the client gives up
    }
    ::close(client);
  }

  int socket_;
  int port_ = 0;
  std::thread thread_;
};

const Fetch fetch = fetch_by_network("");

TEST(fetch, brings_an_answer) {
  OneAnswer there(
      "HTTP/1.1 200 OK\r\nContent-Type: application/JSON; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}");
  const Answer answer = fetch({.url = there.url(), .form = "a=b", .user = "u", .password = "p"}).value();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.content_type, "application/json");
  EXPECT_EQ(answer.body, "{}");
  EXPECT_TRUE(there.heard.starts_with("POST /x HTTP/1.1\r\n")) << there.heard;
  EXPECT_NE(there.heard.find("Authorization: Basic dTpw\r\n"), std::string::npos) << there.heard;
}

TEST(fetch, follows_no_redirect) {
  OneAnswer elsewhere("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
  OneAnswer there("HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url() + "\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(fetch({.url = there.url(), .bearer = "t"}).value().status, 302);
  EXPECT_EQ(elsewhere.heard, "");
}

TEST(fetch, takes_no_more_than_it_says) {
  OneAnswer there("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(300'000, 'a'));
  EXPECT_EQ(fetch({.url = there.url()}).error().message.code, "oidc.down");
}

TEST(fetch, does_not_wait_for_ever) {
  OneAnswer there("");
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(fetch({.url = there.url()}).error().message.code, "oidc.down");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
}

TEST(fetch, nobody_listening_is_down) {
  std::string url;
  {
    const OneAnswer gone("x");
    url = gone.url();
  }
  EXPECT_EQ(fetch({.url = url}).error().message.code, "oidc.down");
}

TEST(fetch, only_safe_addresses_are_called) {
  for (const char* good : {"https://id.example", "https://id.example:8443/a?b=c", "http://127.0.0.1:3000/x",
                           "http://localhost/x", "http://[::1]:80/"}) {
    EXPECT_TRUE(is_safe_url(good)) << good;
  }
  for (const char* bad :
       {"", "https://", "http://id.example", "http://127.0.0.1.evil.example/",
        "http://localhost@evil.example/", "https://user:pass@id.example/", "https://id.example/#x",
        "file:///etc/passwd", "gopher://127.0.0.1/", "HTTPS://id.example", "https://id.example/a b",
        "https://id.example/\r\nX: y", "//id.example", "https://:443/", "http://127.0.0.1\\@evil.example"}) {
    EXPECT_FALSE(is_safe_url(bad)) << bad;
    EXPECT_FALSE(fetch({.url = bad}).ok()) << bad;
  }
}

}  // namespace
}  // namespace releve::oidc
