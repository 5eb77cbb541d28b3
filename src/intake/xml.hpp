// SPDX-License-Identifier: EUPL-1.2
// The streaming layer under the XML readers, over libxml2's SAX2 push parser.
//
// A reader writes a XmlVisitor: it is told of every element opened and closed, says which texts it wants
// and which elements it wants skipped, and holds only what it keeps. Memory is one block of 64 KB, the
// longest tag or comment, and what the visitor keeps; time is linear.
//
// Hostile input: nothing is ever fetched and no entity is ever expanded. Declarations in the document type
// (entities, attribute defaults) and external subsets are refused; a bare <!DOCTYPE nmaprun> is fine. Depth,
// token size and total size follow Limits. UTF-8, UTF-16, ISO-8859-1 and Windows-1252 are decoded;
// whatever the file, a visitor sees valid UTF-8.
//
// Not thread-safe; independent calls may run at the same time.
#pragma once

#include "intake/imported.hpp"

#include <cstdint>
#include <forward_list>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace releve::intake {

/// Index of an element name in the list given to read_xml(). Readers name theirs with an enum.
using XmlTag = std::uint8_t;
inline constexpr XmlTag xml_other = std::numeric_limits<XmlTag>::max();  // a name not in the list

/// The attributes of the element being opened. Views die with the call that received them.
class XmlAttributes {
 public:
  /// libxml2's array: five pointers per attribute (name, prefix, namespace, value, end of value).
  XmlAttributes(const unsigned char** raw, int count) : raw_(raw), count_(static_cast<std::size_t>(count)) {}

  /// The value by local name, "" when absent.
  std::string_view operator[](std::string_view name) const;
  /// Bytes of the longest value.
  std::size_t longest() const;

 private:
  std::string_view value(std::size_t i) const;

  const unsigned char** raw_;
  std::size_t count_;
  mutable std::forward_list<std::string> decoded_;  // the rare values with an ampersand
};

/// Where the reading stands, and the visitor's orders to it.
class XmlStream {
 public:
  /// 1 in the root, 2 in its children.
  unsigned depth() const { return static_cast<unsigned>(tags_.size()); }

  /// The element itself (0), its parent (1) and so on; xml_other above the root.
  XmlTag ancestor(unsigned up) const { return up < tags_.size() ? tags_[tags_.size() - 1 - up] : xml_other; }

  /// 1-based line of the parser in the file.
  std::int64_t line() const;
  /// In open(): keep this element's own text, at most so many bytes of it. One element at a time.
  void collect(std::size_t max_bytes);
  /// The text collected so far, without blanks around it; whole in the element's close().
  std::string_view text() const;

  /// In open(): neither the content nor the end of this element interests the visitor.
  void skip() { skip_depth_ = depth(); }

 private:
  friend class XmlParser;

  std::vector<XmlTag> tags_;
  std::string text_;
  std::size_t room_ = 0;        // bytes still to be collected
  unsigned collect_depth_ = 0;  // 0: nothing is being collected
  unsigned skip_depth_ = 0;     // 0: nothing is being skipped
  void* context_ = nullptr;     // libxml2's
};

class XmlVisitor {
 public:
  virtual ~XmlVisitor() = default;
  virtual void open(XmlStream& xml, XmlTag tag, const XmlAttributes& attributes) = 0;
  /// xml.text() is what collect() asked for; xml.depth() still counts this element.
  virtual void close(XmlStream& xml, XmlTag tag) = 0;
};

/// What the document must be.
struct XmlKind {
  std::string_view format;                  // "Nessus": named in findings
  std::span<const std::string_view> roots;  // accepted names of the root element
  std::span<const std::string_view> tags;   // names the visitor knows, fewer than 255
};

struct XmlOutcome {
  bool whole = true;  // false: not this format, hostile, too large, cut short, broken or cancelled
  std::optional<Finding>
      fault;  // an error when not whole; else a warning: something followed the root element
};

/// Reads the whole source. Exceptions of the visitor pass through.
XmlOutcome read_xml(ByteSource& source, const XmlKind& kind, const Limits& limits, const Watch& watch,
                    XmlVisitor& visitor);

/// A byte that may stand before the first "<": blanks, byte order marks, halves of UTF-16.
bool may_lead_xml(char c);

/// The local name of the root element at the head of a document in UTF-8, UTF-16 or a kin of ASCII;
/// "" when there is none in it (not XML, or a head too short).
std::string xml_root(std::string_view head);

/// The format that has this root element ("Nmap", "Nessus", "OpenVAS", "PingCastle"), or "".
std::string_view format_of_root(std::string_view root);

/// Text on one line: runs of blanks become one space, cut to at most `bytes` bytes with "…".
std::string one_line(std::string_view text, std::size_t bytes);

}  // namespace releve::intake
