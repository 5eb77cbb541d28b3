// SPDX-License-Identifier: EUPL-1.2
// The parts of the XML layer that need no parser.
#include "foundation/base/text.hpp"
#include "intake/xml.hpp"

#include <algorithm>

namespace releve::intake {

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool may_lead_xml(char c) {
  return is_blank(c) || std::string_view("\xEF\xBB\xBF\xFE\xFF\0", 6).find(c) < 6;
}

std::string_view XmlAttributes::value(std::size_t i) const {
  const auto* begin = reinterpret_cast<const char*>(raw_[i * 5 + 3]);
  const auto* end = reinterpret_cast<const char*>(raw_[i * 5 + 4]);
  return {begin, static_cast<std::size_t>(end - begin)};
}

std::size_t XmlAttributes::longest() const {
  std::size_t longest = 0;
  for (std::size_t i = 0; i < count_; ++i) {
    longest = std::max(longest, value(i).size());
  }
  return longest;
}

std::string_view XmlAttributes::operator[](std::string_view name) const {
  for (std::size_t i = 0; i < count_; ++i) {
    if (std::string_view(reinterpret_cast<const char*>(raw_[i * 5])) != name) {
      continue;
    }
    const std::string_view raw = value(i);
    if (raw.find('&') == std::string_view::npos) {
      return raw;
    }
    // Without NOENT libxml2 decodes every reference but that to "&", which it gives as "&#38;".
    static constexpr std::string_view ampersand = "&#38;";
    std::string& out = decoded_.emplace_front();
    for (std::size_t at = 0; at < raw.size();) {
      const bool reference = raw.substr(at, ampersand.size()) == ampersand;
      out += raw[at];
      at += reference ? ampersand.size() : 1;
    }
    return out;
  }
  return {};
}

std::string_view format_of_root(std::string_view root) {
  if (root == "nmaprun") {
    return "Nmap";
  }
  if (root == "NessusClientData_v2") {
    return "Nessus";
  }
  if (root == "report" || root == "get_reports_response") {
    return "OpenVAS";
  }
  return root == "HealthcheckData" ? "PingCastle" : "";
}

std::string xml_root(std::string_view head) {
  std::string plain(head.substr(0, 131'072));
  const bool wide = head.find('\0') < 4 || head.substr(0, 2) == "\xFF\xFE" || head.substr(0, 2) == "\xFE\xFF";
  if (wide) {
    std::erase(plain, '\0');
  }
  std::string_view rest = plain;
  while (!rest.empty()) {
    if (rest.front() != '<') {
      if (!may_lead_xml(rest.front())) {
        return {};
      }
      rest.remove_prefix(1);
      continue;
    }
    const std::string_view next = rest.substr(1, 1);
    if (next != "?" && next != "!") {
      const std::string_view name = rest.substr(1, rest.find_first_of(" \t\r\n/>", 1) - 1);
      const std::size_t colon = name.find(':');
      return std::string(colon == std::string_view::npos ? name : name.substr(colon + 1));
    }
    static constexpr std::string_view type = "<!DOCTYPE";
    if (starts_with_ignoring_case(rest, type)) {  // it names the root
      const std::string_view named = trim(rest.substr(type.size()));
      return std::string(named.substr(0, named.find_first_of(" \t\r\n[>")));
    }
    const bool comment = rest.substr(0, 4) == "<!--";
    const std::string_view ending = comment ? "-->" : next == "?" ? "?>" : ">";
    const std::size_t end = rest.find(ending, comment ? 4 : 2);
    if (end == std::string_view::npos) {
      return {};
    }
    rest.remove_prefix(end + ending.size());
  }
  return {};
}

std::string one_line(std::string_view text, std::size_t bytes) {
  std::string out;
  for (const char c : trim(text)) {
    if (out.size() > bytes) {
      break;
    }
    if (!is_blank(c)) {
      out += c;
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  return shorten(out, bytes);
}

}  // namespace releve::intake
