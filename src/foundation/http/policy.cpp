// SPDX-License-Identifier: EUPL-1.2
#include "foundation/http/policy.hpp"

namespace releve::http {

std::string content_security_policy(std::string_view style_nonce) {
  const std::string styles = style_nonce.empty() ? "" : " 'nonce-" + std::string(style_nonce) + "'";
  return "default-src 'self'; style-src 'self'" + styles +
         "; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; "
         "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
}

}  // namespace releve::http
