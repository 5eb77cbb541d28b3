// SPDX-License-Identifier: EUPL-1.2
// What the values of a file mean: scalars into the object under way, objects into links of the record.
#include "foundation/base/text.hpp"
#include "intake/readable.hpp"
#include "intake/sharphound_file.hpp"

#include <algorithm>

namespace releve::intake::sharphound {

namespace {

/// Third-party writers give truth as a word or a number too.
std::optional<bool> truth(const JsonScalar& value) {
  switch (value.kind) {
    case JsonKind::boolean:
      return value.flag;
    case JsonKind::whole:
      return value.whole != 0;
    case JsonKind::text: {
      const std::string word = to_lower(value.text.substr(0, 8));
      return word == "true" ? std::optional(true) : word == "false" ? std::optional(false) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

std::optional<std::int64_t> number(const JsonScalar& value) {
  constexpr double most = 9e15;  // whole numbers of a double, with room
  switch (value.kind) {
    case JsonKind::whole:
      return value.whole;
    case JsonKind::real:
      return value.real > -most && value.real < most ? std::optional(static_cast<std::int64_t>(value.real))
                                                     : std::nullopt;
    case JsonKind::text:
      return parse_int(trim(value.text.substr(0, 32)));
    default:
      return std::nullopt;
  }
}

bool is_flag(Slot slot) {
  return slot == Slot::record_deleted || slot == Slot::record_dc || slot == Slot::collected ||
         slot == Slot::inherited || slot == Slot::trust_filtered || slot == Slot::trust_tgt ||
         slot == Slot::fact || slot == Slot::laps;
}

bool is_number(Slot slot) {
  return slot == Slot::meta_count || slot == Slot::meta_version || slot == Slot::logon ||
         slot == Slot::schema_version || slot == Slot::signatures;
}

bool is_word_or_number(Slot slot) {
  return slot == Slot::trust_direction || slot == Slot::trust_kind;
}

/// A bound on what one record holds of a text; the collection shortens it again where it keeps it.
std::string_view head_of(std::string_view text) {
  return text.substr(0, 2048);
}

}  // namespace

void File::apply(const Field& field, const JsonScalar& value) {
  if (field.slot == Slot::unmodelled || field.slot == Slot::open_graph) {
    return;
  }
  if (is_flag(field.slot)) {
    const std::optional<bool> flag = truth(value);
    return flag ? apply_flag(field, *flag) : wrong_type(field);
  }
  if (is_number(field.slot)) {
    return number(value) ? apply_number(field, value) : wrong_type(field);
  }
  if (value.kind == JsonKind::text && field.slot != Slot::none && field.slot != Slot::ca_ace) {
    return apply_text(field, value.text);
  }
  if (value.kind == JsonKind::whole && is_word_or_number(field.slot)) {
    return apply_text(field, std::to_string(value.whole));
  }
  wrong_type(field);
}

void File::apply_number(const Field& field, const JsonScalar& value) {
  const std::int64_t told = *number(value);
  constexpr std::int64_t year_3000 = 32'503'680'000;
  switch (field.slot) {
    case Slot::meta_count:
      told_count_ = told;
      break;
    case Slot::meta_version:
      version_ = told;
      break;
    case Slot::schema_version:
      record_.schema_version = told;
      break;
    case Slot::signatures:
      record_.signatures = told;
      break;
    case Slot::logon:
      if (told > record_.last_logon && told < year_3000) {
        record_.last_logon = told;
      }
      break;
    default:
      break;
  }
}

void File::apply_flag(const Field& field, bool value) {
  switch (field.slot) {
    case Slot::record_deleted:
      record_.deleted = value;
      break;
    case Slot::collected:
      top().refused = !value;
      record_.ca_security_collected |= value && top().place == Place::ca_security;
      break;
    case Slot::inherited:
      top().inherited = value;
      break;
    case Slot::trust_filtered:
      trust_.filtered = value;
      break;
    case Slot::trust_tgt:
      trust_.tgt_delegation = value;
      break;
    case Slot::record_dc:
      if (value) {
        record_.set(Fact::is_dc, true);
      }
      break;
    case Slot::laps:
      record_.set(Fact::known_laps, true);
      record_.set(Fact::has_laps, value);
      break;
    case Slot::fact:
      if (value || field.fact != Fact::is_dc) {
        record_.set(field.fact, value);
      }
      record_.enabled_told |= field.fact == Fact::enabled;
      break;
    default:
      break;
  }
}

Mention File::mention(std::string_view text) {
  const Mention named = collection_.mention(text);
  if (!named.known() && !text.empty()) {
    bad_id(text);
  }
  return named;
}

void File::bad_id(std::string_view text) {
  if (!collection_.full()) {
    findings_.add(Severity::warning, message("sharphound.bad_id", {{"id", readable(text, 60)}}), path());
  }
}

/// Where a text is merely kept; null for those that mean more.
std::string* File::text_of(Slot slot) {
  switch (slot) {
    case Slot::record_domain:
      return &record_.domain_sid;
    case Slot::domain_name:
      return &record_.domain_name;
    case Slot::name:
      return &record_.name;
    case Slot::distinguished_name:
      return &record_.distinguished_name;
    case Slot::operating_system:
      return &record_.operating_system;
    case Slot::thumbprint:
      return &record_.thumbprint;
    case Slot::trust_name:
      return &trust_.name;
    case Slot::trust_direction:
      return &trust_.way;
    case Slot::trust_kind:
      return &trust_.kind;
    case Slot::id:
      return top().place == Place::trust ? &trust_.sid : nullptr;
    default:
      return nullptr;
  }
}

void File::apply_text(const Field& field, std::string_view text) {
  if (std::string* kept = text_of(field.slot)) {
    *kept = head_of(text);
    return;
  }
  switch (field.slot) {
    case Slot::meta_type:
      return apply_type(text);
    case Slot::azure_kind:
      return apply_azure(record_.id == nothing && starts_with_ignoring_case(text, "AZ"));
    case Slot::record_id:
      return apply_record_id(text);
    case Slot::nt_auth_thumbprint:
      return collection_.trust_thumbprint(text);
    case Slot::id:
      top().id = mention(text);
      return;
    case Slot::user:
    case Slot::computer:
      return apply_session(field.slot == Slot::user, mention(text));
    case Slot::group_id:
      return apply_power(find_local_group(text), "LocalGroups");
    case Slot::privilege:
      return apply_power(find_privilege(text), text);
    case Slot::service:
      return apply_power(find_service(text), text);
    case Slot::right:
      return apply_right(text);
    case Slot::ace_type:
      return apply_ace_type(text);
    case Slot::principal_type:
      top().of_machine = text == "LocalGroup";
      return;
    default:
      break;
  }
  // Domain controllers have a primary group of their own; older collectors say it no other way.
  const bool group_of_self = field.direction == Direction::outward && field.relation == Relation::member_of;
  if (group_of_self && text.ends_with("-516")) {
    record_.set(Fact::is_dc, true);
  }
  use(field, mention(text));
}

void File::apply_type(std::string_view text) {
  type_text_ = readable(text, 60);
  type_ = find_record_type(text);
  apply_azure(starts_with_ignoring_case(text, "az"));
}

void File::apply_azure(bool azure) {
  kind_ = azure ? FileKind::azure : kind_;
  stop_ = stop_ || azure;
}

void File::apply_record_id(std::string_view text) {
  if (record_.id != nothing || text.empty()) {
    return;
  }
  record_.id = collection_.object(text);
  if (record_.id == nothing) {
    bad_id(text);
  }
}

void File::apply_session(bool user, Mention named) {
  const std::uint32_t index = named.by_name ? nothing : named.index;
  const bool bare = top().place == Place::record;
  (user ? (bare ? record_.user : top().user) : (bare ? record_.computer : top().computer)) = index;
}

void File::apply_power(std::optional<Relation> relation, std::string_view name) {
  top().relation = relation;
  top().unknown = !relation;
  if (!relation) {
    unknown_name_ = readable(name, 60);
  }
}

void File::apply_right(std::string_view name) {
  const Right* right = find_right(name);
  Frame& frame = top();
  if (right == nullptr) {
    frame.unknown = true;
    unknown_name_ = readable(name, 60);
    return;
  }
  // AceType may have come first.
  frame.by_type = right->by_type;
  if (!right->by_type || !frame.relation) {
    frame.relation = right->relation;
  }
  if (!frame.relation) {
    unknown_name_ = right->name;
  }
}

void File::apply_ace_type(std::string_view name) {
  Frame& frame = top();
  const std::optional<Relation> relation = find_ace_type(name);
  if (relation && (frame.by_type || !frame.relation)) {
    frame.relation = relation;
  } else if (!name.empty() && frame.by_type) {
    frame.unknown = true;
    unknown_name_ = readable(name, 60);
  }
}

void File::link(Mention other, Relation relation, Direction direction, std::uint32_t self) {
  if (other.known()) {
    record_.links.push_back(Link{other, self, relation, direction, false, false});
    collection_.check_room(record_.links.size());
  }
}

void File::use(const Field& field, Mention named) {
  if (!named.known()) {
    return;
  }
  if (field.slot == Slot::gpo_member) {
    record_.policy_members.push_back(PolicyMember{named, field.relation});
  } else if (field.slot == Slot::relation || field.slot == Slot::affected_child) {
    link(named, field.relation, field.direction);
  }
  if ((field.slot == Slot::affected || field.slot == Slot::affected_child) && !named.by_name) {
    record_.affected.push_back(named.index);
  }
  collection_.check_room(std::max(record_.affected.size(), record_.policy_members.size()));
}

}  // namespace releve::intake::sharphound
