// SPDX-License-Identifier: EUPL-1.2
// What a browser lets a reply of ours do.
#pragma once

#include <string>
#include <string_view>

namespace releve::http {

/// Content-Security-Policy: only what comes from here. Style elements of a page count with `style_nonce`;
/// without one, no reply has any.
std::string content_security_policy(std::string_view style_nonce = {});

}  // namespace releve::http
