// SPDX-License-Identifier: EUPL-1.2
// A page of HTML written from the inside of a program: what is opened is closed, and every text is escaped.
// No caller ever joins markup, so nothing that a user typed becomes any.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace releve::report {

struct Attribute {
  std::string_view name;
  std::string value;
};

class Html {
 public:
  using Attributes = std::initializer_list<Attribute>;

  /// An element and what `inside` writes into it.
  template <class Inside>
  Html& in(std::string_view tag, Attributes attributes, Inside&& inside) {
    begin(tag, attributes);
    inside();
    end(tag);
    return *this;
  }

  template <class Inside>
  Html& in(std::string_view tag, Inside&& inside) {
    return in(tag, {}, std::forward<Inside>(inside));
  }

  /// An element with a text in it.
  Html& text(std::string_view tag, std::string_view words, Attributes attributes = {});
  /// An element that holds nothing and has no end: <br>, <img>.
  Html& lone(std::string_view tag, Attributes attributes = {});
  /// Words in the element that is open.
  Html& words(std::string_view words);
  /// <style>: ours, not a user's. Bug: it would end the element.
  Html& style(std::string_view css);

  /// The document, from its doctype on.
  std::string take();

 private:
  void begin(std::string_view tag, Attributes attributes);
  void end(std::string_view tag);
  std::string out_ = "<!doctype html>\n";
};

/// "data:font/woff2;base64,…": bytes that travel in the page.
std::string data_url(std::string_view type, std::string_view bytes);

/// A text as a string of CSS, with its quotes.
std::string css_string(std::string_view text);

}  // namespace releve::report
