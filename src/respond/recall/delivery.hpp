// SPDX-License-Identifier: EUPL-1.2
// Parcels on their way out, by libcurl.
#pragma once

#include "respond/recall/channels.hpp"

#include <string>

namespace releve::recall {

/// SMTP (RFC 5321), and a POST of JSON. Bounded in time. `ca_file`: certificates to trust instead of the
/// system's; empty: the system's.
Deliver deliver_by_network(std::string ca_file = {});

/// The mail as it is sent (RFC 5322): plain UTF-8 text.
std::string mail_of(const MailServer& server, const Parcel& parcel);

/// What a gateway is posted, and how it is signed: HMAC-SHA256 in hex over the time, a dot and the body.
std::string posting_of(const Parcel& parcel);
std::string signature_of(const Gateway& gateway, const std::string& time, const std::string& body);

}  // namespace releve::recall
