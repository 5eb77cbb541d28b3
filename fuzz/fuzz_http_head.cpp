// SPDX-License-Identifier: EUPL-1.2
// The first line is the target of a request, the others are its headers, as libmicrohttpd hands them over.
#include "foundation/http/head.hpp"
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace releve;
  const std::vector<std::string_view> lines = split(fuzz::text_of(data, size), '\n');
  http::HttpHead head;
  head.method = "POST";
  if (!http::read_target(lines[0], head)) {
    RELEVE_CHECK(head.path.starts_with('/') && is_valid_utf8(head.path), "a path is text from the root");
    RELEVE_CHECK((head.path + "/").find("/../") == std::string::npos, "no path leads upwards");
    for (const char sign : head.path) {
      RELEVE_CHECK(static_cast<unsigned char>(sign) >= 0x20 && sign != 0x7f,
                   "no control character in a path");
    }
  }
  http::RawHeaders headers;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::size_t colon = std::min(lines[i].find(':'), lines[i].size());
    headers.emplace_back(lines[i].substr(0, colon), lines[i].substr(std::min(colon + 1, lines[i].size())));
  }
  if (!http::read_headers(headers, false, head)) {
    RELEVE_CHECK(head.headers.contains("host"), "an accepted head says who is asked for");
    http::check_neighbours(head, {{"127.0.0.1:8420"}, {"https://releve.example"}});
  }
  return 0;
}
