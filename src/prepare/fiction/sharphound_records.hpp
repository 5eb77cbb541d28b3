// SPDX-License-Identifier: EUPL-1.2
// One directory object as SharpHound v6 writes it. Internal.
#pragma once

#include "foundation/describe/json.hpp"
#include "prepare/fiction/hospital.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace releve::fiction {

/// "GenericAll"; empty for a relation that is not an access right.
std::string_view right_name(intake::Relation relation);
/// "User", "CertTemplate" …
std::string_view type_name(intake::ObjectKind kind);

/// Finds, for each object, the relations that its own record tells.
class Records {
 public:
  explicit Records(const FictionalHospital& hospital);
  /// The record of one object, as JSON.
  std::string record(std::uint32_t object) const;
  std::string domain_sid_of(std::uint32_t object) const;

 private:
  bool is_primary(const intake::DirectoryRelation& relation) const;
  std::span<const std::uint32_t> as_target(std::uint32_t object) const;

  void properties(JsonWriter& json, std::uint32_t object) const;
  void account_properties(JsonWriter& json, std::uint32_t object) const;
  void template_properties(JsonWriter& json, std::uint32_t object) const;
  void authority_properties(JsonWriter& json, std::uint32_t object) const;
  void rights(JsonWriter& json, std::uint32_t object, std::string_view key) const;
  void typed(JsonWriter& json, std::uint32_t object) const;
  void typed_list(JsonWriter& json, std::string_view key, std::uint32_t object, intake::Relation relation,
                  bool sources) const;
  void account_members(JsonWriter& json, std::uint32_t object) const;
  void computer_members(JsonWriter& json, std::uint32_t object) const;
  void local_groups(JsonWriter& json, std::uint32_t object) const;
  void sessions(JsonWriter& json, std::uint32_t object, bool privileged) const;
  void links(JsonWriter& json, std::uint32_t object) const;
  void trusts(JsonWriter& json, std::uint32_t object) const;
  void authority_members(JsonWriter& json, std::uint32_t object) const;
  std::string thumbprint(std::uint32_t object) const;

  const FictionalHospital& hospital_;
  const intake::Directory& directory_;
  std::vector<std::uint32_t> by_target_;  // indices of relations
  std::vector<std::uint32_t> first_source_, first_target_;
};

}  // namespace releve::fiction
