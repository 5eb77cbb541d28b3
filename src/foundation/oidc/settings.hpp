// SPDX-License-Identifier: EUPL-1.2
// What an operator says about a provider of identities: the file of `releve serve --oidc`.
#pragma once

#include "foundation/base/result.hpp"
#include "foundation/describe/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace releve::oidc {

/// Under which names a provider tells what it knows of somebody.
struct ClaimNames {
  std::string login = "email";
  std::string login_verified = "email_verified";
  std::string name = "name";
  std::string siret = "siret";
};

constexpr Rules a_claim{.max_length = 80, .optional = true};

constexpr auto describe(ClaimNames*) {
  return Fields{
      field<&ClaimNames::login>("compared with the sign-in name that somebody was invited with", a_claim),
      field<&ClaimNames::login_verified>(
          "must be true for that; empty: the provider vouches for every login that it tells", a_claim),
      field<&ClaimNames::name>("shown beside the identity", a_claim),
      field<&ClaimNames::siret>("of the organisation: a proposal, never a right", a_claim)};
}

struct ProviderSettings {
  std::string id;
  std::string label;
  std::string issuer;
  std::string client_id;
  std::string client_secret;
  std::vector<std::string> scopes{"openid", "email"};
  std::string acr_values;
  std::vector<std::string> strong_acr;
  std::vector<std::string> strong_amr;
  ClaimNames claims;
  bool sign_out_there = true;
  std::string ca_file;
};

constexpr auto describe(ProviderSettings*) {
  return Fields{
      field<&ProviderSettings::id>("part of our addresses: lower-case letters, digits and dashes",
                                   {.min_length = 1, .max_length = 30}),
      field<&ProviderSettings::label>("on the sign-in page", {.min_length = 1, .max_length = 80}),
      field<&ProviderSettings::issuer>("https://…, exactly as the provider writes it",
                                       {.min_length = 1, .max_length = 500}),
      field<&ProviderSettings::client_id>("given by the provider", {.min_length = 1, .max_length = 300}),
      field<&ProviderSettings::client_secret>("given by the provider", {.min_length = 1, .max_length = 500}),
      field<&ProviderSettings::scopes>("openid among them", {.max_length = 30, .optional = true}),
      field<&ProviderSettings::acr_values>("asked of the provider, separated by blanks; empty: nothing",
                                           {.max_length = 300, .optional = true}),
      field<&ProviderSettings::strong_acr>("answers that are as good as a second factor of ours",
                                           {.max_length = 20, .optional = true}),
      field<&ProviderSettings::strong_amr>("the same for the methods that the provider tells",
                                           {.max_length = 20, .optional = true}),
      field<&ProviderSettings::claims>("names of what the provider tells", {.optional = true}),
      field<&ProviderSettings::sign_out_there>("signing out here signs out there too", {.optional = true}),
      field<&ProviderSettings::ca_file>("certificates to trust instead of the system's",
                                        {.max_length = 1000, .optional = true})};
}

struct ProviderFile {
  std::vector<ProviderSettings> providers;
};

constexpr auto describe(ProviderFile*) {
  return Fields{field<&ProviderFile::providers>("in the order of the sign-in page", {.max_length = 5})};
}

/// Errors: those of the JSON reader; oidc.bad_settings with the member in `where`.
Result<std::vector<ProviderSettings>> read_providers(std::string_view json);
/// The same of a file that only its owner may read: it holds a secret. Errors also: oidc.no_file,
/// oidc.open_file.
Result<std::vector<ProviderSettings>> read_provider_file(const std::string& path);

}  // namespace releve::oidc
