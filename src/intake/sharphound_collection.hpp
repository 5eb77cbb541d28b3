// SPDX-License-Identifier: EUPL-1.2
// The directory under construction: objects found by their id, relations of 12 bytes, and what is worth
// saying about the whole once every file has been read. Not thread-safe.
#pragma once

#include "foundation/base/message.hpp"
#include "intake/directory.hpp"
#include "intake/imported.hpp"
#include "intake/sharphound_grammar.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace releve::intake::sharphound {

inline constexpr std::uint32_t nothing = 0xffff'ffff;  // no such index

/// An object named in a file: by its id, or (prefix "DN=") by a distinguished name that is looked up at the
/// end.
struct Mention {
  std::uint32_t index = nothing;
  bool by_name = false;

  bool known() const { return index != nothing; }
};

/// A relation of a record, held back until the end of the record: its id and IsDeleted may come last.
struct Link {
  Mention other;
  std::uint32_t self = nothing;  // nothing: the record itself
  Relation relation = Relation::member_of;
  Direction direction = Direction::inward;
  bool inherited = false;
  bool from_ca_security = false;
};

struct PolicyMember {
  Mention account;
  Relation relation = Relation::admin_to;

  auto key() const { return std::tuple(account.by_name, account.index, relation); }
};

/// What one record of a file said.
struct Record {
  std::uint32_t id = nothing;
  std::uint32_t facts = 0;
  bool enabled_told = false;
  bool deleted = false;
  bool ca_security_collected = false;
  std::uint32_t user = nothing;  // records that are sessions
  std::uint32_t computer = nothing;
  std::int64_t last_logon = 0;
  std::int64_t schema_version = 0;
  std::int64_t signatures = 0;
  std::string name;
  std::string domain_sid;
  std::string domain_name;
  std::string distinguished_name;
  std::string operating_system;
  std::string thumbprint;
  std::vector<Link> links;
  std::vector<PolicyMember> policy_members;  // of the local groups that a policy fills
  std::vector<std::uint32_t> affected;       // computers under that policy
  void set(Fact fact, bool value);
  void clear();
};

class Collection {
 public:
  Collection(const Limits& limits, Findings& findings);

  /// The object of that id, made when it is new. `nothing` for an empty id, one that cannot be an id, and
  /// when the limit of objects is reached (then full()).
  std::uint32_t object(std::string_view id);
  /// The same for members of lists, which may be "DN=…".
  Mention mention(std::string_view id);
  /// The domain of that SID, or else of that name; `nothing` when both are empty.
  std::uint32_t domain(std::string_view sid, std::string_view name);
  /// A domain that a trust names; it may never be described.
  std::uint32_t trusted_domain(std::string_view sid, std::string_view name);

  /// Adds a record and its relations. `kind` may be unknown until the end of its file: see set_kind().
  /// False: it has no id and was left out.
  bool describe(Record& record, ObjectKind kind);
  void set_kind(std::uint32_t object, ObjectKind kind);
  /// Nothing when both are the same: what an object may do to itself leads nowhere.
  void relate(std::uint32_t source, std::uint32_t target, Relation relation, bool inherited);
  /// Refuses a single record that holds back more links than a whole collection may have.
  void check_room(std::size_t held_back);

  void trust_thumbprint(std::string_view thumbprint);

  void nt_auth_store_seen() { nt_auth_known_ = true; }

  void not_modelled(std::string_view kind);
  void unknown_right(std::string_view name);
  void version_seen(std::int64_t version);

  /// A limit was passed: the finding is made, nothing more should be read.
  bool full() const { return full_; }

  bool empty() const { return described_ == 0 && directory_.relations.empty(); }

  /// The directory, and the findings on the whole. Ends the collection.
  Directory finish();

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t index = nothing;
  };

  struct NamedLink {
    std::uint32_t name;
    std::uint32_t other;
    Relation relation;
    bool name_is_source;
    bool inherited;
  };

  void refuse(std::string code, std::uint64_t limit);
  void grow_slots();
  std::string keep(std::string_view text, std::size_t most);
  void add_links(const Record& record);
  void add_policy(Record& record);
  void make_room();
  void sort_relations();
  void resolve_names();
  void drop_unused_objects();
  void assign_domains();
  std::uint32_t domain_by_id(std::string_view id) const;
  void assign_trust();
  void tell();
  void note(std::string code, std::uint64_t count);

  Limits limits_;
  Findings& findings_;
  Directory directory_;
  std::vector<Slot> slots_;
  std::unordered_map<std::string, std::uint32_t> domain_of_sid_;
  std::unordered_map<std::string, std::uint32_t> domain_of_name_;
  std::unordered_map<std::string, std::uint32_t> names_;  // distinguished names mentioned
  std::vector<NamedLink> named_links_;
  std::vector<std::pair<std::uint32_t, std::string>> thumbprints_;  // of authorities
  std::vector<std::string> trusted_thumbprints_;
  std::map<std::string, std::uint64_t> unknown_rights_;
  std::uint64_t kept_bytes_ = 0;
  std::uint64_t policy_relations_ = 0;
  std::uint64_t described_ = 0;
  std::uint64_t duplicates_ = 0;
  std::uint64_t deleted_ = 0;
  std::uint64_t unresolved_ = 0;
  std::uint64_t dangling_ = 0;
  std::uint64_t trust_assumed_ = 0;
  bool nt_auth_known_ = false;
  bool full_ = false;
};

}  // namespace releve::intake::sharphound
