// SPDX-License-Identifier: EUPL-1.2
#include "foundation/http/head.hpp"

#include "foundation/base/text.hpp"

#include <algorithm>

namespace releve::http {

namespace {

constexpr Refusal bad_target{400, "http.bad_address"};
constexpr Refusal bad_framing{400, "http.bad_request"};

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return static_cast<unsigned>(c - '0');
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? std::optional(static_cast<unsigned>(lower - 'a') + 10) : std::nullopt;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const auto high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
      const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
      if (!high || !low) {
        return std::nullopt;
      }
      decoded += static_cast<char>(*high * 16 + *low);
      i += 2;
    } else {
      decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return is_valid_utf8(decoded) ? std::optional(decoded) : std::nullopt;
}

bool read_query(std::string_view raw, HttpHead& head) {
  if (raw.empty()) {
    return true;
  }
  for (const auto pair : split(raw, '&')) {
    const auto equals = pair.find('=');
    const auto name = decode(pair.substr(0, equals), true);
    const auto value = decode(equals == std::string_view::npos ? "" : pair.substr(equals + 1), true);
    // A text field may hold line breaks; NUL would be cut off by what is written in C.
    if (!name || !value || name->empty() || has_control(*name) || value->find('\0') != std::string::npos ||
        !head.query.emplace(*name, *value).second) {
      return false;
    }
  }
  return true;
}

bool is_token(std::string_view name) {
  constexpr std::string_view signs = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           signs.find(c) != std::string_view::npos;
  });
}

bool has_control_but_tab(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

}  // namespace

std::string_view HttpHead::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<Refusal> read_target(std::string_view raw, HttpHead& head) {
  const auto question = raw.find('?');
  const auto path = decode(raw.substr(0, question), false);
  const bool unsafe =
      has_control(raw) || raw.find(' ') != std::string_view::npos || raw.find('#') != std::string_view::npos;
  if (unsafe || !path || !path->starts_with('/') || has_control(*path)) {
    return bad_target;
  }
  for (const auto segment : split(*path, '/')) {
    if (segment == "." || segment == "..") {
      return bad_target;
    }
  }
  head.path = *path;
  if (question != std::string_view::npos && !read_query(raw.substr(question + 1), head)) {
    return bad_target;
  }
  return std::nullopt;
}

std::optional<Refusal> read_headers(const RawHeaders& raw, bool http_1_0, HttpHead& head) {
  std::size_t hosts = 0;
  std::size_t lengths = 0;
  std::size_t encodings = 0;
  for (const auto& [name, value] : raw) {
    if (!is_token(name) || has_control_but_tab(value)) {
      return bad_framing;
    }
    const std::string key = to_lower(name);
    hosts += static_cast<std::size_t>(key == "host");
    lengths += static_cast<std::size_t>(key == "content-length");
    encodings += static_cast<std::size_t>(key == "transfer-encoding");
    const auto [place, fresh] = head.headers.emplace(key, trim(value));
    if (!fresh) {
      place->second.append(key == "cookie" ? "; " : ", ").append(trim(value));
    }
  }
  if (hosts != 1 || lengths + encodings > 1 || (encodings == 1 && http_1_0) ||
      (encodings == 1 && to_lower(head.header("transfer-encoding")) != "chunked")) {
    return bad_framing;
  }
  if (lengths == 1) {
    const std::string_view text = head.header("content-length");
    const auto length = parse_int(text);
    if (!length || *length < 0 || text.find_first_not_of("0123456789") != std::string_view::npos) {
      return bad_framing;
    }
    head.length = static_cast<std::uint64_t>(*length);
  } else if (encodings == 0) {
    head.length = 0;
  }
  return std::nullopt;
}

std::optional<Refusal> check_neighbours(const HttpHead& head, const Neighbours& neighbours) {
  const std::string host = to_lower(head.header("host"));
  const auto has = [](const std::vector<std::string>& list, const std::string& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
  };
  if (!neighbours.any_host && !has(neighbours.hosts, host)) {
    return Refusal{421, "http.wrong_host"};
  }
  const std::string_view site = head.header("sec-fetch-site");
  const bool other_site =
      site == "cross-site" || site == "same-site";  // "same site" is any port of this machine
  const bool reads = head.method == "GET";
  if (other_site && (!reads || head.header("sec-fetch-mode") != "navigate")) {
    return Refusal{403, "http.other_site"};
  }
  const auto origin = head.headers.find("origin");
  if (!reads && origin != head.headers.end()) {
    const std::string from = to_lower(origin->second);
    if (from != "http://" + host && !has(neighbours.origins, from)) {
      return Refusal{403, "http.other_site"};
    }
  }
  return std::nullopt;
}

}  // namespace releve::http
