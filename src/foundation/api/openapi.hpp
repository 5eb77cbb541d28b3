// SPDX-License-Identifier: EUPL-1.2
// The whole API as one OpenAPI 3.1 document, out of its rows. The same rows give the same bytes, in any
// order: the document is committed, so that a change of the API is seen as a difference of that file.
#pragma once

#include "foundation/api/endpoint.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::api {

/// "getFacilitiesByFacilityImports" for GET /facilities/{facility}/imports.
std::string operation_id(Method method, std::string_view path);

/// Throws Bug when two different types carry the same name.
std::string openapi(const std::vector<Endpoint>& endpoints, std::string_view version);

}  // namespace releve::api
