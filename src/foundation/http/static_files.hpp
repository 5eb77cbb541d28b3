// SPDX-License-Identifier: EUPL-1.2
// The web page, out of the binary. Files are found by their exact name in a table: no path of the machine
// is ever built from a request.
#pragma once

#include "foundation/base/embedded.hpp"
#include "foundation/http/message.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace releve::http {

/// "text/html; charset=utf-8" for "index.html"; application/octet-stream when not known.
std::string_view content_type_of(std::string_view path);

/// Stands in a page where the nonce of its style elements goes.
inline constexpr std::string_view nonce_placeholder = "STYLE-NONCE";

/// Immutable; thread-safe if `mint_nonce` is.
class StaticFiles {
 public:
  /// A file "x.gz" next to "x" is sent in its place to clients that accept gzip. The bytes must last.
  /// `mint_nonce` gives a word that nobody can guess, another one each time.
  StaticFiles(std::span<const EmbeddedFile> files, std::function<std::string()> mint_nonce);

  /// The reply to a GET, or nothing: not a file of ours. "/" is index.html; so is a path that looks like a
  /// screen of the page (a browser navigates to it, and its last segment has no dot). Files below "/assets/"
  /// carry their hash in their name and are kept for a year; the others are asked for again by their ETag,
  /// but for pages (.html): their style elements count with the nonce of that one reply, so that they are not
  /// kept.
  std::optional<HttpReply> reply(const HttpHead& head) const;

 private:
  struct File {
    std::string_view bytes;
    std::string_view gzip;  // empty: none
    std::string etag;       // in quotes
    std::string gzip_etag;
  };

  HttpReply page(const File& file) const;
  const File* find(const HttpHead& head, std::string& path) const;

  std::unordered_map<std::string, File> files_;  // "/assets/index-3f2a.js"
  std::function<std::string()> mint_nonce_;
};

}  // namespace releve::http
