// SPDX-License-Identifier: EUPL-1.2
// By what a call-out leaves the hospital: a mail server, and a gateway to text messages or telephone calls.
// Set for the whole instance. Passwords are sealed, and never given back.
#pragma once

#include "foundation/base/secrets.hpp"
#include "foundation/base/time.hpp"
#include "foundation/describe/describe.hpp"
#include "foundation/store/database.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace releve::recall {

enum class Channel { mail, gateway };

constexpr auto describe(Channel*) {
  return Names{name(Channel::mail, "mail"), name(Channel::gateway, "gateway")};
}

/// How the talk with a mail server is kept from others.
enum class MailSecurity { none, starttls, tls };

constexpr auto describe(MailSecurity*) {
  using enum MailSecurity;
  return Names{name(none, "none"), name(starttls, "starttls"), name(tls, "tls")};
}

struct MailServer {
  std::string host;  // empty: none
  std::int64_t port = 587;
  MailSecurity security = MailSecurity::starttls;
  std::string user;  // empty: without a password
  std::string password;
  std::string from;
  bool operator==(const MailServer&) const = default;
};

struct Gateway {
  std::string url;     // empty: none
  std::string secret;  // signs what is posted; empty: unsigned
  bool operator==(const Gateway&) const = default;
};

struct ChannelSettings {
  MailServer mail;
  Gateway gateway;
  bool operator==(const ChannelSettings&) const = default;

  bool has(Channel channel) const {
    return channel == Channel::mail ? !mail.host.empty() : !gateway.url.empty();
  }
};

/// What is sent to one person by one channel.
struct Parcel {
  std::string id;  // the same when it is sent again: a gateway may drop the second one
  std::string to;
  std::string subject;
  std::string text;  // the link stands in it
  std::string link;  // empty: there is none that could be opened
  std::string facility;
  bool reminder = false;
  Instant at{};
};

struct Undelivered {
  std::string why;
  bool for_good = false;      // trying again is of no use
  bool nobody_there = false;  // the other side does not answer at all: others would wait in vain
  bool asks_to_wait = false;  // it has had enough for now: no try of this one
};

/// Nothing: it was taken. May be called from many threads; ends early when it is asked to stop.
using Deliver = std::function<std::optional<Undelivered>(const ChannelSettings&, Channel, const Parcel&,
                                                         const std::stop_token&)>;

/// The instance's settings. Thread-safe; several processes may share the database.
class Channels {
 public:
  Channels(store::Database& database, const Clock& clock, InstanceKey key)
      : database_(database), clock_(clock), key_(std::move(key)) {}

  ChannelSettings in_force() const;
  /// A password or secret that is nothing stays; a password stays with its server alone. Errors:
  /// recall.bad_server, recall.bad_sender, recall.bad_gateway, recall.password_again.
  Result<ChannelSettings> change(ChannelSettings wanted, const std::optional<std::string>& password,
                                 const std::optional<std::string>& secret);

 private:
  store::Database& database_;
  const Clock& clock_;
  InstanceKey key_;
};

constexpr auto describe(MailServer*) {
  return Fields{field<&MailServer::host>("name of the server; empty: none"),
                field<&MailServer::port>("port"),
                field<&MailServer::security>("how the talk is kept from others"),
                field<&MailServer::user>("who signs in; empty: nobody"),
                field<&MailServer::password>("sealed with the rest"),
                field<&MailServer::from>("sender's address")};
}

constexpr auto describe(Gateway*) {
  return Fields{field<&Gateway::url>("where call-outs are posted; empty: nowhere"),
                field<&Gateway::secret>("signs what is posted")};
}

constexpr auto describe(ChannelSettings*) {
  return Fields{field<&ChannelSettings::mail>("mail server"), field<&ChannelSettings::gateway>("gateway")};
}

}  // namespace releve::recall
