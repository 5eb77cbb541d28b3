// SPDX-License-Identifier: EUPL-1.2
// What anybody may read, with no account and no session: the public page of a crisis room.
#pragma once

#include "foundation/http/message.hpp"
#include "main/house.hpp"

#include <optional>

namespace releve::main {

/// The page at this path; the same 404 for what was never published, is withdrawn, or was made up. Nothing:
/// another path.
std::optional<http::HttpReply> public_page(const House& house, const http::HttpHead& head);

}  // namespace releve::main
