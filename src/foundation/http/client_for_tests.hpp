// SPDX-License-Identifier: EUPL-1.2
// For tests: a client that may misbehave. Bytes out, bytes in, over a real socket on loopback.
#pragma once

#include "foundation/base/text.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace releve::http {

struct Answer {
  int status = 0;  // 0: none came
  std::map<std::string, std::string> headers;
  std::string body;
};

class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer = 0) : port_(port) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_buffer > 0) {
      (void)::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ =
        socket_ >= 0 && ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }

  ~Client() { leave(); }

  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }

  int descriptor() const { return socket_; }

  void leave() {
    if (socket_ >= 0) {
      ::close(socket_);
      socket_ = -1;
    }
  }

  /// False when the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) {
        return false;
      }
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  std::string host() const { return "127.0.0.1:" + std::to_string(port_); }

  bool request(std::string_view method, std::string_view target, std::string_view headers = {},
               std::string_view body = {}) {
    std::string text;
    text.append(method)
        .append(" ")
        .append(target)
        .append(" HTTP/1.1\r\nHost: ")
        .append(host())
        .append("\r\n");
    text.append(headers);
    if (!body.empty()) {
      text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    }
    return send(text.append("\r\n").append(body));
  }

  Answer get(std::string_view target, std::string_view headers = {}) {
    request("GET", target, headers);
    return answer();
  }

  /// Waits for more bytes. False at the end of the stream, or when none came in time.
  bool receive(std::chrono::milliseconds at_most = std::chrono::seconds(20)) {
    pollfd wanted{socket_, POLLIN, 0};
    if (::poll(&wanted, 1, static_cast<int>(at_most.count())) <= 0) {
      return false;
    }
    char bytes[65'536];
    const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
    if (got <= 0) {
      ended_ = true;
      return false;
    }
    received_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }

  /// The server closes within this time; what came before is in received().
  bool closes_within(std::chrono::milliseconds time) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (!ended_ && std::chrono::steady_clock::now() < until) {
      receive(std::chrono::milliseconds(20));
    }
    return ended_;
  }

  /// Everything received and not yet taken, once it contains `part`.
  bool receives(std::string_view part, std::chrono::milliseconds within = std::chrono::seconds(20)) {
    const auto until = std::chrono::steady_clock::now() + within;
    std::size_t from = 0;
    while (received_.find(part, from) == std::string::npos && std::chrono::steady_clock::now() < until &&
           !ended_) {
      from = received_.size() - std::min(received_.size(), part.size());
      receive(std::chrono::milliseconds(20));
    }
    return received_.find(part, from) != std::string::npos;
  }

  std::string& received() { return received_; }

  bool ended() const { return ended_; }

  /// The next reply on this connection. `has_body` is false after a HEAD.
  Answer answer(bool has_body = true) {
    Answer got;
    while (received_.find("\r\n\r\n") == std::string::npos) {
      if (!receive()) {
        return got;
      }
    }
    const std::string head = received_.substr(0, received_.find("\r\n\r\n"));
    received_.erase(0, head.size() + 4);
    got.status = std::atoi(head.c_str() + 9);
    for (const auto line : split(head, '\n')) {
      const auto colon = line.find(':');
      if (colon != std::string_view::npos) {
        got.headers[to_lower(line.substr(0, colon))] = std::string(trim(line.substr(colon + 1)));
      }
    }
    if (got.status == 100) {
      return answer(has_body);
    }
    if (has_body && got.headers.contains("content-length")) {
      const auto length = static_cast<std::size_t>(std::atoll(got.headers["content-length"].c_str()));
      while (received_.size() < length && receive()) {
      }
      got.body = received_.substr(0, length);
      received_.erase(0, length);
    }
    return got;
  }

 private:
  std::uint16_t port_;
  int socket_ = -1;
  bool connected_ = false;
  bool ended_ = false;
  std::string received_;
};

}  // namespace releve::http
