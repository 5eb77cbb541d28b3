// SPDX-License-Identifier: EUPL-1.2
// /oidc/{provider}/start and /oidc/{provider}/callback: where a browser goes out to a provider of identities
// and comes back. Both answer with a redirect, to the provider or to a page of ours that says what went
// wrong.
#pragma once

#include "foundation/http/message.hpp"
#include "steer/access/identities.hpp"

namespace releve::main {

/// Is this path one of them?
bool is_provider_door(std::string_view path);

/// `secure`: cookies for https alone.
http::HttpReply provider_door(access::Identities& identities, const http::HttpHead& head,
                              const api::Session& from, bool secure);

}  // namespace releve::main
