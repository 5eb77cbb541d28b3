// SPDX-License-Identifier: EUPL-1.2
#include "foundation/api/bind.hpp"

namespace releve::api::detail {

std::vector<std::string> placeholders(std::string_view path) {
  std::vector<std::string> names;
  for (const auto segment : split(path, '/')) {
    if (segment.size() > 2 && segment.front() == '{' && segment.back() == '}') {
      names.emplace_back(segment.substr(1, segment.size() - 2));
    }
  }
  return names;
}

void infer_about(Endpoint& endpoint) {
  const auto names = placeholders(endpoint.path);
  if (endpoint.right <= Right::signed_in) {
    endpoint.about = About::own;
  } else if (std::find(names.begin(), names.end(), "facility") != names.end()) {
    endpoint.about = About::place;
    endpoint.place_of = [](const PathValues& values) { return std::optional(values.at("facility")); };
  }
}

Error bad_request(std::string code, std::string where, std::vector<Param> params) {
  return Error{ErrorKind::invalid, message(std::move(code), std::move(params)), std::move(where)};
}

}  // namespace releve::api::detail
