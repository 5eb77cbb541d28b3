// SPDX-License-Identifier: EUPL-1.2
#include "main/public_page.hpp"

#include "respond/crisis/bulletin_page.hpp"

namespace releve::main {

std::optional<http::HttpReply> public_page(const House& house, const http::HttpHead& head) {
  const std::string_view path = head.path;
  if (!path.starts_with(crisis::public_root)) {
    return std::nullopt;
  }
  try {
    const auto room = house.rooms->behind(path.substr(crisis::public_root.size()));
    if (head.method != "GET" || !room) {
      return http::refusal(404, "http.not_found");
    }
    const auto facility = house.facilities->find(room->facility);
    auto told = crisis::told_to_the_public(*house.rooms->standings(*room));
    if (!facility.ok() || told.empty()) {
      return http::refusal(404, "http.not_found");
    }
    return http::HttpReply{
        .headers = {{"Content-Type", "text/html; charset=utf-8"},
                    {"Cache-Control", "public, max-age=60"},
                    {"Content-Security-Policy", crisis::page_policy() + "; frame-ancestors 'none'"}},
        .body = crisis::write_page({facility->name, room->kind, std::move(told)},
                                   house.rooms->voice(room->facility, "fr"))};
  } catch (const EnvironmentFailure& failure) {
    log_line(failure.what());
    return http::refusal(503, "api.environment");
  }
}

}  // namespace releve::main
