// SPDX-License-Identifier: EUPL-1.2
#include "foundation/http/static_files.hpp"

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "foundation/http/policy.hpp"

#include <algorithm>
#include <array>

namespace releve::http {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> content_types{{
    {"css", "text/css; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},
    {"geojson", "application/geo+json"},
    {"gif", "image/gif"},
    {"html", "text/html; charset=utf-8"},
    {"ico", "image/x-icon"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript; charset=utf-8"},
    {"json", "application/json"},
    {"map", "application/json"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"svg", "image/svg+xml"},
    {"txt", "text/plain; charset=utf-8"},
    {"wasm", "application/wasm"},
    {"webmanifest", "application/manifest+json"},
    {"webp", "image/webp"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"xml", "application/xml"},
}};

// "br, gzip;q=0.8" accepts gzip; "gzip;q=0" does not.
bool accepts_gzip(std::string_view header) {
  for (const auto item : split(header, ',')) {
    const auto parts = split(item, ';');
    const std::string name = to_lower(trim(parts[0]));
    if (name != "gzip" && name != "*") {
      continue;
    }
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const auto weight = trim(parts[i]);
      if (starts_with_ignoring_case(weight, "q=") && parse_number(weight.substr(2)).value_or(0) <= 0) {
        return false;
      }
    }
    return true;
  }
  return false;
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  for (const auto item : split(if_none_match, ',')) {
    auto tag = trim(item);
    if (tag.starts_with("W/")) {
      tag.remove_prefix(2);
    }
    if (tag == etag || tag == "*") {
      return true;
    }
  }
  return false;
}

std::string etag_of(std::string_view bytes) {
  return "\"" + content_hash(bytes).substr(0, 32) + "\"";
}

}  // namespace

std::string_view content_type_of(std::string_view path) {
  const auto dot = path.rfind('.');
  const std::string extension = dot == std::string_view::npos ? "" : to_lower(path.substr(dot + 1));
  const auto found = std::find_if(content_types.begin(), content_types.end(),
                                  [&](const auto& row) { return row.first == extension; });
  return found == content_types.end() ? "application/octet-stream" : found->second;
}

StaticFiles::StaticFiles(std::span<const EmbeddedFile> files, std::function<std::string()> mint_nonce)
    : mint_nonce_(std::move(mint_nonce)) {
  for (const auto& file : files) {
    files_["/" + std::string(file.path)] = {file.bytes, {}, etag_of(file.bytes), {}};
  }
  for (auto& [path, file] : files_) {
    const auto packed = files_.find(path + ".gz");
    if (packed != files_.end()) {
      file.gzip = packed->second.bytes;
      file.gzip_etag = packed->second.etag;
    }
  }
}

const StaticFiles::File* StaticFiles::find(const HttpHead& head, std::string& path) const {
  path = head.path == "/" ? "/index.html" : head.path;
  auto found = files_.find(path);
  if (found == files_.end()) {
    const auto last = std::string_view(path).substr(path.rfind('/') + 1);
    const bool screen = last.find('.') == std::string_view::npos &&
                        head.header("accept").find("text/html") != std::string_view::npos;
    if (!screen) {
      return nullptr;
    }
    path = "/index.html";
    found = files_.find(path);
  }
  return found == files_.end() ? nullptr : &found->second;
}

HttpReply StaticFiles::page(const File& file) const {
  const std::string nonce = mint_nonce_();
  HttpReply reply;
  reply.headers = {{"Content-Type", "text/html; charset=utf-8"},
                   {"Content-Security-Policy", content_security_policy(nonce)},
                   {"Cache-Control", "no-store"}};
  reply.body = file.bytes;
  if (const auto place = reply.body.find(nonce_placeholder); place != std::string::npos) {
    reply.body.replace(place, nonce_placeholder.size(), nonce);
  }
  return reply;
}

std::optional<HttpReply> StaticFiles::reply(const HttpHead& head) const {
  std::string path;
  const File* file = head.method == "GET" ? find(head, path) : nullptr;
  if (file == nullptr) {
    return std::nullopt;
  }
  if (path.ends_with(".html")) {
    return page(*file);
  }
  const bool packed = !file->gzip.empty() && accepts_gzip(head.header("accept-encoding"));
  const std::string& etag = packed ? file->gzip_etag : file->etag;
  HttpReply reply;
  reply.headers.emplace_back("ETag", etag);
  reply.headers.emplace_back("Cache-Control", path.find("/assets/") != std::string::npos
                                                  ? "public, max-age=31536000, immutable"
                                                  : "no-cache");
  if (!file->gzip.empty()) {
    reply.headers.emplace_back("Vary", "Accept-Encoding");
  }
  if (names_etag(head.header("if-none-match"), etag)) {
    reply.status = 304;
    return reply;
  }
  reply.headers.emplace_back("Content-Type", content_type_of(path));
  if (packed) {
    reply.headers.emplace_back("Content-Encoding", "gzip");
  }
  reply.lasting = packed ? file->gzip : file->bytes;
  return reply;
}

}  // namespace releve::http
