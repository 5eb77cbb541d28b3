// SPDX-License-Identifier: EUPL-1.2
#include "main/health.hpp"

#include "foundation/store/migrations.hpp"

#include <filesystem>
#include <fstream>

namespace releve::main {
namespace {

http::HttpReply plain(int status, std::string text) {
  return {.status = status,
          .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
          .body = std::move(text) + "\n"};
}

bool can_write(const std::string& path) {
  std::ofstream probe(path, std::ios::binary);
  probe << std::string(4096, 'p') << std::flush;
  const bool written = probe.good();
  probe.close();
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  return written;
}

}  // namespace

std::vector<std::string> Health::look() const {
  std::vector<std::string> found;
  try {
    if (!store::is_current(*house_.database)) {
      found.emplace_back("schema");  // a newer process has moved on
    }
  } catch (const EnvironmentFailure& failure) {
    log_line(std::string("not ready: ") + failure.what());
    found.emplace_back("database");
  }
  if (!can_write(house_.files->new_spool_path())) {
    found.emplace_back("disk");
  }
  return found;
}

std::vector<std::string> Health::obstacles() {
  if (leaving_) {
    return {"leaving"};
  }
  const std::lock_guard one_at_a_time(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (!looked_ || now - *looked_ >= std::chrono::seconds(1)) {
    seen_ = look();
    looked_ = std::chrono::steady_clock::now();
  }
  return seen_;
}

std::optional<http::HttpReply> Health::reply(const std::string& path) {
  if (path == "/health/live") {
    return plain(200, "live");
  }
  if (path != "/health/ready") {
    return std::nullopt;
  }
  const auto found = obstacles();
  std::string text = found.empty() ? "ready" : "not ready:";
  for (const std::string& one : found) {
    text += " " + one;
  }
  return plain(found.empty() ? 200 : 503, text);
}

bool asks_for_metrics_locally(const http::HttpHead& head, bool behind_proxy) {
  const bool handed_on = !head.header("x-forwarded-for").empty() || !head.header("forwarded").empty();
  const bool local = head.peer == "127.0.0.1" || head.peer == "::1";
  return head.path == "/metrics" && local && !handed_on && !behind_proxy;
}

http::HttpReply metrics_reply(const Metrics& metrics, const House& house, const http::Load& load) {
  return {.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
          .body = metrics.text(house, load)};
}

}  // namespace releve::main
