// SPDX-License-Identifier: EUPL-1.2
#include "foundation/oidc/settings.hpp"

#include "foundation/oidc/fetch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace releve::oidc {

namespace {

Status check(const ProviderSettings& one, const std::string& where) {
  const auto bad = [&](const char* member) {
    return Error{ErrorKind::invalid, message("oidc.bad_settings"), where + "." + member};
  };
  const bool plain = std::all_of(one.id.begin(), one.id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (!plain) {
    return bad("id");
  }
  if (!is_safe_url(one.issuer) || one.issuer.find('?') != std::string::npos) {
    return bad("issuer");
  }
  if (std::find(one.scopes.begin(), one.scopes.end(), "openid") == one.scopes.end()) {
    return bad("scopes");
  }
  return Done{};
}

}  // namespace

Result<std::vector<ProviderSettings>> read_providers(std::string_view json) {
  ProviderFile file = TRY(from_json<ProviderFile>(json));
  std::set<std::string> ids;
  for (std::size_t i = 0; i < file.providers.size(); ++i) {
    const std::string where = "providers[" + std::to_string(i) + "]";
    TRY(check(file.providers[i], where));
    if (!ids.insert(file.providers[i].id).second) {
      return Error{ErrorKind::invalid, message("oidc.bad_settings"), where + ".id"};
    }
  }
  return std::move(file.providers);
}

Result<std::vector<ProviderSettings>> read_provider_file(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code fault;
  const fs::file_status status = fs::status(path, fault);
  std::ifstream in(path, std::ios::binary);
  if (fault || !in || !fs::is_regular_file(status)) {
    return Error{ErrorKind::invalid, message("oidc.no_file"), path};
  }
  if ((status.permissions() & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none) {
    return Error{ErrorKind::invalid, message("oidc.open_file"), path};
  }
  auto read = read_providers(std::string(std::istreambuf_iterator<char>(in), {}));
  if (!read) {
    Error error = std::move(read).error();
    error.where = path + (error.where.empty() ? "" : ": " + error.where);
    return error;
  }
  return read;
}

}  // namespace releve::oidc
