// SPDX-License-Identifier: EUPL-1.2
// XML parts of a workbook as calls, element by element (libxml2 SAX). Private to the XLSX reader.
#pragma once

#include "intake/imported.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace releve::intake::xlsx {

/// The attributes of the element that starts; valid during the call only. Names are without prefix:
/// Office and its imitators choose different ones.
class XmlAttributes {
 public:
  XmlAttributes(const unsigned char** raw, int count) : raw_(raw), count_(count) {}

  /// Numbers, kinds and addresses: as it stands, where libxml2 leaves an ampersand as "&#38;".
  std::optional<std::string_view> get(std::string_view name) const;
  /// Names and words: with its ampersands; empty when absent.
  std::string text(std::string_view name) const;

 private:
  const unsigned char** raw_;  // five pointers each: name, prefix, namespace, value begin and end
  int count_;
};

/// A call that returns false ends the reading.
struct XmlListener {
  std::function<bool(std::string_view name, const XmlAttributes& attributes)> start;
  std::function<bool(std::string_view name)> end;
  std::function<bool(std::string_view text)> text;  // a text may come in several pieces
};

/// Reads to the end. An error says why the part cannot be trusted: not well formed, a DOCTYPE (the format
/// forbids it, and entities hide bombs), deeper or longer than Limits, or the source's own failure.
/// A listener that ends the reading is no error: it knows why.
Status read_xml(ByteSource& source, const std::string& part, const Limits& limits,
                const XmlListener& listener);

}  // namespace releve::intake::xlsx
