// SPDX-License-Identifier: EUPL-1.2
// The web page, out of the binary. Files are found by their exact name in a table: no path of the machine
// is ever built from a request.
#pragma once

#include "foundation/base/embedded.hpp"
#include "foundation/http/message.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace releve::http {

/// "text/html; charset=utf-8" for "index.html"; application/octet-stream when not known.
std::string_view content_type_of(std::string_view path);

/// Immutable; thread-safe.
class StaticFiles {
 public:
  /// A file "x.gz" next to "x" is sent in its place to clients that accept gzip. The bytes must last.
  explicit StaticFiles(std::span<const EmbeddedFile> files);

  /// The reply to a GET, or nothing: not a file of ours. "/" is index.html; so is a path that looks like a
  /// screen of the page (a browser navigates to it, and its last segment has no dot). Files below "/assets/"
  /// carry their hash in their name and are kept for a year; the others are asked for again by their ETag.
  std::optional<HttpReply> reply(const HttpHead& head) const;

 private:
  struct File {
    std::string_view bytes;
    std::string_view gzip;  // empty: none
    std::string etag;       // in quotes
    std::string gzip_etag;
  };

  const File* find(const HttpHead& head, std::string& path) const;

  std::unordered_map<std::string, File> files_;  // "/assets/index-3f2a.js"
};

}  // namespace releve::http
