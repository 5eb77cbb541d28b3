// SPDX-License-Identifier: EUPL-1.2
#include "intake/sharphound_collection.hpp"

#include "foundation/base/text.hpp"
#include "intake/readable.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace releve::intake::sharphound {

namespace {

constexpr std::size_t longest_id = 255;
constexpr std::size_t longest_name = 512;
constexpr std::size_t longest_distinguished_name = 1024;
constexpr std::size_t most_domains = 65'536;
constexpr std::size_t most_probes = 4'096;        // ids chosen to collide must not cost quadratic time
constexpr std::uint64_t text_per_object = 256;    // bytes of names kept, on average
constexpr std::uint32_t enabled_told = 1U << 31;  // of DirectoryObject::facts, until finish()

constexpr std::uint32_t bit(Fact fact) {
  return static_cast<std::uint32_t>(fact);
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

std::uint32_t hash_of(std::string_view text) {
  const std::size_t hash = std::hash<std::string_view>{}(text);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

bool is_id(std::string_view id) {
  return !id.empty() && is_valid_utf8(id) && std::none_of(id.begin(), id.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

}  // namespace

void Record::set(Fact fact, bool value) {
  facts = value ? facts | bit(fact) : facts & ~bit(fact);
}

void Record::clear() {
  // The lists keep their memory from one record to the next.
  Record empty;
  empty.links.swap(links);
  empty.policy_members.swap(policy_members);
  empty.affected.swap(affected);
  *this = std::move(empty);
  links.clear();
  policy_members.clear();
  affected.clear();
}

Collection::Collection(const Limits& limits, Findings& findings)
    : limits_(limits), findings_(findings), slots_(1024) {
  limits_.max_objects = std::min<std::uint64_t>(limits_.max_objects, nothing - 1);
}

void Collection::refuse(std::string code, std::uint64_t limit) {
  if (!full_) {
    findings_.add(Severity::error, message(std::move(code), {{"limit", std::to_string(limit)}}));
  }
  full_ = true;
}

std::string Collection::keep(std::string_view text, std::size_t most) {
  std::string kept = readable(text, most);
  kept_bytes_ += kept.size();
  if (kept_bytes_ > limits_.max_objects * text_per_object + 65'536) {
    refuse("import.too_much_text", limits_.max_objects * text_per_object);
  }
  return kept;
}

void Collection::grow_slots() {
  std::vector<Slot> larger(slots_.size() * 2);
  const std::size_t mask = larger.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.index != nothing) {
      std::size_t at = slot.hash & mask;
      while (larger[at].index != nothing) {
        at = (at + 1) & mask;
      }
      larger[at] = slot;
    }
  }
  slots_.swap(larger);
}

std::uint32_t Collection::object(std::string_view raw) {
  if (raw.empty() || raw.size() > longest_id || full_) {
    return nothing;
  }
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled as far as it is read, once for every right
  std::array<char, longest_id> buffer;
  std::transform(raw.begin(), raw.end(), buffer.begin(), upper);
  const std::string_view id(buffer.data(), raw.size());
  const std::uint32_t hash = hash_of(id);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (std::size_t probes = 0; slots_[at].index != nothing; ++probes) {
    if (slots_[at].hash == hash && directory_.objects[slots_[at].index].id == id) {
      return slots_[at].index;
    }
    if (probes > most_probes) {
      refuse("import.too_many_objects", limits_.max_objects);
      return nothing;
    }
    at = (at + 1) & mask;
  }
  if (!is_id(id)) {
    return nothing;
  }
  if (directory_.objects.size() >= limits_.max_objects) {
    refuse("import.too_many_objects", limits_.max_objects);
    return nothing;
  }
  const auto index = static_cast<std::uint32_t>(directory_.objects.size());
  slots_[at] = Slot{hash, index};
  directory_.objects.emplace_back();
  directory_.objects.back().id = id;
  directory_.objects.back().domain = nothing;
  if (directory_.objects.size() * 2 > slots_.size()) {
    grow_slots();
  }
  return index;
}

Mention Collection::mention(std::string_view id) {
  if (!starts_with_ignoring_case(id, "DN=")) {
    return Mention{object(id), false};
  }
  const std::string name = to_upper(readable(id.substr(3), longest_distinguished_name));
  const auto [found, added] = names_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
  if (added) {
    keep(name, longest_distinguished_name);
  }
  return Mention{found->second, true};
}

std::uint32_t Collection::domain(std::string_view sid, std::string_view name) {
  if (sid.empty() && name.empty()) {
    return nothing;
  }
  std::string key = to_upper(readable(sid, longest_id));
  std::string domain_name = to_upper(readable(name, longest_id));
  const auto by_sid = key.empty() ? domain_of_sid_.end() : domain_of_sid_.find(key);
  const auto by_name = domain_name.empty() ? domain_of_name_.end() : domain_of_name_.find(domain_name);
  std::uint32_t index = by_sid != domain_of_sid_.end() ? by_sid->second : nothing;
  // A name stands for a domain as long as nothing says that it has another SID.
  if (index == nothing && by_name != domain_of_name_.end() &&
      (key.empty() || directory_.domains[by_name->second].sid.empty())) {
    index = by_name->second;
  }
  if (index == nothing) {
    if (directory_.domains.size() >= most_domains) {
      return nothing;
    }
    index = static_cast<std::uint32_t>(directory_.domains.size());
    directory_.domains.emplace_back();
  }
  DirectoryDomain& found = directory_.domains[index];
  if (found.sid.empty() && !key.empty()) {
    found.sid = key;
    domain_of_sid_.try_emplace(std::move(key), index);
  }
  if (found.name.empty() && !domain_name.empty()) {
    found.name = domain_name;
    domain_of_name_.try_emplace(std::move(domain_name), index);
  }
  return index;
}

std::uint32_t Collection::trusted_domain(std::string_view sid, std::string_view name) {
  const std::uint32_t index = object(sid);
  if (index != nothing) {
    domain(sid, name);
    DirectoryObject& other = directory_.objects[index];
    other.name = other.name.empty() ? to_upper(keep(name, longest_name)) : other.name;
  }
  return index;
}

bool Collection::describe(Record& record, ObjectKind kind) {
  if (record.id == nothing) {
    return false;
  }
  if (record.deleted) {
    ++deleted_;
    return true;
  }
  DirectoryObject& object = directory_.objects[record.id];
  (object.is(Fact::described) ? duplicates_ : described_) += 1;
  const auto take = [](std::string& into, std::string&& from) {
    if (into.empty()) {
      into = std::move(from);
    }
  };
  take(object.name, keep(record.name, longest_name));
  take(object.distinguished_name, keep(record.distinguished_name, longest_distinguished_name));
  take(object.operating_system, keep(record.operating_system, longest_id));
  // Version 1 templates ignore the number of signatures they ask for.
  record.set(Fact::signatures_required, record.signatures > 0 && record.schema_version > 1);
  object.facts |= record.facts | bit(Fact::described) | (record.enabled_told ? enabled_told : 0);
  object.last_logon = std::max(object.last_logon, record.last_logon);
  const std::uint32_t home = domain(record.domain_sid, record.domain_name);
  object.domain = object.domain == nothing ? home : object.domain;
  set_kind(record.id, kind);
  if (!record.thumbprint.empty()) {
    thumbprints_.emplace_back(record.id, keep(to_upper(record.thumbprint), longest_id));
  }
  add_links(record);
  add_policy(record);
  return true;
}

void Collection::set_kind(std::uint32_t object, ObjectKind kind) {
  DirectoryObject& found = directory_.objects[object];
  found.kind = found.kind == ObjectKind::unknown ? kind : found.kind;
}

void Collection::relate(std::uint32_t source, std::uint32_t target, Relation relation, bool inherited) {
  if (source == target || full_) {
    return;
  }
  if (directory_.relations.size() == directory_.relations.capacity()) {
    make_room();
  }
  if (!full_) {
    directory_.relations.push_back(DirectoryRelation{source, target, relation, inherited});
  }
}

/// Doubling a vector holds the old and the new one at once. Past a million relations the whole allowance is
/// reserved instead: untouched pages cost nothing. At the limit, repetitions are removed first.
void Collection::make_room() {
  std::vector<DirectoryRelation>& relations = directory_.relations;
  const std::uint64_t most = limits_.max_edges;
  if (relations.size() < most) {
    const std::size_t doubled = std::max<std::size_t>(1024, relations.size() * 2);
    constexpr std::size_t reserve_from = 1'000'000;
    constexpr std::size_t reserve_most = 64'000'000;
    relations.reserve(
        std::min<std::uint64_t>(most, doubled < reserve_from ? doubled : std::max(doubled, reserve_most)));
    return;
  }
  sort_relations();
  if (relations.size() > most - most / 16) {
    refuse("import.too_many_relations", most);
  }
}

void Collection::add_links(const Record& record) {
  for (const Link& link : record.links) {
    const std::uint32_t self = link.self == nothing ? record.id : link.self;
    const bool inward = link.direction == Direction::inward;
    if (link.other.by_name) {
      named_links_.push_back(NamedLink{link.other.index, self, link.relation, inward, link.inherited});
      if (named_links_.size() > limits_.max_edges) {
        refuse("import.too_many_relations", limits_.max_edges);
      }
    } else {
      relate(inward ? link.other.index : self, inward ? self : link.other.index, link.relation,
             link.inherited);
    }
    if (full_) {
      return;
    }
  }
}

/// Every member on every computer. Repetitions are removed first, and the products are counted over the whole
/// collection: a few kilobytes could otherwise ask for hours.
void Collection::add_policy(Record& record) {
  const auto less = [](const PolicyMember& a, const PolicyMember& b) { return a.key() < b.key(); };
  const auto same = [](const PolicyMember& a, const PolicyMember& b) { return a.key() == b.key(); };
  auto& members = record.policy_members;
  auto& computers = record.affected;
  std::sort(members.begin(), members.end(), less);
  members.erase(std::unique(members.begin(), members.end(), same), members.end());
  std::sort(computers.begin(), computers.end());
  computers.erase(std::unique(computers.begin(), computers.end()), computers.end());
  policy_relations_ += static_cast<std::uint64_t>(members.size()) * computers.size();
  if (policy_relations_ > 4 * limits_.max_edges) {
    return refuse("import.too_many_relations", limits_.max_edges);
  }
  for (const PolicyMember& member : members) {
    for (const std::uint32_t computer : computers) {
      if (member.account.by_name) {
        named_links_.push_back(NamedLink{member.account.index, computer, member.relation, true, false});
      } else {
        relate(member.account.index, computer, member.relation, false);
      }
    }
  }
}

void Collection::check_room(std::size_t held_back) {
  if (held_back > limits_.max_edges) {
    refuse("import.too_many_relations", limits_.max_edges);
  }
}

void Collection::trust_thumbprint(std::string_view thumbprint) {
  nt_auth_known_ = true;
  trusted_thumbprints_.push_back(keep(to_upper(thumbprint.substr(0, longest_id)), longest_id));
}

void Collection::not_modelled(std::string_view kind) {
  auto& kinds = directory_.kinds_not_modelled;
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
    kinds.emplace_back(kind);
  }
}

void Collection::unknown_right(std::string_view name) {
  constexpr std::size_t most = 100;
  std::string shown = readable(name, 60);
  if (unknown_rights_.size() >= most && !unknown_rights_.contains(shown)) {
    shown = "…";
  }
  ++unknown_rights_[shown];
}

void Collection::version_seen(std::int64_t version) {
  directory_.format_version =
      std::max(directory_.format_version, static_cast<int>(std::clamp<std::int64_t>(version, 0, 1000)));
}

}  // namespace releve::intake::sharphound
