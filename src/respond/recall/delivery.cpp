// SPDX-License-Identifier: EUPL-1.2
#include "respond/recall/delivery.hpp"

#include "foundation/base/encoding.hpp"
#include "foundation/base/local_time.hpp"
#include "foundation/describe/json.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <memory>

namespace releve::recall {

namespace {

constexpr long most_milliseconds = 30'000;
constexpr long connect_milliseconds = 10'000;

struct Freed {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }

  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

using Handle = std::unique_ptr<CURL, Freed>;
using List = std::unique_ptr<curl_slist, Freed>;

void append(List& list, const std::string& text) {
  list.reset(curl_slist_append(list.release(), text.c_str()));
}

/// RFC 2045, in lines that every server takes.
std::string in_base64_lines(std::string_view text) {
  constexpr std::size_t bytes_per_line = 57;
  std::string lines;
  for (std::size_t at = 0; at < text.size(); at += bytes_per_line) {
    lines += to_base64(text.substr(at, bytes_per_line)) + "\r\n";
  }
  return lines;
}

/// RFC 2047: words of at most 75 characters, none of them cut inside a character.
std::string in_encoded_words(const std::string& text) {
  constexpr std::size_t bytes_per_word = 42;
  std::string words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.size(), at + bytes_per_word);
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
      --end;
    }
    words += (words.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + to_base64(text.substr(at, end - at)) + "?=");
    at = end;
  }
  return words;
}

/// "Thu, 26 Nov 2026 02:07:00 +0000"
std::string mail_date(Instant at) {
  constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const LocalMoment moment = local_moment(at, "UTC");
  const std::chrono::weekday day(std::chrono::floor<std::chrono::days>(at));
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()) % std::chrono::minutes(1);
  return std::string(days.at(day.c_encoding())) + ", " + two(moment.day) + " " +
         months.at(static_cast<std::size_t>(moment.month - 1)) + " " + std::to_string(moment.year) + " " +
         two(moment.hour) + ":" + two(moment.minute) + ":" + two(static_cast<int>(seconds.count())) +
         " +0000";
}

struct Outgoing {
  std::string_view rest;
};

std::size_t give(char* into, std::size_t size, std::size_t count, void* from) {
  auto& outgoing = *static_cast<Outgoing*>(from);
  const std::size_t taken = std::min(size * count, outgoing.rest.size());
  std::memcpy(into, outgoing.rest.data(), taken);
  outgoing.rest.remove_prefix(taken);
  return taken;
}

/// What a gateway answers is read by nobody: its status says all.
std::size_t pass_over(char* /*bytes*/, std::size_t size, std::size_t count, void* /*into*/) {
  return size * count;
}

int stop_when_asked(void* token, curl_off_t /*to_come*/, curl_off_t /*came*/, curl_off_t /*to_go*/,
                    curl_off_t /*gone*/) {
  return static_cast<const std::stop_token*>(token)->stop_requested() ? 1 : 0;
}

Handle handle_of(const std::string& url, const std::string& ca_file, const std::stop_token& stop) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  Handle curl(started == CURLE_OK ? curl_easy_init() : nullptr);
  if (!curl) {
    throw EnvironmentFailure("libcurl does not start");
  }
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, most_milliseconds);
  curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT_MS, connect_milliseconds);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, stop_when_asked);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, const_cast<std::stop_token*>(&stop));
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, pass_over);
  if (!ca_file.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_CAINFO, ca_file.c_str());
  }
  return curl;
}

bool is_nobody_there(CURLcode done) {
  return done == CURLE_COULDNT_RESOLVE_HOST || done == CURLE_COULDNT_CONNECT ||
         done == CURLE_OPERATION_TIMEDOUT;
}

/// libcurl's words for what went wrong, with the answer of the other side.
Undelivered undelivered(CURL* curl, CURLcode done, const std::array<char, CURL_ERROR_SIZE>& said) {
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  std::string why = said[0] == '\0' ? curl_easy_strerror(done) : said.data();
  // 5yz of SMTP: the same will be refused again, but for a sign-in, which an operator may mend.
  return {std::move(why), status >= 500 && status < 600 && done != CURLE_LOGIN_DENIED, is_nobody_there(done)};
}

