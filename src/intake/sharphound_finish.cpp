// SPDX-License-Identifier: EUPL-1.2
// The end of a collection: what could only be settled once every file was read.
#include "foundation/base/text.hpp"
#include "intake/sharphound_collection.hpp"

#include <algorithm>

namespace releve::intake::sharphound {

namespace {
constexpr std::uint32_t enabled_told = 1U << 31;
}

void Collection::sort_relations() {
  auto& relations = directory_.relations;
  std::sort(relations.begin(), relations.end());
  relations.erase(std::unique(relations.begin(), relations.end()), relations.end());
}

void Collection::resolve_names() {
  std::vector<std::uint32_t> found(names_.size(), nothing);
  for (std::uint32_t i = 0; i < directory_.objects.size() && !names_.empty(); ++i) {
    const auto name = names_.find(to_upper(directory_.objects[i].distinguished_name));
    if (name != names_.end() && found[name->second] == nothing) {
      found[name->second] = i;
    }
  }
  for (const NamedLink& link : named_links_) {
    const std::uint32_t named = found[link.name];
    if (named == nothing) {
      ++unresolved_;
    } else if (link.name_is_source) {
      relate(named, link.other, link.relation, link.inherited);
    } else {
      relate(link.other, named, link.relation, link.inherited);
    }
  }
}

/// Objects that only deleted or dropped facts mentioned. The order of the others stays, and so does that of
/// the relations.
void Collection::drop_unused_objects() {
  auto& objects = directory_.objects;
  std::vector<std::uint32_t> place(objects.size(), 0);
  for (const DirectoryRelation& relation : directory_.relations) {
    place[relation.source] = 1;
    place[relation.target] = 1;
  }
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < objects.size(); ++i) {
    const bool described = objects[i].is(Fact::described);
    if (!described && place[i] == 0) {
      continue;
    }
    dangling_ += described ? 0U : 1U;
    place[i] = kept;
    if (kept != i) {
      objects[kept] = std::move(objects[i]);
    }
    ++kept;
  }
  objects.resize(kept);
  for (DirectoryRelation& relation : directory_.relations) {
    relation.source = place[relation.source];
    relation.target = place[relation.target];
  }
}

/// "S-1-5-21-…-RID" belongs to the domain of that SID, "CHSA.LOCAL-S-1-5-32-544" to that of that name.
std::uint32_t Collection::domain_by_id(std::string_view id) const {
  const auto look = [](const auto& map, std::string_view key) {
    const auto found = map.find(std::string(key));
    return found == map.end() ? nothing : found->second;
  };
  const std::size_t well_known = id.find("-S-1-");
  if (well_known != std::string_view::npos && well_known > 0) {
    return look(domain_of_name_, id.substr(0, well_known));
  }
  const std::uint32_t whole = look(domain_of_sid_, id);
  return whole != nothing ? whole : look(domain_of_sid_, id.substr(0, id.rfind('-')));
}

void Collection::assign_domains() {
  for (const DirectoryObject& object : directory_.objects) {
    if (object.kind == ObjectKind::domain) {
      domain(object.id, object.name);
    }
  }
  std::uint32_t elsewhere = nothing;
  for (DirectoryObject& object : directory_.objects) {
    const std::uint32_t by_id = domain_by_id(object.id);
    object.domain = by_id != nothing && (object.domain == nothing || object.kind == ObjectKind::domain)
                        ? by_id
                        : object.domain;
    if (object.domain == nothing) {
      if (elsewhere == nothing) {
        elsewhere = static_cast<std::uint32_t>(directory_.domains.size());
        directory_.domains.emplace_back();
      }
      object.domain = elsewhere;
    }
  }
}

/// An authority can sign logon certificates when the NTAuth store lists it. Without a store in the collection
/// nothing says so: then every enterprise authority is taken for trusted, as is the rule.
void Collection::assign_trust() {
  std::sort(trusted_thumbprints_.begin(), trusted_thumbprints_.end());
  const auto trust = [&](DirectoryObject& authority) {
    authority.facts |= static_cast<std::uint32_t>(Fact::trusted_for_authentication);
  };
  if (nt_auth_known_) {
    for (const auto& [index, thumbprint] : thumbprints_) {
      if (directory_.objects[index].kind == ObjectKind::enterprise_ca &&
          std::binary_search(trusted_thumbprints_.begin(), trusted_thumbprints_.end(), thumbprint)) {
        trust(directory_.objects[index]);
      }
    }
    return;
  }
  for (DirectoryObject& object : directory_.objects) {
    if (object.kind == ObjectKind::enterprise_ca && object.is(Fact::described)) {
      trust(object);
      ++trust_assumed_;
    }
  }
}

void Collection::note(std::string code, std::uint64_t count) {
  if (count > 0) {
    findings_.add(Severity::note, message(std::move(code), {{"count", std::to_string(count)}}));
  }
}

void Collection::tell() {
  note("sharphound.duplicates", duplicates_);
  note("sharphound.deleted", deleted_);
  note("sharphound.dangling", dangling_);
  note("sharphound.names_unresolved", unresolved_);
  note("sharphound.nt_auth_unknown", trust_assumed_);
  for (const auto& [name, count] : unknown_rights_) {
    findings_.add(Severity::note,
                  message("sharphound.unknown_right", {{"right", name}, {"count", std::to_string(count)}}));
  }
  std::sort(directory_.kinds_not_modelled.begin(), directory_.kinds_not_modelled.end());
  for (const std::string& kind : directory_.kinds_not_modelled) {
    findings_.add(Severity::note, message("sharphound.not_modelled", {{"kind", kind}}));
  }
}

Directory Collection::finish() {
  for (DirectoryObject& object : directory_.objects) {
    // Collected without properties: an account is taken for enabled rather than forgotten.
    const bool account = object.kind == ObjectKind::user || object.kind == ObjectKind::computer;
    if (account && object.is(Fact::described) && (object.facts & enabled_told) == 0) {
      object.facts |= static_cast<std::uint32_t>(Fact::enabled);
    }
    object.facts &= ~enabled_told;
  }
  resolve_names();
  assign_trust();
  sort_relations();
  drop_unused_objects();
  assign_domains();
  tell();
  return std::move(directory_);
}

}  // namespace releve::intake::sharphound
