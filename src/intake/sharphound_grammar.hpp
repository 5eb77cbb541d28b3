// SPDX-License-Identifier: EUPL-1.2
// What SharpHound's files say, as data: which field of which object gives which relation or fact. One table
// serves versions 3 to 6 and third-party writers, since a name never changed its meaning.
//
// Source: SpecterOps/BloodHound packages/go/ein (v4 to v6), BloodHound 3 src/js/newingestion.js (v3).
//
// Arrays are transparent: a field leads to a Place whether its value is one object, a list of them, or the
// wrapper {"Results": [...], "Collected": true} that newer versions put around a list.
#pragma once

#include "intake/directory.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace releve::intake::sharphound {

/// Kinds of JSON objects in a file.
enum class Place : std::uint8_t {
  none,  // not a container, or one that is passed over
  root,
  meta,
  record,
  properties,
  principal,  // an account, group or object named by its id
  ace,
  session,
  local_group,
  spn_target,
  trust,
  gpo_changes,
  ca_registry,
  ca_security,
};

/// What the reader does with a scalar (or, for principals, with the id it ends up with).
enum class Slot : std::uint8_t {
  none,
  meta_type,
  meta_count,
  meta_version,
  record_id,
  record_deleted,
  record_dc,
  record_domain,
  azure_kind,
  relation,    // self and the id named: Field::relation in Field::direction
  gpo_member,  // Field::relation on every affected computer
  affected,
  affected_child,
  ca_ace,      // an entry of the security of the authority itself
  unmodelled,  // worth saying that it is not used yet
  open_graph,
  // of an object under way
  id,
  user,
  computer,
  collected,
  group_id,
  privilege,
  service,
  right,
  ace_type,
  principal_type,
  inherited,
  trust_name,
  trust_direction,
  trust_kind,
  trust_filtered,
  trust_tgt,
  // properties
  fact,
  laps,
  name,
  domain_name,
  distinguished_name,
  operating_system,
  logon,
  schema_version,
  signatures,
  thumbprint,
  nt_auth_thumbprint,
};

enum class Direction : std::uint8_t { outward, inward };  // self -> named, named -> self

struct Field {
  Place in;
  std::string_view key;  // as SharpHound spells it; compared without regard to case
  Place into = Place::none;
  Slot slot = Slot::none;
  Relation relation = Relation::member_of;
  Direction direction = Direction::inward;
  Fact fact = Fact::enabled;
  ObjectKind kind = ObjectKind::unknown;  // root keys of version 3
};

/// The field of that name there, or null: not of interest.
const Field* find_field(Place in, std::string_view key);

struct RecordType {
  std::string_view name;  // meta.type
  ObjectKind kind;
  bool modelled;  // false: kept, but nothing is compiled from it yet
};

/// The record type of that name, or null. "sessions" is one, with kind unknown.
const RecordType* find_record_type(std::string_view name);

/// An access right by RightName. Version 3 says only "ExtendedRight" or "WriteProperty": then `by_type` is
/// set, the relation is in AceType (find_ace_type), and `relation` is what an empty AceType stands for.
struct Right {
  std::string_view name;
  std::optional<Relation> relation;
  bool by_type = false;
};

const Right* find_right(std::string_view name);
std::optional<Relation> find_ace_type(std::string_view name);

/// The relation of a local group's members to its computer, by the last number of its SID ("...-544").
std::optional<Relation> find_local_group(std::string_view sid);
std::optional<Relation> find_privilege(std::string_view name);
std::optional<Relation> find_service(std::string_view name);

enum class TrustKind : std::uint8_t { same_forest, cross_forest };

struct TrustWay {
  bool inbound = false;   // the other domain trusts this one
  bool outbound = false;  // this domain trusts the other one
};

/// Both are text in newer files and a number in older ones.
std::optional<TrustWay> find_trust_way(std::string_view text);
std::optional<TrustKind> find_trust_kind(std::string_view text);

}  // namespace releve::intake::sharphound