std::optional<Undelivered> by_mail(const MailServer& server, const Parcel& parcel, const std::string& ca_file,
                                   const std::stop_token& stop) {
  const std::string url = (server.security == MailSecurity::tls ? "smtps://" : "smtp://") + server.host +
                          ":" + std::to_string(server.port);
  const Handle curl = handle_of(url, ca_file, stop);
  std::array<char, CURL_ERROR_SIZE> said{};
  List recipients;
  append(recipients, parcel.to);
  const std::string mail = mail_of(server, parcel);
  Outgoing outgoing{mail};
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, said.data());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(
      curl.get(), CURLOPT_USE_SSL,
      static_cast<long>(server.security == MailSecurity::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  if (!server.user.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, server.password.c_str());
  }
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, server.from.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, give);
  curl_easy_setopt(curl.get(), CURLOPT_READDATA, &outgoing);
  curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
  const CURLcode done = curl_easy_perform(curl.get());
  return done == CURLE_OK ? std::nullopt : std::optional(undelivered(curl.get(), done, said));
}

std::optional<Undelivered> by_gateway(const Gateway& gateway, const Parcel& parcel,
                                      const std::string& ca_file, const std::stop_token& stop) {
  const Handle curl = handle_of(gateway.url, ca_file, stop);
  std::array<char, CURL_ERROR_SIZE> said{};
  const std::string body = posting_of(parcel);
  const std::string time = to_rfc3339(parcel.at);
  List headers;
  append(headers, "Content-Type: application/json");
  append(headers, "X-Releve-Time: " + time);
  append(headers, "Idempotency-Key: " + parcel.id);
  if (!gateway.secret.empty()) {
    append(headers, "X-Releve-Signature: sha256=" + signature_of(gateway, time, body));
  }
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, said.data());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "releve");
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
  const CURLcode done = curl_easy_perform(curl.get());
  if (done != CURLE_OK) {
    return Undelivered{said[0] == '\0' ? curl_easy_strerror(done) : said.data(), false,
                       is_nobody_there(done)};
  }
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status >= 200 && status < 300) {
    return std::nullopt;
  }
  constexpr long too_many = 429;
  return Undelivered{"HTTP " + std::to_string(status), status >= 400 && status < 500 && status != too_many,
                     false, status == too_many};
}

/// The JSON that a gateway is posted (docs/guide/recall.md).
struct Posting {
  std::string id;
  std::string kind;
  std::string to;
  std::string text;
  std::string link;
  std::string facility;
};

constexpr auto describe(Posting*) {
  return Fields{field<&Posting::id>("the same when it is sent again"),
                field<&Posting::kind>("call or reminder"),
                field<&Posting::to>("number in digits"),
                field<&Posting::text>("to be sent or read out"),
                field<&Posting::link>("personal link"),
                field<&Posting::facility>("name of the facility")};
}

}  // namespace

std::string mail_of(const MailServer& server, const Parcel& parcel) {
  return "Date: " + mail_date(parcel.at) + "\r\nFrom: <" + server.from + ">\r\nTo: <" + parcel.to +
         ">\r\nSubject: " + in_encoded_words(parcel.subject) + "\r\nMessage-ID: <" + parcel.id + "@" +
         server.from.substr(server.from.find('@') + 1) +
         ">\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
         "Content-Transfer-Encoding: base64\r\nImportance: high\r\nAuto-Submitted: auto-generated\r\n\r\n" +
         in_base64_lines(parcel.text);
}

std::string posting_of(const Parcel& parcel) {
  return to_json(Posting{parcel.id, parcel.reminder ? "reminder" : "call", parcel.to, parcel.text,
                         parcel.link, parcel.facility});
}

std::string signature_of(const Gateway& gateway, const std::string& time, const std::string& body) {
  return hmac_sha256(gateway.secret, time + "." + body);
}

Deliver deliver_by_network(std::string ca_file) {
  return [ca_file = std::move(ca_file)](const ChannelSettings& settings, Channel channel,
                                        const Parcel& parcel, const std::stop_token& stop) {
    return channel == Channel::mail ? by_mail(settings.mail, parcel, ca_file, stop)
                                    : by_gateway(settings.gateway, parcel, ca_file, stop);
  };
}

}  // namespace releve::recall
