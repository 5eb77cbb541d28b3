// SPDX-License-Identifier: EUPL-1.2
#include "foundation/report/html.hpp"

#include "foundation/base/encoding.hpp"
#include "foundation/base/result.hpp"

#include <algorithm>

namespace releve::report {
namespace {

void escape(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
}

}  // namespace

void Html::begin(std::string_view tag, Attributes attributes) {
  out_.append("<").append(tag);
  for (const Attribute& one : attributes) {
    out_.append(" ").append(one.name).append("=\"");
    escape(out_, one.value);
    out_ += '"';
  }
  out_ += '>';
}

void Html::end(std::string_view tag) {
  out_.append("</").append(tag).append(">");
}

Html& Html::text(std::string_view tag, std::string_view words, Attributes attributes) {
  begin(tag, attributes);
  escape(out_, words);
  end(tag);
  return *this;
}

Html& Html::lone(std::string_view tag, Attributes attributes) {
  begin(tag, attributes);
  return *this;
}

Html& Html::words(std::string_view words) {
  escape(out_, words);
  return *this;
}

Html& Html::style(std::string_view css) {
  RELEVE_CHECK(css.find("</") == std::string_view::npos, "a style sheet ends no element");
  out_.append("<style>").append(css).append("</style>");
  return *this;
}

std::string Html::take() {
  return std::move(out_);
}

std::string data_url(std::string_view type, std::string_view bytes) {
  std::string text = to_base64url(bytes);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return "data:" + std::string(type) + ";base64," + text;
}

std::string css_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\' || c == '<' || static_cast<unsigned char>(c) < ' ') {
      constexpr std::string_view digits = "0123456789abcdef";
      const auto code = static_cast<unsigned char>(c);
      out.append("\\0000").append({digits[code >> 4U], digits[code & 15U]});
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace releve::report
