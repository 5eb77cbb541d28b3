// SPDX-License-Identifier: EUPL-1.2
#include "foundation/oidc/fetch.hpp"

#include "foundation/base/text.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace releve::oidc {

namespace {

constexpr long most_milliseconds = 5000;
constexpr std::size_t most_bytes = 256 * 1024;

struct Freed {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }

  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

using Headers = std::unique_ptr<curl_slist, Freed>;

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  const std::size_t more = size * count;
  if (body.size() + more > most_bytes) {
    return 0;  // libcurl ends the transfer
  }
  body.append(bytes, more);
  return more;
}

std::string_view host_of(std::string_view url) {
  url.remove_prefix(url.find("://") + 3);
  const std::string_view authority = url.substr(0, url.find_first_of("/?#"));
  return authority.starts_with('[') ? authority.substr(0, authority.find(']') + 1)
                                    : authority.substr(0, authority.find(':'));
}

void ask_politely(CURL* curl, const Call& call, const std::string& ca_file) {
  const bool here = is_loopback_url(call.url);
  curl_easy_setopt(curl, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, here ? "http,https" : "https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, most_milliseconds);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, most_milliseconds);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "releve");
  if (here) {
    curl_easy_setopt(curl, CURLOPT_PROXY,
                     "");  // this machine is reached directly, whatever the environment says
  }
  if (!ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file.c_str());
  }
  if (!call.form.empty()) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(call.form.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.form.c_str());
  }
  if (!call.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    curl_easy_setopt(curl, CURLOPT_USERNAME, call.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, call.password.c_str());
  }
}

Result<Answer> fetch(const Call& call, const std::string& ca_file) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, Freed> curl(started == CURLE_OK ? curl_easy_init() : nullptr);
  if (!curl) {
    throw EnvironmentFailure("libcurl does not start");
  }
  if (!is_safe_url(call.url)) {
    return provider_down("address");
  }
  Answer answer;
  ask_politely(curl.get(), call, ca_file);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
  Headers headers(curl_slist_append(nullptr, "Accept: application/json, application/jwt"));
  if (!call.bearer.empty()) {
    headers.reset(curl_slist_append(headers.release(), ("Authorization: Bearer " + call.bearer).c_str()));
  }
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  const CURLcode done = curl_easy_perform(curl.get());
  if (done != CURLE_OK) {
    return provider_down(curl_easy_strerror(done));
  }
  long status = 0;
  const char* type = nullptr;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl.get(), CURLINFO_CONTENT_TYPE, &type);
  answer.status = static_cast<int>(status);
  const std::string said = to_lower(type == nullptr ? "" : type);
  answer.content_type = std::string(trim(said.substr(0, said.find(';'))));
  return answer;
}

}  // namespace

Error provider_down(std::string why) {
  return {ErrorKind::unavailable, message("oidc.down", {{"why", std::move(why)}}), {}};
}

bool is_loopback_url(std::string_view url) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    return false;
  }
  const std::string_view host = host_of(url);
  return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

bool is_safe_url(std::string_view url) {
  const bool plain = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!plain || url.size() > 2000 || url.find_first_of("#\\\"<>") != std::string_view::npos) {
    return false;
  }
  if (!url.starts_with("https://") && !(url.starts_with("http://") && is_loopback_url(url))) {
    return false;
  }
  const std::string_view rest = url.substr(url.find("://") + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  return !authority.empty() && authority.find('@') == std::string_view::npos && !host_of(url).empty();
}

Fetch fetch_by_network(std::string ca_file) {
  return [ca_file = std::move(ca_file)](const Call& call) { return fetch(call, ca_file); };
}

}  // namespace releve::oidc
